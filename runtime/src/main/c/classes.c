/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#include "classes.h"

#include "arena.h"
#include "ids.h"
#include "rules.h"

/* HotSpot's Klass::_layout_helper: positive for instances; for arrays the tag, header bytes, element type and shift. */
#define LAYOUT_SLOW_PATH 1
#define LAYOUT_OBJECT_ARRAY 2u /* in the two highest bits */
#define STATE_LOADED 1

/* Classes that are unloaded may have been above those that are loaded, but not far. */
#define ABOVE_CLASSES (1 << 22)

struct classes classes;

static u4 *by_address; /* open addressing: index of a class plus 1 */
static u4 address_mask;
static addr lowest, highest;

struct known_class *known_classes;

static size_t capacity;

static bool is_instance(int32_t layout) { return layout > 0; }

static void describe(struct klass *klass) {
    u4 layout = (u4)klass->layout;
    if (is_instance(klass->layout)) {
        klass->kind = KIND_INSTANCE;
        klass->bytes = layout & ~7u;
        if (klass->address == AT(addr, vm.class_klass, 0)) {
            klass->sizing = SIZE_OF_MIRROR;
        } else if (symbol_is(klass->name, "jdk/internal/vm/StackChunk")) {
            klass->sizing = SIZE_OF_CHUNK;
        }
        return;
    }
    klass->kind = layout >> 30 == LAYOUT_OBJECT_ARRAY ? KIND_OBJECT_ARRAY : KIND_PRIMITIVE_ARRAY;
    klass->array_base = (layout >> 16) & 0xff;
    klass->element_type = (layout >> 8) & 0xff;
    klass->element_shift = layout & 63;
}

static void add(addr address) {
    int32_t layout = AT(int32_t, address, vm.klass_layout);
    if (layout == 0 || (is_instance(layout) && AT(u1, address, vm.instance_state) < STATE_LOADED)) {
        return;
    }
    classes.all = arena_grow(classes.all, &capacity, classes.count + 1, sizeof(struct klass));
    struct klass *klass = &classes.all[classes.count++];
    klass->address = address;
    klass->mirror = handle_oop(pointer_at(address, vm.klass_mirror));
    klass->name = pointer_at(address, vm.klass_name);
    klass->layout = layout;
    describe(klass);
}

static void index_addresses(void) {
    address_mask = 64;
    while (address_mask < classes.count * 4) {
        address_mask *= 2;
    }
    by_address = arena_take(sizeof(u4) * address_mask--);
    for (u4 i = 0; i < classes.count; i++) {
        u4 at = hash_of((u8)classes.all[i].address >> 3) & address_mask;
        while (by_address[at] != 0) {
            at = (at + 1) & address_mask;
        }
        by_address[at] = i + 1;
        addr address = classes.all[i].address;
        lowest = lowest == NULL || address < lowest ? address : lowest;
        highest = address > highest ? address : highest;
    }
}

struct klass *class_at(addr klass) {
    for (u4 at = hash_of((u8)klass >> 3) & address_mask; by_address[at] != 0; at = (at + 1) & address_mask) {
        struct klass *found = &classes.all[by_address[at] - 1];
        if (found->address == klass) {
            return found;
        }
    }
    return NULL;
}

bool class_may_have_been(addr klass) {
    return klass > lowest && klass < highest + ABOVE_CLASSES && ((u8)klass & 7) == 0 && class_at(klass) == NULL;
}

struct klass *class_of_new(addr object) {
    u8 word = class_word(object);
    struct klass *klass = word == 0 ? NULL : class_at(klass_of(object));
    if (klass != NULL) {
        known_classes[hash_of(word) & (KNOWN_CLASSES - 1)] = (struct known_class){word, klass};
    }
    return klass;
}

addr klass_super(const struct klass *klass) { return pointer_at(klass->address, vm.klass_super); }

/* Whatever the VM thinks of Number[] and Integer[]. */
const struct klass *class_super(const struct klass *klass) {
    addr super = klass->kind == KIND_INSTANCE ? klass_super(klass) : AT(addr, vm.object_klass, 0);
    return super == NULL ? NULL : class_at(super);
}

const struct klass *class_owner(const struct klass *klass) {
    const struct klass *bottom =
        klass->kind == KIND_OBJECT_ARRAY ? class_at(pointer_at(klass->address, vm.bottom_klass)) : NULL;
    return bottom == NULL || bottom->mirror == NULL ? klass : bottom;
}

addr class_resolved_references(const struct klass *klass) {
    addr pool = pointer_at(klass->address, vm.instance_constants);
    addr cache_of_pool = pool == NULL ? NULL : pointer_at(pool, vm.pool_cache);
    return cache_of_pool == NULL ? NULL : handle_oop(pointer_at(cache_of_pool, vm.cache_resolved));
}

addr klass_loader(const struct klass *klass) {
    addr data = pointer_at(klass->address, vm.klass_loader_data);
    return data == NULL ? NULL : handle_oop(pointer_at(data, vm.loader_oop));
}

static void add_slots(struct klass *klass, addr declaring) {
    struct fields fields;
    struct field field;
    size_t room = klass->slot_count;
    addr declaring_name = pointer_at(declaring, vm.klass_name);
    fields_open(&fields, declaring);
    while (fields_next(&fields, &field)) {
        if (field.is_static || field.is_injected) {
            continue;
        }
        u1 fate = rules_fate(declaring_name, &field);
        if (!ids_give_place(fate)) {
            continue;
        }
        u1 bytes = (u1)ids_value_bytes(field.type);
        klass->slots = arena_grow(klass->slots, &room, klass->slot_count + 1, sizeof(struct slot));
        klass->slots[klass->slot_count++] = (struct slot){field.offset, field.type, fate, bytes};
        klass->record_bytes += bytes;
        klass->computed |= fate == FATE_WHETHER_SET || (field.type == TYPE_REFERENCE && bytes != vm.oop_bytes);
    }
}

void classes_load(bool with_slots) {
    known_classes = arena_take(sizeof *known_classes * KNOWN_CLASSES);
    for (addr loader = AT(addr, vm.loader_head, 0); loader != NULL; loader = pointer_at(loader, vm.loader_next)) {
        for (addr klass = pointer_at(loader, vm.loader_klasses); klass != NULL; klass = pointer_at(klass, vm.klass_next)) {
            add(klass);
        }
    }
    index_addresses();
    for (u4 i = 0; i < classes.count; i++) {
        struct klass *klass = &classes.all[i];
        if (klass->sizing == SIZE_OF_CHUNK) {
            classes.stack_chunk = klass->address;
            classes.chunk_size = field_offset(klass->address, "size");
        }
        for (addr at = klass->address; with_slots && klass->kind == KIND_INSTANCE && at != NULL;
             at = pointer_at(at, vm.klass_super)) {
            add_slots(klass, at);
        }
    }
}

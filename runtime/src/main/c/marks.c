/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#include "marks.h"

#include "arena.h"
#include "child.h"
#include "chunks.h"
#include "classes.h"
#include "mirrors.h"
#include "roots.h"

/* So many elements of an array are looked at before the objects behind them have their turn: the stack stays short. */
#define ARRAY_STRETCH 512
#define BEAT_OBJECTS 0xffff

struct list {
    u8 *all;
    size_t count;
    size_t room;
};

static const struct walk *heap;
static u8 *map; /* one bit per place where an object can begin */
static addr low, high;
static struct list stack; /* objects to be looked at; an array in the middle of it as its address plus 1, and the next index */
static struct list referents; /* of references that were reached */
static struct list threads; /* virtual ones, and what is on their stacks */
static bool with_referents;
static bool as_dumped;
static struct tally *tally;
static struct marked marked;

static void push(struct list *list, u8 entry) {
    list->all = arena_grow(list->all, &list->room, list->count + 1, sizeof(u8));
    list->all[list->count++] = entry;
}

/* True the first time. */
static inline bool mark(addr object) {
    u8 bit = (u8)(object - low) / 8;
    u8 mask = 1ull << (bit & 63);
    if (map[bit >> 6] & mask) {
        return false;
    }
    map[bit >> 6] |= mask;
    return true;
}

static void beat(void) {
    static u8 seen;
    if (UNLIKELY((++seen & BEAT_OBJECTS) == 0)) {
        walk_beat(heap, 0);
    }
}

static void found(addr object) {
    if (object != NULL && object >= low && object < high && mark(object)) {
        __builtin_prefetch(object);
        push(&stack, (u8)object);
    }
}

/* ---- what objects refer to ---- */

static void found_statics(const struct klass *klass) {
    struct fields fields;
    struct field field;
    fields_open(&fields, klass->address);
    while (fields_next(&fields, &field)) {
        if (field.is_static && !field.is_injected && field.type == TYPE_REFERENCE) {
            found(oop_at(klass->mirror + field.offset));
        }
    }
}

static void found_of_class(const struct klass *klass) {
    const struct klass *super_class = class_super(klass);
    const struct klass *owner = class_owner(klass);
    found(super_class == NULL ? NULL : super_class->mirror);
    found(klass_loader(klass));
    found(mirror_reference(owner->mirror, mirrors.signers));
    found(mirror_reference(owner->mirror, mirrors.protection_domain));
    for (u4 i = 0; i < mirrors.count; i++) {
        found(mirror_reference(klass->mirror, mirrors.fields[i].offset));
    }
    if (klass->kind == KIND_INSTANCE) {
        found_statics(klass);
        found(class_resolved_references(klass));
    }
}

static void found_referent(addr target) {
    if (with_referents) {
        found(target);
    } else if (target != NULL) {
        push(&referents, (u8)target);
    }
}

static void found_of_instance(addr object, const struct klass *klass) {
    const u4 *end = klass->strong + klass->strong_count;
    for (const u4 *offset = klass->strong; offset < end; offset++) {
        found(oop_at(object + *offset));
    }
    if (UNLIKELY(klass->referent != NO_REFERENT)) {
        found_referent(oop_at(object + klass->referent));
    }
}

static void found_of_array(addr array, const struct klass *klass, u4 from) {
    u4 length = AT(u4, array, vm.array_length);
    u4 end = length - from > ARRAY_STRETCH ? from + ARRAY_STRETCH : length;
    if (end < length) {
        push(&stack, end);
        push(&stack, (u8)array + 1);
    }
    addr elements = array + klass->array_base;
    for (u4 i = from; i < end; i++) {
        found(oop_at(elements + (u8)i * vm.oop_bytes));
    }
}

static void visit_object(addr object) {
    struct klass *klass = class_of(object);
    if (klass == NULL || klass->mirror == NULL) {
        return; /* in no dump either */
    }
    bool has_record = klass->sizing == SIZE_OF_MIRROR && mirror_has_record(object);
    u8 bytes = klass->sizing == SIZE_OF_MIRROR && as_dumped && !has_record ? round_up(klass->bytes, vm.alignment)
                                                                        : object_bytes(klass, object);
    tally->objects++;
    tally->bytes += bytes;
    if (!with_referents) {
        klass->reached_objects++;
        klass->reached_bytes += bytes;
    }
    beat();
    if (UNLIKELY(!klass->met)) {
        klass->met = true;
        found(klass->mirror);
    }
    if (klass->kind == KIND_OBJECT_ARRAY) {
        found_of_array(object, klass, 0);
    } else if (UNLIKELY(has_record)) {
        found_of_class(class_at(AT(addr, object, vm.mirror_klass)));
    } else if (klass->kind == KIND_INSTANCE) {
        found_of_instance(object, klass);
    }
}

static void run(void) {
    while (stack.count > 0) {
        u8 entry = stack.all[--stack.count];
        if (entry & 1) {
            addr array = (addr)(entry - 1);
            found_of_array(array, class_of(array), (u4)stack.all[--stack.count]);
        } else {
            visit_object((addr)entry);
        }
    }
}

/* ---- all of it ---- */

static bool is_reference(const struct klass *klass, addr reference) {
    for (addr at = klass->address; at != NULL; at = pointer_at(at, vm.klass_super)) {
        if (at == reference) {
            return true;
        }
    }
    return false;
}

static void find_strong(struct klass *klass) {
    klass->strong = arena_take(sizeof(u4) * klass->slot_count);
    for (u4 i = 0; i < klass->slot_count; i++) {
        if (klass->slots[i].type == TYPE_REFERENCE && klass->slots[i].offset != klass->referent) {
            klass->strong[klass->strong_count++] = klass->slots[i].offset;
        }
    }
}

/* Works out where instances hold references. */
static void plan(void) {
    addr reference = NULL;
    for (u4 i = 0; i < classes.count && reference == NULL; i++) {
        reference = symbol_is(classes.all[i].name, "java/lang/ref/Reference") ? classes.all[i].address : NULL;
    }
    u4 referent_offset = reference == NULL ? 0 : field_offset(reference, "referent");
    for (u4 i = 0; i < classes.count; i++) {
        struct klass *klass = &classes.all[i];
        bool holds = referent_offset != 0 && klass->kind == KIND_INSTANCE && is_reference(klass, reference);
        klass->referent = holds ? referent_offset : NO_REFERENT;
        find_strong(klass);
    }
}

static void note(addr object) { push(&threads, (u8)object); }

void marks_virtual_thread(const struct walk *walk, addr thread) {
    note(thread);
    chunks_each(walk, thread, note);
}

static void follow(const struct list *list) {
    for (size_t i = 0; i < list->count; i++) {
        found((addr)list->all[i]);
        run();
    }
}

struct marked marks_run(const struct walk *walk, bool sizes_as_dumped) {
    heap = walk;
    as_dumped = sizes_as_dumped;
    if (walk->spaces.count == 0) {
        return marked;
    }
    low = walk->spaces.all[0].start;
    high = walk->spaces.all[walk->spaces.count - 1].end;
    map = arena_take((u8)(high - low) / 64 + sizeof(u8));
    plan();
    tally = &marked.reached;
    for (u4 i = 0; i < roots.count; i++) {
        found(roots.all[i].object);
        run();
    }
    follow(&threads);
    tally = &marked.weakly;
    with_referents = true;
    follow(&referents);
    child_reached(marked.reached.objects, marked.reached.bytes, marked.weakly.objects, marked.weakly.bytes);
    return marked;
}

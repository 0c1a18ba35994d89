/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#include "edges.h"

#include "arena.h"
#include "names.h"

static const struct text LOADER_CLASS = {"java.lang.Class", 15, 0};
static const struct text LOADER_FIELD = {"classLoader", 11, 0};

static bool to_loaders = true;

static bool text_is(struct text a, struct text b) {
    return a.length == b.length && memcmp(a.bytes, b.bytes, a.length) == 0;
}

/* ---- what is followed ---- */

static void follow_all(struct klass *klass) {
    klass->strong_count = 0;
    for (u4 i = 0; i < klass->slot_count; i++) {
        if (klass->slots[i].type == TYPE_REFERENCE && klass->slots[i].offset != klass->referent) {
            klass->strong[klass->strong_count++] = klass->slots[i].offset;
        }
    }
    klass->statics_followed = klass->statics_count;
}

/* What is left out of a list goes behind those that are followed. */
static u4 leave_out(u4 *offsets, u4 count, u4 offset) {
    for (u4 i = 0; i < count; i++) {
        if (offsets[i] == offset) {
            offsets[i] = offsets[count - 1];
            offsets[count - 1] = offset;
            return count - 1;
        }
    }
    return count;
}

static void leave_field_out(const struct field_name *name) {
    to_loaders &= !(text_is(name->class_name, LOADER_CLASS) && text_is(name->field, LOADER_FIELD));
    for (u4 i = 0; i < classes.count; i++) {
        struct klass *klass = &classes.all[i];
        struct field field;
        if (!names_field(klass, name, &field) || field.type != TYPE_REFERENCE) {
            continue;
        }
        if (!field.is_static) {
            klass->strong_count = leave_out(klass->strong, klass->strong_count, field.offset);
        } else if (names_exactly(klass, name->class_name)) {
            klass->statics_followed = leave_out(klass->statics, klass->statics_followed, field.offset);
        }
    }
}

void edges_without(const struct field_name *names, u4 count) {
    for (u4 i = 0; i < count; i++) {
        leave_field_out(&names[i]);
    }
}

void edges_all(void) {
    to_loaders = true;
    for (u4 i = 0; i < classes.count; i++) {
        follow_all(&classes.all[i]);
    }
}

bool edges_to_loaders(void) { return to_loaders; }

bool edges_touches(const struct field_name *name, const struct map *map) {
    for (u4 i = 0; i < classes.count; i++) {
        const struct klass *klass = &classes.all[i];
        struct field field;
        if (names_field(klass, name, &field)
            && (field.is_static ? klass->mirror != NULL && map_has(map, klass->mirror) : klass->walked.objects > 0)) {
            return true;
        }
    }
    return false;
}

/* ---- at the start ---- */

static u4 count_references(const struct klass *klass) {
    u4 count = 0;
    for (u4 i = 0; i < klass->slot_count; i++) {
        count += klass->slots[i].type == TYPE_REFERENCE;
    }
    return count;
}

static void find_statics(struct klass *klass) {
    struct fields fields;
    struct field field;
    size_t capacity = 0;
    fields_open(&fields, klass->address);
    while (fields_next(&fields, &field)) {
        if (field.is_static && !field.is_injected && field.type == TYPE_REFERENCE) {
            klass->statics = arena_grow(klass->statics, &capacity, klass->statics_count + 1, sizeof(u4));
            klass->statics[klass->statics_count++] = field.offset;
        }
    }
}

static bool is_in_lineage(addr klass, addr ancestor) {
    for (addr at = klass; at != NULL; at = pointer_at(at, vm.klass_super)) {
        if (at == ancestor) {
            return true;
        }
    }
    return false;
}

void edges_load(void) {
    addr reference = NULL;
    for (u4 i = 0; i < classes.count && reference == NULL; i++) {
        reference = symbol_is(classes.all[i].name, "java/lang/ref/Reference") ? classes.all[i].address : NULL;
    }
    u4 referent = reference == NULL ? 0 : field_offset(reference, "referent");
    for (u4 i = 0; i < classes.count; i++) {
        struct klass *klass = &classes.all[i];
        bool holds = referent != 0 && klass->kind == KIND_INSTANCE && is_in_lineage(klass->address, reference);
        klass->referent = holds ? referent : NO_REFERENT;
        klass->strong = arena_take(sizeof(u4) * count_references(klass));
        if (klass->kind == KIND_INSTANCE) {
            find_statics(klass);
        }
    }
    edges_all();
}

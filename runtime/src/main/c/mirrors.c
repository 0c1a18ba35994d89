/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#include "mirrors.h"

#include "arena.h"
#include "classes.h"
#include "vm.h"

/* HotSpot's OopMapBlock: a run of references in an instance. */
struct oop_map {
    int32_t offset;
    u4 count;
};

struct mirrors mirrors;

static size_t room;

static bool field_at(u4 offset, struct field *field) {
    struct fields fields;
    for (addr klass = AT(addr, vm.class_klass, 0); klass != NULL; klass = pointer_at(klass, vm.klass_super)) {
        fields_open(&fields, klass);
        while (fields_next(&fields, field)) {
            if (!field->is_static && field->offset == offset) {
                return true;
            }
        }
    }
    return false;
}

static void add(u4 offset, addr symbol) {
    u4 length = symbol == NULL ? 0 : symbol_length(symbol);
    bool bracketed = length > 0 && symbol_body(symbol)[0] == '<'; /* <init_lock> is its very name */
    u4 more = bracketed ? 0 : 2;
    char *name = arena_take(length + more);
    name[0] = '<';
    name[length + more - 1] = '>';
    if (length > 0) {
        memcpy(name + more / 2, symbol_body(symbol), length);
    }
    mirrors.fields = arena_grow(mirrors.fields, &room, mirrors.count + 1, sizeof(struct mirror_field));
    mirrors.fields[mirrors.count++] = (struct mirror_field){offset, name, length + more};
}

static void consider(u4 offset) {
    struct field field;
    if (!field_at(offset, &field)) {
        add(offset, NULL);
    } else if (symbol_is(field.name, "signers")) {
        mirrors.signers = offset;
    } else if (symbol_is(field.name, "protection_domain") || symbol_is(field.name, "protectionDomain")) {
        mirrors.protection_domain = offset;
    } else if (!symbol_is(field.name, "classLoader")) { /* the record has it */
        add(offset, field.name);
    }
}

void mirrors_load(void) {
    addr klass = AT(addr, vm.class_klass, 0);
    u8 words = (u8)AT(int32_t, klass, vm.klass_vtable) + (u8)AT(int32_t, klass, vm.instance_itable);
    addr maps = klass + vm.instance_size + 8 * words;
    u4 count = AT(u4, klass, vm.instance_oop_maps);
    for (u4 i = 0; i < count; i++) {
        struct oop_map map = AT(struct oop_map, maps, sizeof(struct oop_map) * i);
        for (u4 reference = 0; reference < map.count; reference++) {
            consider((u4)map.offset + reference * vm.oop_bytes);
        }
    }
}

addr mirror_reference(addr mirror, u4 offset) { return offset == 0 ? NULL : oop_at(mirror + offset); }

bool mirror_has_record(addr mirror) {
    addr klass = AT(addr, mirror, vm.mirror_klass);
    if (klass == NULL) {
        return false; /* of a primitive type */
    }
    const struct klass *known = class_at(klass);
    return known != NULL && known->mirror == mirror;
}

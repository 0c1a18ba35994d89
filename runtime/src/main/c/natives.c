/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#include "natives.h"

#include "arena.h"
#include "names.h"

static bool is_whole(u1 type) {
    return type != TYPE_REFERENCE && type != TYPE_BOOLEAN && type != TYPE_FLOAT && type != TYPE_DOUBLE;
}

/* True where it is not named, and then it is of type 0. */
static bool find(const struct klass *klass, const struct field_name *name, struct field *field) {
    if (name->field.length > 0 && names_field(klass, name, field) && !field->is_static) {
        return true;
    }
    field->type = 0;
    return name->field.length == 0;
}

static const struct native *native_of(const struct klass *klass, const struct native_rule *rule) {
    struct native native = {.constant = rule->constant};
    if (!find(klass, &rule->bytes, &native.bytes) || !find(klass, &rule->must_be_set, &native.must_be_set)
        || (native.bytes.type != 0 && !is_whole(native.bytes.type))) {
        return NULL;
    }
    find(klass, &rule->must_not_be_set, &native.must_not_be_set);
    struct native *kept = arena_take(sizeof native);
    *kept = native;
    return kept;
}

void natives_load(const struct plan *plan) {
    for (u4 i = 0; i < classes.count; i++) {
        struct klass *klass = &classes.all[i];
        for (u4 k = 0; k < plan->native_count && klass->kind == KIND_INSTANCE && klass->native == NULL; k++) {
            klass->native = native_of(klass, &plan->natives[k]);
        }
    }
}

static int64_t value(const struct field *field, addr object) {
    addr place = object + field->offset;
    switch (field->type) {
        case TYPE_REFERENCE: return (int64_t)oop_at(place);
        case TYPE_BOOLEAN:
        case TYPE_BYTE: return AT(int8_t, place, 0);
        case TYPE_CHAR: return AT(u2, place, 0);
        case TYPE_SHORT: return AT(int16_t, place, 0);
        case TYPE_INT:
        case TYPE_FLOAT: return AT(int32_t, place, 0);
        default: return AT(int64_t, place, 0);
    }
}

u8 natives_bytes(const struct native *native, addr object) {
    if ((native->must_be_set.type != 0 && value(&native->must_be_set, object) == 0)
        || (native->must_not_be_set.type != 0 && value(&native->must_not_be_set, object) != 0)) {
        return 0;
    }
    int64_t bytes = native->bytes.type == 0 ? (int64_t)native->constant : value(&native->bytes, object);
    return bytes > 0 ? (u8)bytes : 0;
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#include "fields.h"

#define ACC_STATIC 0x8
/* JDK 17 to 20: flags beside those of the class file */
#define FIELD_INTERNAL 0x400
#define FIELD_HAS_GENERIC_SIGNATURE 0x800
#define SHORTS_PER_FIELD 6
#define ARRAY_OF_SHORTS_DATA 4
#define ARRAY_OF_BYTES_DATA 4
/* since JDK 21: FieldInfo::FieldFlags */
#define HAS_INITIAL_VALUE (1u << 0)
#define IS_INJECTED (1u << 1)
#define HAS_GENERIC_SIGNATURE (1u << 2)
#define IS_CONTENDED (1u << 4)

const u1 TYPE_BYTES[12] = {0, 0, 0, 0, 1, 2, 4, 8, 1, 2, 4, 8};

addr pool_symbol(addr pool, u4 index) {
    /* the lowest bit of an entry tells a class that is not resolved; symbols have it never set */
    return (addr)((uintptr_t)pointer_at(pool, vm.pool_size + 8 * (long)index) & ~(uintptr_t)1);
}

bool symbol_is(addr symbol, const char *text) {
    size_t length = strlen(text);
    return symbol_length(symbol) == length && memcmp(symbol_body(symbol), text, length) == 0;
}

static u1 type_of(addr signature) {
    switch (symbol_body(signature)[0]) {
        case 'Z': return TYPE_BOOLEAN;
        case 'C': return TYPE_CHAR;
        case 'F': return TYPE_FLOAT;
        case 'D': return TYPE_DOUBLE;
        case 'B': return TYPE_BYTE;
        case 'S': return TYPE_SHORT;
        case 'I': return TYPE_INT;
        case 'J': return TYPE_LONG;
        default: return TYPE_REFERENCE;
    }
}

/* HotSpot's UNSIGNED5: up to five bytes, none of them 0; the first four end a number if they are below 192. */
static u4 next_number(struct fields *fields) {
    u4 sum = 0;
    for (int i = 0; i < 5; i++) {
        u4 byte = fields->stream[fields->at++];
        sum += (byte - 1) << (6 * i);
        if (byte < 192) {
            break;
        }
    }
    return sum;
}

static u2 short_at(const struct fields *fields, u4 index) { return AT(u2, fields->shorts, 2 * (long)index); }

/* The fields are followed by an index for every generic signature. */
static u4 count_of_shorts(const struct fields *fields, u4 length) {
    u4 count = 0;
    while ((count + 1) * SHORTS_PER_FIELD <= length) {
        if (short_at(fields, count * SHORTS_PER_FIELD) & FIELD_HAS_GENERIC_SIGNATURE) {
            length--;
        }
        count++;
    }
    return count;
}

void fields_open(struct fields *fields, addr klass) {
    memset(fields, 0, sizeof *fields);
    fields->pool = pointer_at(klass, vm.instance_constants);
    if (fields->pool == NULL) {
        return;
    }
    if (vm.instance_field_stream != 0) {
        addr array = pointer_at(klass, vm.instance_field_stream);
        if (array != NULL) {
            fields->stream = (const u1 *)array + ARRAY_OF_BYTES_DATA;
            fields->count = next_number(fields); /* of the class file */
            fields->count += next_number(fields); /* injected */
        }
        return;
    }
    addr array = pointer_at(klass, vm.instance_fields);
    if (array != NULL) {
        fields->shorts = array + ARRAY_OF_SHORTS_DATA;
        fields->count = count_of_shorts(fields, AT(u4, array, 0));
    }
}

static void name_and_type(const struct fields *fields, struct field *field, u4 name, u4 signature) {
    if (field->is_injected) {
        field->name = vm.vm_symbols[name];
        field->type = type_of(vm.vm_symbols[signature]);
    } else {
        field->name = pool_symbol(fields->pool, name);
        field->type = type_of(pool_symbol(fields->pool, signature));
    }
}

static void next_of_stream(struct fields *fields, struct field *field) {
    u4 name = next_number(fields);
    u4 signature = next_number(fields);
    field->offset = next_number(fields);
    field->is_static = (next_number(fields) & ACC_STATIC) != 0;
    u4 flags = next_number(fields);
    field->is_injected = (flags & IS_INJECTED) != 0;
    for (u4 more = flags & (HAS_INITIAL_VALUE | HAS_GENERIC_SIGNATURE | IS_CONTENDED); more != 0; more &= more - 1) {
        next_number(fields);
    }
    name_and_type(fields, field, name, signature);
}

static void next_of_shorts(struct fields *fields, struct field *field) {
    u4 at = fields->index * SHORTS_PER_FIELD;
    u4 flags = short_at(fields, at);
    field->is_static = (flags & ACC_STATIC) != 0;
    field->is_injected = (flags & FIELD_INTERNAL) != 0;
    field->offset = (((u4)short_at(fields, at + 5) << 16) | short_at(fields, at + 4)) >> 2;
    name_and_type(fields, field, short_at(fields, at + 1), short_at(fields, at + 2));
}

bool fields_next(struct fields *fields, struct field *field) {
    if (fields->index >= fields->count) {
        return false;
    }
    if (fields->stream != NULL) {
        next_of_stream(fields, field);
    } else {
        next_of_shorts(fields, field);
    }
    fields->index++;
    return true;
}

u4 field_offset(addr klass, const char *name) {
    struct fields fields;
    struct field field;
    fields_open(&fields, klass);
    while (fields_next(&fields, &field)) {
        if (!field.is_static && symbol_is(field.name, name)) {
            return field.offset;
        }
    }
    return 0;
}

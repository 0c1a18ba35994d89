/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_FIELDS_H
#define HG_FIELDS_H

#include "base.h"
#include "vm.h"

/* The codes of types in hprof, which are HotSpot's own BasicType but for references. */
enum type {
    TYPE_REFERENCE = 2,
    TYPE_BOOLEAN = 4,
    TYPE_CHAR = 5,
    TYPE_FLOAT = 6,
    TYPE_DOUBLE = 7,
    TYPE_BYTE = 8,
    TYPE_SHORT = 9,
    TYPE_INT = 10,
    TYPE_LONG = 11
};

/* Bytes of a primitive value in hprof, by type; of a reference see ids.h. */
extern const u1 TYPE_BYTES[12];

/* A field that a class declares itself. */
struct field {
    addr name; /* a Symbol */
    u4 offset; /* in the instance, or in the class mirror if static */
    u1 type;
    bool is_static;
    bool is_injected; /* by the VM; no class file has it */
};

/* Walks over the fields of one class, in the VM's order. */
struct fields {
    addr pool;
    const u1 *stream;    /* since JDK 21 */
    const char *shorts;  /* before */
    u4 at;
    u4 index;
    u4 count;
};

void fields_open(struct fields *fields, addr instance_klass);
bool fields_next(struct fields *fields, struct field *field);

/* Offset of an instance field that a class declares itself, 0 if it has none of the name. */
u4 field_offset(addr instance_klass, const char *name);

/* The n-th symbol of a class's constants. */
addr pool_symbol(addr pool, u4 index);

static inline u4 symbol_length(addr symbol) { return AT(u2, symbol, vm.symbol_length); }
static inline addr symbol_body(addr symbol) { return symbol + vm.symbol_body; }
bool symbol_is(addr symbol, const char *text);

#endif

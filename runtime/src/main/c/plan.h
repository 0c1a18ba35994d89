/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_PLAN_H
#define HG_PLAN_H

#include "base.h"

/*
 * What shall be measured, as Java's SnapshotPlan writes it, all numbers big-endian and every name as its length in two bytes
 * and modified UTF-8, which is what the VM's symbols are:
 *   1 level, 1 number of processes that share the roots, 4 seconds for the roots, 4 most rows per walk, 8 most bytes of memory of the child's own;
 *   2 number of fields that walks from roots leave out; for each: class, field;
 *   2 number of rules for memory outside of the heap; for each: 8 constant, three fields of which the names may be empty:
 *     holds the bytes, must be set, must not be set;
 *   4 number of roots; for each: 1 kind and what finds it, 2 number of exclusions, for each: 1 kind and what it names.
 * Names are as people write them, with dots.
 */

enum level { LEVEL_TYPES, LEVEL_OWNED, LEVEL_RETAINED };

struct text {
    const char *bytes;
    u4 length;
    u8 hash; /* names_hash */
};

struct field_name {
    struct text class_name;
    struct text field;
};

/* Applies to instances that have the first two fields, where they are named. */
struct native_rule {
    u8 constant; /* bytes, where no field holds them */
    struct field_name bytes, must_be_set, must_not_be_set;
};

enum root_kind { FOUND_BY_ENTRY = 1, FOUND_BY_STATIC, FOUND_BY_CLASS, FOUND_BY_THREAD, NOT_FOUND_HERE };

enum exclusion_kind { EXCLUDE_CLASS = 1, EXCLUDE_PACKAGE, EXCLUDE_FIELD, EXCLUDE_ROOT };

struct exclusion {
    u1 kind;
    u4 root;                 /* index of the other */
    struct field_name name;  /* of a class or package only the first part */
};

struct planned_root {
    u1 kind;
    u4 entry;                /* index in the array of registry entries */
    struct field_name name;  /* of a class only the first part; of a thread its name in UTF-16, big-endian */
    struct exclusion *exclusions;
    u4 exclusion_count;
};

struct plan {
    u1 level;
    u1 processes;
    u4 seconds;
    u4 most_rows;
    u8 most_bytes;
    struct field_name *left_out;
    u4 left_out_count;
    struct native_rule *natives;
    u4 native_count;
    struct planned_root *roots;
    u4 root_count;
};

/* Reads a plan whose bytes stay where they are. Ends the child if it makes no sense. */
void plan_read(struct plan *plan, const u1 *bytes, size_t length);

#endif

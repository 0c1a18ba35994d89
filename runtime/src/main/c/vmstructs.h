/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_VMSTRUCTS_H
#define HG_VMSTRUCTS_H

#include "base.h"

/*
 * The tables in which HotSpot describes its own layout to the Serviceability Agent: fields, sizes of types, constants. Looked
 * up in the parent, before any snapshot, where strings may be compared at leisure.
 */

/* Finds the tables in the library that holds a function of the VM. False if it exports none. */
bool vmstructs_open(const void *inside);

/*
 * Look-ups take up to two names, because HotSpot renames between releases; the second may be NULL. What is in neither place
 * is noted, see vmstructs_missing, and gives 0.
 */
struct place {
    const char *type;
    const char *field;
};

long vmstructs_offset(struct place now, struct place before);
addr vmstructs_static(struct place now, struct place before);
bool vmstructs_has(struct place place);
long vmstructs_size(const char *type, const char *before);
long vmstructs_constant(const char *now, const char *before);

/* The first name that was looked up in vain, or NULL. */
const char *vmstructs_missing(void);

#endif

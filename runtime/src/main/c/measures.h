/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_MEASURES_H
#define HG_MEASURES_H

#include "base.h"

struct measures_settings {
    int descriptor;      /* a pipe */
    const u1 *plan;      /* as plan.h has it */
    size_t plan_bytes;
    addr entries;        /* the array of the roots' registry entries, or NULL */
    bool behind_dump;    /* a dump was written: all is loaded, and objects count as a dump shows them */
};

/*
 * Counts objects by class, follows the GC roots, measures the configured roots, and writes what it found to a pipe; does
 * not return. The message, all numbers big-endian:
 *   4 "HGTY", 4 version, 1 level, 4 number of classes that have objects; for each:
 *     8 objects, 8 bytes, 8 bytes of the largest, 8 bytes outside of the heap, 8 objects reached, 8 bytes reached,
 *     2 length of the name, the name as the VM writes it;
 *   8 objects and 8 bytes in all, of those reached, and of those that only referents lead to;
 *   4 number of roots; for each: 1 state, 1 detail, and where it was measured: 8 starts, what it reaches,
 *     1 whether it owns all of that, else what it owns, 1 whether what it retains follows: 8 objects, 8 bytes;
 *   4 Adler-32 of everything before it.
 * What a walk met: 8 objects, 8 bytes, 4 number of classes, 4 number of those that follow, the largest first where they
 * are not all; for each: 4 index among the classes above, 8 objects, 8 bytes, 8 bytes of the largest.
 */
void measures_write(const struct measures_settings *settings) __attribute__((noreturn));

#endif

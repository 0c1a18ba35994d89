/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_MARKS_H
#define HG_MARKS_H

#include "base.h"
#include "walk.h"

/*
 * What the GC roots reach, by the rules of the analysis of a dump that this engine writes: over all that the dump shows as a reference
 * but the referents of weak, soft, phantom and final references; a class is reached with its first instance. Then what only
 * such referents lead to. Each object is marked by one bit in a map of the heap's addresses, 1/64 of its size.
 */
struct tally {
    u8 objects;
    u8 bytes;
};

struct marked {
    struct tally reached; /* by class: klass->reached_objects, reached_bytes */
    struct tally weakly;
};

/* Virtual threads are roots by themselves; the walk calls this for each before the marking. */
void marks_virtual_thread(const struct walk *walk, addr thread);

/*
 * Marks from the roots. The classes must have their slots, and mirrors and chunks be loaded. sizes_as_dumped: a class mirror whose
 * class has no record, which a dump shows as an instance like any other, counts without its static fields.
 */
struct marked marks_run(const struct walk *walk, bool sizes_as_dumped);

#endif

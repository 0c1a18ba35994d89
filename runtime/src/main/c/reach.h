/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_REACH_H
#define HG_REACH_H

#include "base.h"
#include "trace.h"

/* What the GC roots reach: those that the VM reports, and virtual threads with what is on their stacks. */

/* Virtual threads are roots by themselves; the walk over all objects calls this for each before anything is followed. */
void reach_virtual_thread(const struct walk *walk, addr thread);

/* Calls for each virtual thread, or, for one of them, for each object on its stack. */
void reach_virtual_threads(void (*found)(addr thread));
void reach_virtual_frames(addr thread, void (*found)(addr object));

struct reached {
    struct tally strongly; /* by class: klass->reached */
    struct tally weakly;   /* what only the referents of weak, soft, phantom and final references lead to */
    struct map map;        /* what is reached strongly */
    struct map scratch;    /* for walks to come */
};

extern struct reached reached; /* zeros before reach_all */

/*
 * Loads what walks along references need, with the classes and their slots there; the first call counts. sizes_as_dumped: see
 * trace.h.
 */
void reach_open(const struct walk *walk, bool sizes_as_dumped);

/* Follows all edges of edges.h; the first call counts. */
void reach_all(void);

/* What the GC roots do not reach any more without some objects; starts calls for each of these. */
struct tally reach_retained(void (*starts)(void (*each)(addr object)));

#endif

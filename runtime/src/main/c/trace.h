/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_TRACE_H
#define HG_TRACE_H

#include "base.h"
#include "map.h"
#include "walk.h"

/*
 * Follows references, by the rules of the analysis of a dump that this engine writes: over all that the dump shows as a
 * reference. Each object that is found is marked in a map. Counts by class in klass->walked.
 */
struct trace_rules {
    bool to_referents; /* of weak, soft, phantom and final references */
    bool keeps_referents; /* those not followed, for trace_enter_referents */
    bool to_loaders;   /* from classes */
};

/*
 * Once; the classes must have their slots, and mirrors and edges be loaded. sizes_as_dumped: a class mirror whose class has no
 * record, which a dump shows as an instance like any other, counts without its static fields.
 */
void trace_open(const struct walk *walk, bool sizes_as_dumped);

/* Forgets all marks and counts. The edges are those of edges.h at the time. */
void trace_begin(const struct map *map, struct trace_rules rules);

/* Counts from 0 again; the marks stay. */
void trace_count_anew(void);

/* Keeps the walk from entering an object: a bar, or a start that trace_start is going to visit. */
void trace_mark(addr object);

/* Visits an object and all that it leads to, unless it is marked. */
void trace_enter(addr object);

/* Visits a marked object, whatever bars its class, and all that it leads to. */
void trace_start(addr object);

/* Goes on to the referents that were kept, and from there to all. */
void trace_enter_referents(void);

/* What an object counts with. */
u8 trace_bytes(const struct klass *klass, addr object, u8 bytes);

struct tally trace_total(void);

#endif

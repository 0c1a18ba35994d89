/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_SPACES_H
#define HG_SPACES_H

#include "base.h"

#define HUGE_PAGE ((u8)2 << 20)

/* A stretch of memory [start, end). */
struct stretch {
    addr start;
    addr end;
};

/*
 * Where objects lie, in order of address. Used in the child for the walk, and in the parent at the safepoint for what need not be
 * forked; hence a caller gives the memory.
 */
struct spaces {
    struct stretch *all;
    u4 count;
    u4 capacity;
    bool overflow; /* there were more than the capacity */
    u8 bytes;
};

/* Collects what the collector has handed out. */
void spaces_collect(struct spaces *spaces);

/* How many stretches there can be at most. */
u4 spaces_most(void);

/* The whole address range of the heap. */
struct stretch spaces_reserved(void);

/*
 * The unused ends of the threads' allocation buffers, in order of address: no objects are there, and what is may look like
 * one. gaps: room for gaps_most() of them. Gives their number.
 */
u4 gaps_collect(struct stretch *gaps, u4 capacity);
u4 gaps_most(void);

#endif

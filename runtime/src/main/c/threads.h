/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_THREADS_H
#define HG_THREADS_H

#include "base.h"
#include "walk.h"

/* Threads and GC roots in an hprof file. */

/* Stack frames and traces, to be written before any segment. */
void write_threads(void);

/* The roots, in a segment. */
void write_roots(void);

/*
 * A virtual thread, and what its stack in the heap holds, in a segment. As HotSpot does since JDK 22: a thread of its own,
 * whether anything refers to it or not.
 */
void write_virtual_thread(const struct walk *walk, addr thread, u4 serial_number);

#endif

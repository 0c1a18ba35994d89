/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_FILTER_H
#define HG_FILTER_H

#include <jvmti.h>

#include "base.h"

/*
 * How a walk starts at once. Before the VM reports the GC roots to a tool it halts every thread and takes back what escape analysis
 * did on its stack, a few tenths of a millisecond a thread, for the tool might want to see objects that exist only in registers. It
 * does not where the tool wants tagged objects only. So that is what we say we want, and tag the threads: the VM reports the oldest
 * one first of all, in the callback of which the process forks. The copy of the process then takes the filter away, in its own memory.
 * Where the VM keeps the filter is found by what must stand around it; where that is not found the walk goes without a filter.
 */

#define FILTER_TAGGED_ONLY JVMTI_HEAP_FILTER_UNTAGGED /* objects without a tag are left out */

/* Outside of a safepoint. inside: any function of the VM's library. */
void filter_open(const void *inside);

/* Whether a walk may start with the filter. */
bool filter_usable(void);

/* In a callback of a walk with the filter: whether it can be taken away. If not, it never can. */
bool filter_found(const jvmtiHeapCallbacks *callbacks);

/* In the copy of the process, after filter_found. */
void filter_remove(void);

#endif

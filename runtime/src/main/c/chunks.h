/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_CHUNKS_H
#define HG_CHUNKS_H

#include "base.h"
#include "classes.h"
#include "walk.h"

/*
 * The stacks of virtual threads that run on no carrier lie in the heap, in objects of jdk.internal.vm.StackChunk, since
 * JDK 21. The references in them are in no field.
 */
struct chunks {
    addr virtual_thread; /* Klass of java.lang.VirtualThread, or NULL */
    u4 continuation;     /* offsets: its field cont, */
    u4 tail;             /* the continuation's field tail, */
    u4 parent, sp, flags; /* and the chunk's own */
};

extern struct chunks chunks;

void chunks_load(void);

/* Calls for each object that the chunks of a virtual thread refer to. */
void chunks_each(const struct walk *walk, addr virtual_thread, void (*found)(addr object));

#endif

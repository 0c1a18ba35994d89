/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_ROOTS_H
#define HG_ROOTS_H

#include <jvmti.h>

#include "base.h"

/* The GC roots, as the VM reports them to a JVMTI heap walk. */
struct root {
    addr object;
    u4 kind;   /* jvmtiHeapReferenceKind */
    u4 thread; /* serial number of the thread, from 1; 0 if it belongs to none */
    u4 frame;  /* index in the frames, or NO_FRAME */
};

#define NO_FRAME 0xffffffffu
#define FRAME_NATIVE ((jlocation)-1)

/* A frame that holds a reference, from the top of a thread's stack down. */
struct frame {
    u4 thread;
    jmethodID method;
    jlocation bytecode; /* or FRAME_NATIVE */
    jint depth;
};

struct roots {
    struct root *all;
    u4 count;
    struct frame *frames;
    u4 frame_count;
    u4 threads;  /* how many threads were reported */
    u8 mismatches;
};

extern struct roots roots;

/* Takes a root down, from within the callback of the heap walk. */
void roots_add(jvmtiHeapReferenceKind kind, const jvmtiHeapReferenceInfo *info, jlong size, const jlong *tag_place);

/*
 * The object that a callback is about, which JVMTI does not tell: HotSpot's wrapper of the callback keeps the reference and the size
 * in the two words before the tag that it passes a pointer to. NULL if the size there is another one than the callback's.
 */
static inline addr root_object(jlong size, const jlong *tag_place) {
    return tag_place[-1] == size ? AT(addr, (addr)&tag_place[-2], 0) : NULL;
}

#endif

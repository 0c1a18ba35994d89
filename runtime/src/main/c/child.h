/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_CHILD_H
#define HG_CHILD_H

#include "base.h"

/* The child's manners, and what it tells its parent while it works. */

enum phase { PHASE_ROOTS = 1, PHASE_WALK, PHASE_DONE, PHASE_FAILED };

/* A page that parent and child share: all that the child says of itself. */
struct outcome {
    u4 phase;
    int32_t error;       /* errno, or 0 */
    u8 error_detail;     /* a number that belongs to the message */
    u8 beat;             /* goes up while the child lives on */
    u8 total_bytes;      /* of heap to be walked */
    u8 walked_bytes;
    u8 objects;
    u8 classes;
    u8 roots;
    u8 written_bytes;    /* length of the file */
    u8 lost_stretches;
    u8 lost_bytes;
    u8 table_bytes;      /* the child's own memory */
    u8 roots_nanos;      /* from the fork to the end of the roots */
    u8 walk_nanos;       /* from there to the end */
    char message[160];
};

struct child_settings {
    int output, message; /* the only descriptors to be kept, or -1 */
    int nice;            /* added to the parent's */
    unsigned seconds;    /* until the kernel ends the child */
};

/* The page for the next child, in the parent. NULL if there is no memory. */
struct outcome *child_outcome(void);

/* First of all in the child. */
void child_begin(const struct child_settings *settings);

/* Does not return. */
void child_done(void) __attribute__((noreturn));
void child_fail(const char *message, u8 detail) __attribute__((noreturn));
/* Keeps what a helper has told before it ended. */
void child_fail_unless_told(const char *message, u8 detail) __attribute__((noreturn));
void child_fail_errno(const char *message, int error) __attribute__((noreturn));

void child_phase(enum phase phase);
void child_total(u8 heap_bytes);
void child_progress(u8 objects, u8 walked_bytes);
void child_lost(u8 stretches, u8 bytes);
void child_counts(u8 classes, u8 roots);
void child_written(u8 bytes);

u8 nanos_now(void);

#endif

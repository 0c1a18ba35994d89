/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_SNAPSHOT_H
#define HG_SNAPSHOT_H

#include <jvmti.h>
#include <sys/types.h>

#include "base.h"
#include "child.h"

/* Of a dump, measures follow where there is a plan. */
enum product { PRODUCT_HPROF = 1, PRODUCT_MEASURES = 2, PRODUCT_NOTHING = 3 };

struct request {
    jobject sentinel;   /* an object that only the caller's frame holds */
    jobjectArray kept;  /* byte arrays whose contents stay where contents are left out, or NULL */
    enum product product;
    int output;         /* file of the dump, or -1 */
    int message;        /* pipe of the measures, or -1 */
    const u1 *plan;     /* of what to measure, or NULL */
    size_t plan_bytes;
    jobjectArray entries; /* of the registry, for roots found by them, or NULL */
    bool sync;
    u4 processes;       /* that share the objects of the dump */
    bool brief;         /* the dump is for our own analysis, see ids.h */
    bool spare_unused;  /* keep unallocated heap out of the fork */
    int nice;
    unsigned seconds;
};

struct snapshot {
    pid_t child;
    const struct outcome *outcome; /* what the child says of itself, as it goes */
    int error;          /* errno of the fork, or 0 */
    jvmtiError jvmti;
    bool mismatch;      /* the VM's callback is laid out differently: no root can be trusted */
    bool seen;          /* whether the VM called back at all */
    bool at_once;       /* no thread had to be halted before the first root was reported, see filter.h */
    u8 pause_nanos;     /* from the request for a safepoint to its end */
    u8 fork_nanos;      /* of that, the fork */
    u8 spare_nanos;     /* of that, keeping unallocated heap out of it */
    u4 spared;          /* stretches kept out */
};

/* NULL, or why this VM's tool interface cannot be used. inside: any function of the VM's library. */
const char *snapshot_open(JavaVM *java, const void *inside);
void snapshot_close(void);

/* Forks at a safepoint and returns when the VM goes on. One at a time. */
struct snapshot snapshot_take(JNIEnv *env, const struct request *request);

#endif

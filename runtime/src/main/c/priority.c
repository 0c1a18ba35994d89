/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include "priority.h"

#include <errno.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LOWEST 19

/* The kernel's struct sched_attr in its first version; C libraries have it since glibc 2.41 only. */
struct attributes {
    u4 size;
    u4 policy;
    u8 flags;
    int32_t nice;
    u4 real_time_priority;
    u8 slice; /* sched_runtime */
    u8 deadline;
    u8 period;
};

int priority_lower(int nice, u8 slice_nanos) {
    if (sched_getscheduler(0) != SCHED_OTHER) {
        return 0; /* somebody has a say in it already */
    }
    int lower = getpriority(PRIO_PROCESS, 0) + nice; /* on Linux that of the thread */
    struct attributes wanted = {
        .size = sizeof wanted,
        .policy = SCHED_OTHER,
        .nice = lower < LOWEST ? lower : LOWEST,
        .slice = slice_nanos,
    };
    return syscall(SYS_sched_setattr, 0, &wanted, 0) == 0 ? 0 : errno;
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include "share.h"

#include <errno.h>
#include <sys/mman.h>

#include "child.h"
#include "helpers.h"

static void add(u8 *to, u8 value) { __atomic_fetch_add(to, value, __ATOMIC_RELAXED); }

struct share *share_open(u4 processes) {
    void *memory = mmap(NULL, sizeof(struct share), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        child_fail_errno("no memory for the snapshot's helpers", errno);
    }
    struct share *share = memory;
    share->processes = processes < 1 ? 1 : processes > HELPERS_MOST ? HELPERS_MOST : processes;
    return share;
}

const struct stretch *share_next(struct share *share, const struct walk *walk) {
    u8 next = __atomic_fetch_add(&share->next_stretch, 1, __ATOMIC_RELAXED);
    return next < walk->spaces.count ? &walk->spaces.all[next] : NULL;
}

void share_add(struct share *share, const struct walk *walk) {
    add(&share->objects, walk->objects);
    add(&share->walked_bytes, walk->walked_bytes);
    add(&share->lost_stretches, walk->lost_stretches);
    add(&share->lost_bytes, walk->lost_bytes);
}

void share_work(struct share *share, struct walk *walk, void (*work)(const void *unused)) {
    pid_t helpers[HELPERS_MOST];
    walk->processes = share->processes;
    for (u4 i = 1; i < share->processes; i++) {
        helpers[i] = helpers_begin(work, NULL);
    }
    work(NULL); /* whatever the others leave */
    for (u4 i = 1; i < share->processes; i++) {
        if (helpers[i] != 0) {
            helpers_await(helpers[i]);
        }
    }
    walk->objects = share->objects;
    walk->walked_bytes = share->walked_bytes;
    walk->lost_stretches = share->lost_stretches;
    walk->lost_bytes = share->lost_bytes;
}

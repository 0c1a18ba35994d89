/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include "collapse.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "child.h"
#include "spaces.h"

#ifndef MADV_COLLAPSE
#define MADV_COLLAPSE 25 /* since Linux 6.1 */
#endif

/* G1 leaves the ends of its regions free: what is no larger is put together with the rest. */
#define SMALL_GAP (HUGE_PAGE / 8)

static void collapse(addr page, struct collapsed *done) {
    u8 start = nanos_now();
    if (madvise((void *)page, HUGE_PAGE, MADV_COLLAPSE) == 0) {
        done->pages++;
    } else {
        done->refused++;
        done->error = errno;
    }
    u8 nanos = nanos_now() - start;
    if (nanos > done->slowest_nanos) {
        done->slowest_nanos = nanos;
    }
}

/* The last of the stretches that follow one another. */
static u4 last_of_run(const struct spaces *spaces, u4 first) {
    u4 last = first;
    while (last + 1 < spaces->count && (u8)(spaces->all[last + 1].start - spaces->all[last].end) <= SMALL_GAP) {
        last++;
    }
    return last;
}

static void step(const struct spaces *spaces, addr from, u4 most, struct collapsed *done) {
    for (u4 i = 0; i < spaces->count; i++) {
        addr start = spaces->all[i].start;
        i = last_of_run(spaces, i);
        addr page = (addr)round_up((u8)(start > from ? start : from), HUGE_PAGE);
        for (; page + HUGE_PAGE <= spaces->all[i].end; page += HUGE_PAGE) {
            if (done->pages + done->refused == most) {
                done->next = page;
                return;
            }
            collapse(page, done);
        }
    }
}

struct collapsed collapse_step(addr from, u4 most) {
    struct collapsed done = {NULL, 0, 0, 0, 0};
    struct spaces spaces = {.capacity = spaces_most() + 64};
    spaces.all = calloc(spaces.capacity, sizeof *spaces.all);
    if (spaces.all == NULL) {
        done.refused = 1;
        done.error = ENOMEM;
        return done;
    }
    spaces_collect(&spaces);
    step(&spaces, from, most, &done);
    free(spaces.all);
    return done;
}

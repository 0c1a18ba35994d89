/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_SHARE_H
#define HG_SHARE_H

#include "walk.h"

/* A walk that several processes share: each takes the next stretch that nobody has taken. With G1 a stretch is a region. */

struct share {
    u8 file_end; /* of the file that they write */
    u8 next_stretch;
    u8 threads;  /* serial number given last */
    u8 objects, walked_bytes, lost_stretches, lost_bytes; /* of those that are done */
    u4 processes;
};

/* Memory that helpers will share with the child. */
struct share *share_open(u4 processes);

/* The next stretch for this process, or NULL. */
const struct stretch *share_next(struct share *share, const struct walk *walk);

/* Puts a process's part to the others'. */
void share_add(struct share *share, const struct walk *walk);

/* Does the work by all processes, this one included, and gives the walk the totals. Work shares, and adds its part at its end. */
void share_work(struct share *share, struct walk *walk, void (*work)(const void *unused));

#endif

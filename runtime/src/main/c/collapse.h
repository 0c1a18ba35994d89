/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_COLLAPSE_H
#define HG_COLLAPSE_H

#include "base.h"

/*
 * Has the kernel put used heap into huge pages ahead of a fork, which then copies one entry where there were 512. In the parent, at
 * any time: where the collector's tables change meanwhile, a page too many or too few is put together.
 */

struct collapsed {
    addr next;       /* where the next step begins, NULL at the end of the heap */
    u4 pages;        /* huge ones, those that were so before among them */
    u4 refused;      /* by the kernel */
    int error;       /* errno of the last refusal, or 0 */
    u8 slowest_nanos; /* of one page */
};

/* One step: so many pages from an address on, NULL for the start of the heap. */
struct collapsed collapse_step(addr from, u4 most);

#endif

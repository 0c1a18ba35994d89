/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_PRIORITY_H
#define HG_PRIORITY_H

#include "base.h"

/*
 * Makes the calling thread one that others go before: less of a processor that somebody else wants as well, and a slice longer
 * than theirs, for which Linux since 6.12 takes the processor from it as soon as another thread wakes up. Older kernels do not
 * look at the slice. There is no way back without a privilege. Answers 0 or errno.
 */
int priority_lower(int nice, u8 slice_nanos);

#endif

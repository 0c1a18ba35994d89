/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_HELPERS_H
#define HG_HELPERS_H

#include "base.h"

/*
 * Shares work between processes: copies of the child, each of which puts its part of the message into memory of its own, from
 * where it comes into the message in the order of the items. They are no threads, because the C library would have to start these,
 * and here its locks may be held for ever.
 */

#define HELPERS_MOST 64

/* Puts so many items by so many processes, this one included. What cannot be shared it puts itself. */
void helpers_put(u4 items, u4 processes, void (*put)(u4 item));

#endif

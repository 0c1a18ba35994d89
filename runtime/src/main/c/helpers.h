/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_HELPERS_H
#define HG_HELPERS_H

#include <sys/types.h>

#include "base.h"

/*
 * Shares work between processes: copies of the child. They are no threads, because the C library would have to start these, and
 * here its locks may be held for ever.
 */

#define HELPERS_MOST 64

/* A copy of the child that does its work, flushes what it has written and ends, all with the child if need be. 0: there is none. */
pid_t helpers_begin(void (*work)(const void *argument), const void *argument);

/* Waits until a copy has done its work; ends the child if it has not. */
void helpers_await(pid_t process);

/*
 * Puts so many items into the message by so many processes, this one included: each puts its part into memory of its own, from
 * where it comes into the message in the order of the items. What cannot be shared this one puts itself.
 */
void helpers_put(u4 items, u4 processes, void (*put)(u4 item));

#endif

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_MESSAGE_H
#define HG_MESSAGE_H

#include "base.h"
#include "writer.h"

/* A message with a check sum at its end. Room must be had by message_room before anything is put. */
void message_open(int descriptor);
void message_room(size_t bytes);
void message_close(void);

/* In a copy of the process: what follows goes elsewhere, and what waited to be written is for the original to write. */
void message_divert(int descriptor);

#endif

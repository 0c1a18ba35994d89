/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_HPROF_H
#define HG_HPROF_H

#include "arena.h"
#include "base.h"

struct hprof_settings {
    int descriptor;
    bool sync;
    u4 processes;    /* that share the objects, 1 to 64 */
    bool brief;      /* for our own analysis, see ids.h */
    u8 epoch_millis;
    struct set kept_arrays; /* whose contents stay where contents are left out */
};

/* Writes the whole heap as an hprof file, 1.0.2. */
void hprof_write(const struct hprof_settings *settings);

#endif

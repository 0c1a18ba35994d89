/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_NATIVES_H
#define HG_NATIVES_H

#include "base.h"
#include "classes.h"
#include "plan.h"

/* How an instance of a class tells of memory that it holds outside of the heap. */
struct native {
    u8 constant; /* where no field holds the bytes */
    struct field bytes, must_be_set, must_not_be_set; /* of type 0: none */
};

/* Finds out which classes do: klass->native. */
void natives_load(const struct plan *plan);

u8 natives_bytes(const struct native *native, addr object);

#endif

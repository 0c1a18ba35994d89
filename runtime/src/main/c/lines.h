/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
#ifndef HG_LINES_H
#define HG_LINES_H

#include "base.h"

/* As in hprof. */
#define LINE_UNKNOWN (-1)
#define LINE_NATIVE (-3)

/* The line of a method's source that a bytecode comes from, or LINE_UNKNOWN. */
int32_t lines_at(addr method, int64_t bytecode);

#endif

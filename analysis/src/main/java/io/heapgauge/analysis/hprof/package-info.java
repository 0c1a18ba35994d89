/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
/** The hprof file format: a one-pass streaming scanner that allocates nothing per object. */
@NullMarked
package io.heapgauge.analysis.hprof;

import org.jspecify.annotations.NullMarked;

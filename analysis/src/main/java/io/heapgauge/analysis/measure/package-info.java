/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
/** Measures over a graph: types, GC reachability, and the reachable and owned size of configured roots. */
@NullMarked
package io.heapgauge.analysis.measure;

import org.jspecify.annotations.NullMarked;

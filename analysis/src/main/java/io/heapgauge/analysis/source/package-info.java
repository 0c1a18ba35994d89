/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
/** Adapters that feed the graph: an hprof file as a HeapSource. */
@NullMarked
package io.heapgauge.analysis.source;

import org.jspecify.annotations.NullMarked;

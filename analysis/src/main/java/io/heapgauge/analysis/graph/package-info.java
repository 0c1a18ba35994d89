/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
/** The object graph: dense ordinals, compressed rows of references, GC roots; and HeapSource, the port it is built from. */
@NullMarked
package io.heapgauge.analysis.graph;

import org.jspecify.annotations.NullMarked;

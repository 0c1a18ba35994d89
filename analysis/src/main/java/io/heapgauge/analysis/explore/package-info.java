/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
/**
 * Walks a heap as a person does: take the biggest, look at its parents and children, at what it owns without what it merely
 * knows, at the path that keeps it alive. Starts at {@link io.heapgauge.analysis.explore.Heap#open}.
 */
@NullMarked
package io.heapgauge.analysis.explore;

import org.jspecify.annotations.NullMarked;

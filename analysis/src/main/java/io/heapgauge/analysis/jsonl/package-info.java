/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
/**
 * Heaps as JSON lines, one object a line: Meliae's format, and a profile of it that loses nothing of a Java heap's shape.
 */
@NullMarked
package io.heapgauge.analysis.jsonl;

import org.jspecify.annotations.NullMarked;

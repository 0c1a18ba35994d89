/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

/**
 * The memory of the host around a capture: what it cost the process to be looked at.
 *
 * @param before right before the heap was captured
 * @param after right after it
 */
public record MemoryFacts(MemoryReading before, MemoryReading after) {}

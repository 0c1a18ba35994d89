/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.jmx;

import org.jspecify.annotations.Nullable;

/**
 * One type in {@link HeapGaugeMXBean#getTopTypes()}.
 *
 * @param rank 1 is the largest type; clients that sort rows by their key still tell the order by it
 * @param objects how many
 * @param bytes sum of their shallow sizes
 * @param percent share of all bytes in the capture, 0 to 100
 * @param largestBytes shallow size of the largest one, or null in the row of all other types
 * @param reachableBytes shallow bytes of those that the GC roots reach, or null where the analysis did not walk
 */
public record TypeRow(
        int rank,
        long objects,
        long bytes,
        double percent,
        @Nullable Long largestBytes,
        @Nullable Long reachableBytes) {}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.jmx;

import org.jspecify.annotations.Nullable;

/**
 * A type that grows, as a row of a table.
 *
 * @param rank 1 is the likeliest leak
 * @param bytes its size in the last capture
 * @param grownBytes by how much it has grown over the captures looked at
 * @param bytesPerHour the same per hour
 * @param certainty how sure it is that it grows and does not just vary, 0 to 1
 * @param path the commonest shortest path from a GC root to its instances, or null
 */
public record GrowthRow(
        int rank,
        long bytes,
        long grownBytes,
        long bytesPerHour,
        double certainty,
        @Nullable String path) {}

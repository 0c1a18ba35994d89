/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import org.jspecify.annotations.Nullable;

/**
 * All objects of one type. Class loaders that define the same name are one type here.
 *
 * @param type the type's name as people write it, {@code byte[]} or {@code com.acme.Session}
 * @param objects how many
 * @param bytes sum of their shallow sizes
 * @param largestBytes shallow size of the largest one
 * @param reachable those that the GC roots reach, or null where the analysis did not walk
 */
public record TypeSummary(
        String type,
        long objects,
        long bytes,
        long largestBytes,
        @Nullable Size reachable) {}

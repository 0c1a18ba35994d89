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
 * @param nativeBytes what they hold outside of the Java heap, as far as their fields tell; known of all objects of a heap,
 *     0 for parts of it
 */
public record TypeSummary(
        String type,
        long objects,
        long bytes,
        long largestBytes,
        @Nullable Size reachable,
        long nativeBytes) {
    /**
     * Objects that hold nothing outside of the Java heap.
     *
     * @param type the type's name
     * @param objects how many
     * @param bytes sum of their shallow sizes
     * @param largestBytes shallow size of the largest one
     * @param reachable those that the GC roots reach, or null
     */
    public TypeSummary(String type, long objects, long bytes, long largestBytes, @Nullable Size reachable) {
        this(type, objects, bytes, largestBytes, reachable, 0);
    }
}

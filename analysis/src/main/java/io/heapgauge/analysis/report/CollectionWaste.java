/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import java.util.List;

/**
 * Empty and sparse collections among what the GC roots reach, and arrays outside of these.
 *
 * @param reached all that the GC roots reach
 * @param collections all collections in one row, which is named {@code collections}
 * @param arrays all object arrays that back no collection in one row, which is named {@code object arrays}
 * @param collectionTypes the classes that waste most, by wasted bytes descending
 * @param arrayTypes the array types that waste most, by wasted bytes descending
 * @param notUnderstood collections that are in no row, as their fields or values are not those of a JDK that is known
 */
public record CollectionWaste(
        Size reached,
        CollectionSummary collections,
        CollectionSummary arrays,
        List<CollectionSummary> collectionTypes,
        List<CollectionSummary> arrayTypes,
        List<NotUnderstood> notUnderstood) {
    /**
     * Collections of one class that are in no row.
     *
     * @param type the class
     * @param objects how many
     */
    public record NotUnderstood(String type, long objects) {}

    /**
     * Keeps immutable copies of the lists.
     *
     * @param reached all that the GC roots reach
     * @param collections all collections in one row
     * @param arrays all object arrays that back no collection in one row
     * @param collectionTypes the classes that waste most, by wasted bytes descending
     * @param arrayTypes the array types that waste most, by wasted bytes descending
     * @param notUnderstood collections that are in no row
     */
    public CollectionWaste {
        collectionTypes = List.copyOf(collectionTypes);
        arrayTypes = List.copyOf(arrayTypes);
        notUnderstood = List.copyOf(notUnderstood);
    }
}

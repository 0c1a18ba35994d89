/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import java.util.List;

/**
 * Strings and primitive arrays of equal contents among what the GC roots reach. Arrays count as equal when their type, length
 * and a hash of 128 bits over their contents are; that different ones have the same hash is not to be expected.
 *
 * @param reached all that the GC roots reach
 * @param stringsKnown whether the String of this heap is understood; if not, its arrays count as arrays of their own
 * @param totals one row for each kind that has duplicates, by wasted bytes descending
 * @param groups those that waste most, by wasted bytes descending
 */
public record Duplicates(
        Size reached, boolean stringsKnown, List<DuplicateTotals> totals, List<DuplicateGroup> groups) {
    /**
     * Keeps immutable copies of the lists.
     *
     * @param reached all that the GC roots reach
     * @param stringsKnown whether the String of this heap is understood
     * @param totals one row for each kind that has duplicates, by wasted bytes descending
     * @param groups those that waste most, by wasted bytes descending
     */
    public Duplicates {
        totals = List.copyOf(totals);
        groups = List.copyOf(groups);
    }
}

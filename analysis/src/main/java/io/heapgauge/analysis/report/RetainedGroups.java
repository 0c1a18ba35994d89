/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import java.util.List;

/**
 * The groups of objects that retain most. Each size is exact; which groups were measured is a choice where there are many.
 *
 * @param by how the objects are grouped: {@code class}, {@code loader} or {@code package}
 * @param reached all that the GC roots reach
 * @param groupCount groups that have reached objects
 * @param measuredCount groups among them whose retained size was measured
 * @param groups by retained bytes descending
 */
public record RetainedGroups(String by, Size reached, int groupCount, int measuredCount, List<RetainedGroup> groups) {
    /**
     * Keeps an immutable copy of the list.
     *
     * @param by how the objects are grouped
     * @param reached all that the GC roots reach
     * @param groupCount groups that have reached objects
     * @param measuredCount groups among them whose retained size was measured
     * @param groups by retained bytes descending
     */
    public RetainedGroups {
        groups = List.copyOf(groups);
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.growth;

import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.OwnershipSummary;
import io.heapgauge.analysis.report.RootSummary;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.report.TypeSummary;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What a report says of sizes: all that growth needs of it. Where the analysis knew what the GC roots reach, only that
 * counts, so that garbage does not look like growth.
 *
 * @param at when the capture was taken
 * @param heapBytes all of these sizes together
 * @param types the largest types → their objects and bytes; others are missing, and count as nothing
 * @param roots root → what it owns
 */
public record HeapPoint(Instant at, long heapBytes, Map<String, Size> types, Map<String, Size> roots) {
    private static final int MOST_TYPES = 300;

    /**
     * Keeps immutable copies.
     *
     * @param at when the capture was taken
     * @param heapBytes all of these sizes together
     * @param types type → its objects and bytes
     * @param roots root → what it owns
     */
    public HeapPoint {
        types = Map.copyOf(types);
        roots = Map.copyOf(roots);
    }

    /**
     * Takes the sizes out of a report.
     *
     * @param report a report
     * @return its point
     */
    public static HeapPoint of(HeapReport report) {
        return of(report, name -> name);
    }

    /**
     * Takes the sizes out of a report. Points are kept for long, so they are small, and may share their names.
     *
     * @param report a report
     * @param shared gives a name that is kept already where there is one
     * @return its point
     */
    public static HeapPoint of(HeapReport report, UnaryOperator<String> shared) {
        Map<String, Size> types = new HashMap<>();
        for (TypeSummary row : report.topTypes(MOST_TYPES)) {
            types.put(
                    shared.apply(row.type()),
                    row.reachable() == null ? new Size(row.objects(), row.bytes()) : row.reachable());
        }
        Map<String, Size> roots = new HashMap<>();
        for (RootSummary root : report.roots()) {
            OwnershipSummary owned = root.owned();
            if (owned != null) {
                roots.put(shared.apply(root.name()), owned.total());
            }
        }
        Size reachable = report.totals().reachable();
        return new HeapPoint(
                report.capture().startedAt(),
                reachable == null ? report.totals().all().bytes() : reachable.bytes(),
                types,
                roots);
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.growth;

import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.OwnershipSummary;
import io.heapgauge.analysis.report.PastCapture;
import io.heapgauge.analysis.report.RootSummary;
import io.heapgauge.analysis.report.Size;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

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
        return of(PastCapture.of(report, name -> name));
    }

    /**
     * Takes the sizes out of what was kept of a report.
     *
     * @param past a capture before
     * @return its point
     */
    public static HeapPoint of(PastCapture past) {
        Map<String, Size> roots = new HashMap<>();
        for (RootSummary root : past.roots()) {
            OwnershipSummary owned = root.owned();
            if (owned != null) {
                roots.put(root.name(), owned.total());
            }
        }
        Size reachable = past.totals().reachable();
        return new HeapPoint(
                past.capture().startedAt(),
                reachable == null ? past.totals().all().bytes() : reachable.bytes(),
                past.types(),
                roots);
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a report for the time after it: little, for it is kept for long. Immutable.
 *
 * @param capture how the heap was captured
 * @param totals everything in the capture
 * @param types the largest types → their objects and bytes, of reached objects alone where that was known, so that garbage does
 *     not look like growth; others are missing
 * @param roots the configured roots with their sizes, without the types that they are made of
 */
public record PastCapture(CaptureFacts capture, HeapTotals totals, Map<String, Size> types, List<RootSummary> roots) {
    private static final int MOST_TYPES = 300;

    /**
     * Keeps immutable copies.
     *
     * @param capture how the heap was captured
     * @param totals everything in the capture
     * @param types type → its objects and bytes
     * @param roots the configured roots
     */
    public PastCapture {
        types = Map.copyOf(types);
        roots = List.copyOf(roots);
    }

    /**
     * What to keep of a report.
     *
     * @param report a report
     * @param shared gives a name that is kept already where there is one
     * @return the rest of it
     */
    public static PastCapture of(HeapReport report, UnaryOperator<String> shared) {
        Map<String, Size> types = new HashMap<>();
        for (TypeSummary row : report.topTypes(MOST_TYPES)) {
            types.put(
                    shared.apply(row.type()),
                    row.reachable() == null ? new Size(row.objects(), row.bytes()) : row.reachable());
        }
        List<RootSummary> roots = report.roots().stream()
                .map(root -> new RootSummary(
                        shared.apply(root.name()),
                        shared.apply(root.spec()),
                        root.state(),
                        root.detail(),
                        root.starts(),
                        withoutTypes(root.reachable()),
                        withoutTypes(root.owned()),
                        root.retained()))
                .toList();
        return new PastCapture(report.capture(), report.totals(), types, roots);
    }

    /**
     * Whether its sizes by type are those of reached objects alone: only captures that are alike in this can be compared.
     *
     * @return true if so
     */
    public boolean isOfReached() {
        return totals.reachable() != null;
    }

    private static @Nullable OwnershipSummary withoutTypes(@Nullable OwnershipSummary walk) {
        return walk == null ? null : new OwnershipSummary(walk.total(), List.of(), walk.typeCount());
    }
}

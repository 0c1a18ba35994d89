/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one capture says: how it was taken, what fills the heap, and how big the configured roots are. Immutable, safe to
 * share between threads, and free of object contents.
 *
 * @param capture how the heap was captured
 * @param analysis how it was analysed
 * @param totals everything in the capture
 * @param types the largest types by bytes descending, cut to a bounded number of rows
 * @param typeCount how many types there are before the cut
 * @param roots the configured roots, in the order of their configuration
 * @param retainers the objects that retain most, by retained bytes descending; the dominator of each is among them. Empty
 *     below level {@link Level#RETAINED}
 * @param heldByRoots the objects that no other object dominates, by type: what they retain adds up to the reachable bytes, but
 *     for the rows cut off. By retained bytes descending; empty below level {@link Level#RETAINED}
 * @param growth what has changed over the captures before; null where nobody kept them
 */
public record HeapReport(
        CaptureFacts capture,
        AnalysisFacts analysis,
        HeapTotals totals,
        List<TypeSummary> types,
        int typeCount,
        List<RootSummary> roots,
        List<RetainedObject> retainers,
        List<RetainedGroup> heldByRoots,
        @Nullable Growth growth) {
    /**
     * Keeps immutable copies of the rows.
     *
     * @param capture how the heap was captured
     * @param analysis how it was analysed
     * @param totals everything in the capture
     * @param types the largest types by bytes descending
     * @param typeCount number of types before the cut
     * @param roots the configured roots
     * @param retainers the objects that retain most
     * @param heldByRoots the objects that no other object dominates, by type
     * @param growth what has changed over the captures before, or null
     */
    public HeapReport {
        types = List.copyOf(types);
        roots = List.copyOf(roots);
        retainers = List.copyOf(retainers);
        heldByRoots = List.copyOf(heldByRoots);
    }

    /**
     * A report of a heap of which nothing is known from before.
     *
     * @param capture how the heap was captured
     * @param analysis how it was analysed
     * @param totals everything in the capture
     * @param types the largest types by bytes descending
     * @param typeCount number of types before the cut
     * @param roots the configured roots
     * @param retainers the objects that retain most
     */
    public HeapReport(
            CaptureFacts capture,
            AnalysisFacts analysis,
            HeapTotals totals,
            List<TypeSummary> types,
            int typeCount,
            List<RootSummary> roots,
            List<RetainedObject> retainers) {
        this(capture, analysis, totals, types, typeCount, roots, retainers, List.of(), null);
    }

    /**
     * The same of another capture: as it was kept, or with what is known of it only later.
     *
     * @param facts how the heap was captured
     * @return the report
     */
    public HeapReport with(CaptureFacts facts) {
        return new HeapReport(facts, analysis, totals, types, typeCount, roots, retainers, heldByRoots, growth);
    }

    /**
     * The same with what has changed over the captures before.
     *
     * @param change the growth
     * @return the report
     */
    public HeapReport with(Growth change) {
        return new HeapReport(capture, analysis, totals, types, typeCount, roots, retainers, heldByRoots, change);
    }

    /**
     * Finds a configured root by name. Cost: linear in the number of roots.
     *
     * @param name the name given by the user
     * @return its summary, or empty when no root has that name
     */
    public Optional<RootSummary> root(String name) {
        return roots.stream().filter(root -> root.name().equals(name)).findFirst();
    }

    /**
     * Finds a type by name among the rows kept. Cost: linear in the number of rows.
     *
     * @param type the type's name as people write it
     * @return its summary, or empty when the type is not among the rows
     */
    public Optional<TypeSummary> type(String type) {
        return types.stream().filter(row -> row.type().equals(type)).findFirst();
    }

    /**
     * The largest types.
     *
     * @param most how many at the most
     * @return rows from the first on
     */
    public List<TypeSummary> topTypes(int most) {
        return types.subList(0, Math.min(most, types.size()));
    }

    /**
     * The objects that retain most.
     *
     * @param most how many at the most
     * @return rows from the first on
     */
    public List<RetainedObject> topRetainers(int most) {
        return retainers.subList(0, Math.min(most, retainers.size()));
    }

    /**
     * Everything that {@link #topTypes} leaves out.
     *
     * @param most as given to {@code topTypes}
     * @return totals minus the sum of those rows; zero when every type is among them
     */
    public Size otherThanTop(int most) {
        long objects = totals.all().objects();
        long bytes = totals.all().bytes();
        for (TypeSummary row : topTypes(most)) {
            objects -= row.objects();
            bytes -= row.bytes();
        }
        return new Size(objects, bytes);
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.explore;

import io.heapgauge.analysis.graph.TypeTally;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.report.InspectionText;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.report.TypeSummary;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Objects and bytes by type, largest first. Types of one name are one row, whatever their loaders. Immutable.
 *
 * @param objects number of objects
 * @param bytes sum of their sizes
 * @param rows type rows, by bytes descending, then by count descending, then by name
 */
public record HeapSummary(long objects, long bytes, List<Row> rows) {
    private static final int SHOWN = 20;
    private static final Comparator<Row> BY_BYTES = Comparator.comparingLong(Row::bytes)
            .thenComparingLong(Row::objects)
            .reversed()
            .thenComparing(Row::type);
    private static final Comparator<Row> BY_COUNT = Comparator.comparingLong(Row::objects)
            .thenComparingLong(Row::bytes)
            .reversed()
            .thenComparing(Row::type);

    /**
     * A type.
     *
     * @param type name as people write it
     * @param objects number of objects
     * @param bytes sum of their sizes
     * @param largestBytes size of the largest of them
     * @param largestAddress address of the first object of that size in the order of the walk
     */
    public record Row(String type, long objects, long bytes, long largestBytes, long largestAddress) {}

    /**
     * Keeps an immutable copy of the rows.
     *
     * @param objects number of objects
     * @param bytes sum of their sizes
     * @param rows type rows
     */
    public HeapSummary {
        rows = List.copyOf(rows);
    }

    static HeapSummary ofAll(View view) {
        Collector collector = new Collector(view);
        Monitor monitor = view.open().monitor();
        monitor.phase("summing up types");
        int size = view.open().graph().size();
        for (int ordinal = 0; ordinal < size; ordinal++) {
            if (view.ownerOf(ordinal) == ordinal) {
                collector.add(ordinal);
            }
            if ((ordinal & Monitor.POLL) == 0) {
                monitor.at((double) ordinal / size);
            }
        }
        return collector.summary();
    }

    static HeapSummary of(View view, int... starts) {
        Collector collector = new Collector(view);
        try (Traversal walk = new Traversal(view, starts)) {
            for (int ordinal = walk.next(); ordinal >= 0; ordinal = walk.next()) {
                collector.add(ordinal);
            }
        }
        return collector.summary();
    }

    private static final class Collector {
        private final View view;
        private final TypeTally tally;
        private final int[] largest;
        private final Map<String, Row> renamed = new HashMap<>();

        Collector(View view) {
            this.view = view;
            int types = view.open().source().types().size();
            tally = TypeTally.empty(types);
            largest = new int[types];
        }

        void add(int ordinal) {
            int type = view.open().graph().typeOf(ordinal);
            long bytes = view.bytesOf(ordinal);
            String name = view.foldedName(ordinal);
            if (name != null) {
                merge(
                        renamed,
                        new Row(name, 1, bytes, bytes, view.open().graph().idOf(ordinal)));
                return;
            }
            if (tally.objects()[type] == 0 || bytes > tally.largest()[type]) {
                largest[type] = ordinal;
            }
            tally.add(type, bytes);
        }

        HeapSummary summary() {
            Map<String, Row> rows = new HashMap<>(renamed);
            for (int type = 0; type < largest.length; type++) {
                if (tally.objects()[type] > 0) {
                    merge(
                            rows,
                            new Row(
                                    view.open().type(type).displayName(),
                                    tally.objects()[type],
                                    tally.bytes()[type],
                                    tally.largest()[type],
                                    view.open().graph().idOf(largest[type])));
                }
            }
            return of(List.copyOf(rows.values()));
        }

        private static void merge(Map<String, Row> rows, Row row) {
            rows.merge(row.type(), row, (a, b) -> {
                Row larger = b.largestBytes() > a.largestBytes() ? b : a;
                return new Row(
                        a.type(),
                        a.objects() + b.objects(),
                        a.bytes() + b.bytes(),
                        larger.largestBytes(),
                        larger.largestAddress());
            });
        }
    }

    private static HeapSummary of(List<Row> rows) {
        return new HeapSummary(
                rows.stream().mapToLong(Row::objects).sum(),
                rows.stream().mapToLong(Row::bytes).sum(),
                rows.stream().sorted(BY_BYTES).toList());
    }

    /**
     * The same with the most frequent types first.
     *
     * @return rows by count descending, then by bytes descending, then by name
     */
    public HeapSummary byCount() {
        return new HeapSummary(objects, bytes, rows.stream().sorted(BY_COUNT).toList());
    }

    /**
     * The row of a type.
     *
     * @param type name as people write it
     * @return its row, with zeros where there is none
     */
    public Row row(String type) {
        return rows.stream().filter(row -> row.type().equals(type)).findFirst().orElse(new Row(type, 0, 0, 0, 0));
    }

    /**
     * The table, as Meliae's users know it: count and size with their share of the total, Cum the share up to this row, Max
     * the size of the largest object.
     *
     * @param most how many rows at the most
     * @return lines that end in {@code \n}
     */
    public String table(int most) {
        return InspectionText.render(types(), new Size(objects, bytes), most);
    }

    /**
     * The rows as reports have them.
     *
     * @return in the same order
     */
    public List<TypeSummary> types() {
        return rows.stream()
                .map(row -> new TypeSummary(row.type(), row.objects(), row.bytes(), row.largestBytes(), null))
                .toList();
    }

    /** The table with its 20 first rows. */
    @Override
    public String toString() {
        return table(SHOWN);
    }
}

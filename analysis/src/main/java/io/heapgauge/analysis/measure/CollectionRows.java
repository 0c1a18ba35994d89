/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.report.CollectionSummary;
import io.heapgauge.analysis.report.CollectionWaste;
import io.heapgauge.analysis.report.CollectionWaste.NotUnderstood;
import io.heapgauge.analysis.report.MainHolder;
import io.heapgauge.analysis.report.Size;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/** The rows of {@link SparseCollections}, one per display name, of collections and of object arrays. */
final class CollectionRows {
    private static final Comparator<CollectionRow> MOST_WASTED_FIRST = Comparator.comparingLong(
                    CollectionRow::wastedBytes)
            .thenComparingLong(CollectionRow::objects)
            .reversed()
            .thenComparing(CollectionRow::type);

    private final HeapGraph graph;
    /** Type → its row, null where none was needed yet. */
    private final @Nullable CollectionRow[] rowOfType;

    private final Map<String, CollectionRow> rows = new HashMap<>();
    private final Map<String, Long> notUnderstood = new TreeMap<>();

    CollectionRows(HeapGraph graph) {
        this.graph = graph;
        rowOfType = new CollectionRow[graph.source().types().size()];
    }

    /** The row of an object, made when it is new. */
    CollectionRow rowOf(int ordinal) {
        int type = graph.typeOf(ordinal);
        CollectionRow row = rowOfType[type];
        if (row == null) {
            row = rows.computeIfAbsent(graph.source().types().get(type).displayName(), CollectionRow::new);
            rowOfType[type] = row;
        }
        return row;
    }

    /** Counts a collection that is in no row. */
    void addNotUnderstood(int ordinal) {
        notUnderstood.merge(graph.displayName(ordinal), 1L, Long::sum);
    }

    /**
     * Sorts the rows and finds their holders: one pass over the source.
     *
     * @param waste ordinal of an object in a row → bytes it wastes
     * @param most how many rows of either sort to tell at the most
     */
    CollectionWaste result(GcReachability reached, IntToLongFunction waste, int most) throws IOException {
        List<CollectionRow> collections = new ArrayList<>();
        List<CollectionRow> arrays = new ArrayList<>();
        rows.values().forEach(row -> (row.type().endsWith("[]") ? arrays : collections).add(row));
        List<CollectionRow> shown = new ArrayList<>(most(collections, most));
        int split = shown.size();
        shown.addAll(most(arrays, most));
        List<@Nullable MainHolder> holders = HolderCount.of(graph, reached, places(shown, waste), shown.size());
        List<CollectionSummary> summaries = new ArrayList<>(shown.size());
        for (int i = 0; i < shown.size(); i++) {
            summaries.add(shown.get(i).summary(holders.get(i)));
        }
        List<NotUnderstood> strange = new ArrayList<>();
        notUnderstood.forEach((type, objects) -> strange.add(new NotUnderstood(type, objects)));
        Size all = reached.totals().reachable();
        return new CollectionWaste(
                all == null ? new Size(0, 0) : all,
                total("collections", collections),
                total("object arrays", arrays),
                summaries.subList(0, split),
                summaries.subList(split, summaries.size()),
                strange);
    }

    private static List<CollectionRow> most(List<CollectionRow> rows, int most) {
        rows.sort(MOST_WASTED_FIRST);
        return rows.subList(0, Math.min(most, rows.size()));
    }

    private static CollectionSummary total(String name, List<CollectionRow> rows) {
        CollectionRow total = new CollectionRow(name);
        rows.forEach(total::add);
        return total.summary(null);
    }

    private HolderCount.Rows places(List<CollectionRow> shown, IntToLongFunction waste) {
        int[] placeOfType = new int[rowOfType.length];
        Arrays.setAll(placeOfType, type -> rowOfType[type] == null ? -1 : shown.indexOf(rowOfType[type]));
        return new HolderCount.Rows() {
            @Override
            public int rowOf(int ordinal) {
                int place = placeOfType[graph.typeOf(ordinal)];
                return place < 0 || weightOf(ordinal) == 0 ? -1 : place;
            }

            @Override
            public long weightOf(int ordinal) {
                return waste.applyAsLong(ordinal);
            }
        };
    }
}

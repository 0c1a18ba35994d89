/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.graph.FieldReferenceSink;
import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.report.MainHolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.collections.Long2LongHashMap;
import org.jspecify.annotations.Nullable;

/**
 * By which fields of reached objects the objects of some rows are held. Weak references do not count, and the references of
 * inner objects to the one around them only where there are no others. Cost: a pass over the source with a look-up for each
 * reference. Memory: that of rows and fields that meet, on the Java heap.
 */
final class HolderCount implements FieldReferenceSink {
    private static final String REFERENT = FieldRule.REFERENT.className() + "#" + FieldRule.REFERENT.field();
    private static final String OUTER = "#this$0";

    /** Objects of a few rows, and what each of them weighs. */
    interface Rows {
        /** The row of an object, -1 for none. */
        int rowOf(int ordinal);

        /** What a reference to an object of a row counts. */
        long weightOf(int ordinal);
    }

    private record Candidate(String field, long references, long weight) {
        boolean isOuter() {
            return field.endsWith(OUTER);
        }
    }

    private static final Comparator<Candidate> BEST_FIRST = Comparator.comparing(Candidate::isOuter)
            .thenComparing(Candidate::weight, Comparator.reverseOrder())
            .thenComparing(Candidate::field);

    private final HeapGraph graph;
    private final GcReachability reached;
    private final Rows rows;
    /** Row in the high half and field in the low one → references, and their weight. */
    private final Long2LongHashMap references = new Long2LongHashMap(0);

    private final Long2LongHashMap weights = new Long2LongHashMap(0);

    private HolderCount(HeapGraph graph, GcReachability reached, Rows rows) {
        this.graph = graph;
        this.reached = reached;
        this.rows = rows;
    }

    /**
     * Counts.
     *
     * @param size number of rows
     * @return row → its main holder, null where there is none
     */
    static List<@Nullable MainHolder> of(HeapGraph graph, GcReachability reached, Rows rows, int size)
            throws IOException {
        List<@Nullable MainHolder> holders = new ArrayList<>();
        if (size == 0) {
            return holders;
        }
        HolderCount count = new HolderCount(graph, reached, rows);
        List<String> names = graph.source().fieldReferences(count);
        List<List<Candidate>> candidates = new ArrayList<>();
        for (int row = 0; row < size; row++) {
            candidates.add(new ArrayList<>());
        }
        count.references.forEachLong((key, references) -> {
            String name = names.get((int) key);
            if (!name.equals(REFERENT)) {
                candidates.get((int) (key >>> 32)).add(new Candidate(name, references, count.weights.get(key)));
            }
        });
        for (List<Candidate> ofRow : candidates) {
            holders.add(ofRow.stream()
                    .min(BEST_FIRST)
                    .map(best -> new MainHolder(best.field, best.references))
                    .orElse(null));
        }
        return holders;
    }

    @Override
    public void reference(long holder, int field, long target) {
        int ordinal = graph.ordinalOf(target);
        int row = ordinal < 0 ? -1 : rows.rowOf(ordinal);
        if (row < 0) {
            return;
        }
        int from = graph.ordinalOf(holder);
        if (from >= 0 && reached.isReached(from)) {
            long key = (long) row << 32 | field;
            references.put(key, references.get(key) + 1);
            weights.put(key, weights.get(key) + rows.weightOf(ordinal));
        }
    }
}

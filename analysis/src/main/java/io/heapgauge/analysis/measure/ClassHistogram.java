/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.graph.TypeTally;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.report.TypeSummary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Types by bytes descending. Classes of the same display name, in several loaders or with random suffixes, are one row.
 *
 * @param rows every type that has objects
 * @param total all objects
 */
public record ClassHistogram(List<TypeSummary> rows, Size total) {
    /**
     * Keeps an immutable copy of the rows.
     *
     * @param rows every type that has objects
     * @param total all objects
     */
    public ClassHistogram {
        rows = List.copyOf(rows);
    }

    /**
     * Sorts a tally. Cost: that of the number of types.
     *
     * @param types the types of the heap
     * @param all objects by type
     * @param reached those that the GC roots reach, or null where that is not known
     * @return the histogram
     */
    public static ClassHistogram of(List<HeapType> types, TypeTally all, @Nullable TypeTally reached) {
        Map<String, TypeSummary> byName = new HashMap<>();
        for (HeapType type : types) {
            int i = type.index();
            if (all.objects()[i] > 0) {
                Size reachable = reached == null ? null : new Size(reached.objects()[i], reached.bytes()[i]);
                byName.merge(
                        type.displayName(),
                        new TypeSummary(
                                type.displayName(),
                                all.objects()[i],
                                all.bytes()[i],
                                all.largest()[i],
                                reachable,
                                all.nativeBytes()[i]),
                        ClassHistogram::merge);
            }
        }
        List<TypeSummary> rows = new ArrayList<>(byName.values());
        rows.sort(ClassHistogram::largestFirst);
        return new ClassHistogram(rows, new Size(all.totalObjects(), all.totalBytes()));
    }

    private static int largestFirst(TypeSummary a, TypeSummary b) {
        int order = Long.compare(b.bytes(), a.bytes());
        if (order == 0) {
            order = Long.compare(b.objects(), a.objects());
        }
        return order != 0 ? order : a.type().compareTo(b.type());
    }

    private static TypeSummary merge(TypeSummary a, TypeSummary b) {
        Size left = a.reachable();
        Size right = b.reachable();
        return new TypeSummary(
                a.type(),
                a.objects() + b.objects(),
                a.bytes() + b.bytes(),
                Math.max(a.largestBytes(), b.largestBytes()),
                left == null || right == null
                        ? null
                        : new Size(left.objects() + right.objects(), left.bytes() + right.bytes()),
                a.nativeBytes() + b.nativeBytes());
    }

    /**
     * The largest types.
     *
     * @param most how many at the most
     * @return rows from the first on
     */
    public List<TypeSummary> top(int most) {
        return rows.subList(0, Math.min(most, rows.size()));
    }
}

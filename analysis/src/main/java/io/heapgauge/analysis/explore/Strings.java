/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.explore;

import io.heapgauge.analysis.graph.HeapGraph;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/** Strings of Java, or of Python, by the bytes of their characters. */
final class Strings {
    private static final int MATCHED = 1 << 12;
    private static final List<String> TYPES = List.of("java.lang.String", "str", "unicode");

    private Strings() {}

    static HeapObjects longest(View view, int most) {
        int[] sorted = sorted(view, ordinal -> true);
        return new HeapObjects(view, Arrays.copyOf(sorted, Math.min(most, sorted.length)));
    }

    static HeapObjects matching(View view, Pattern pattern) {
        Values values = new Values(view);
        return new HeapObjects(
                view,
                sorted(
                        view,
                        ordinal -> values.valueOf(ordinal, MATCHED) instanceof String text
                                && pattern.matcher(text).matches()));
    }

    private static int[] sorted(View view, IntPredicate wanted) {
        int[] found = TYPES.stream()
                .flatMapToInt(type -> Arrays.stream(view.all(type).ordinals()))
                .filter(wanted)
                .toArray();
        return SizeOrder.sortBy(found, ordinal -> view.open().graph().bytesOf(ordinal) + characters(view, ordinal));
    }

    /** Bytes of what a string refers to: its characters. */
    private static long characters(View view, int ordinal) {
        HeapGraph graph = view.open().graph();
        long at = graph.row(ordinal);
        long bytes = 0;
        for (int target = at < 0 ? -1 : 0; target >= 0; ) {
            target = graph.target(at++);
            int to = target & ~HeapGraph.LAST;
            bytes += to == ordinal ? 0 : graph.bytesOf(to);
        }
        return bytes;
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.jsonl;

import io.heapgauge.analysis.graph.TypeTally;
import java.util.Arrays;
import java.util.List;

/** Counts objects by types of which nobody knows yet how many there will be. */
final class LineTally {
    private TypeTally tally = TypeTally.empty(64);
    private long objects;

    void add(int type, long bytes) {
        if (type >= tally.objects().length) {
            tally = of(Math.max(type + 1, 2 * tally.objects().length));
        }
        tally.add(type, bytes);
        objects++;
    }

    long objects() {
        return objects;
    }

    static TypeTally sum(List<LineTally> tallies, int types) {
        TypeTally sum = TypeTally.empty(types);
        for (LineTally one : tallies) {
            sum.addAll(one.of(types), 1);
        }
        return sum;
    }

    private TypeTally of(int types) {
        return new TypeTally(
                Arrays.copyOf(tally.objects(), types),
                Arrays.copyOf(tally.bytes(), types),
                Arrays.copyOf(tally.largest(), types),
                Arrays.copyOf(tally.nativeBytes(), types));
    }
}

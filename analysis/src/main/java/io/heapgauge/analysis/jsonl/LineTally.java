/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.jsonl;

import io.heapgauge.analysis.graph.TypeTally;
import java.util.Arrays;
import java.util.List;

/** Counts objects by types of which nobody knows yet how many there will be. */
final class LineTally {
    private static final int BIG_BYTES = 0xff;

    private TypeTally tally = TypeTally.empty(64);
    private long objects;
    private long bigObjects;

    void add(int type, long bytes) {
        if (type >= tally.objects().length) {
            tally = of(Math.max(type + 1, 2 * tally.objects().length));
        }
        tally.add(type, bytes);
        objects++;
        bigObjects += bytes >= BIG_BYTES ? 1 : 0;
    }

    long objects() {
        return objects;
    }

    /** Objects whose size does not fit a byte. */
    long bigObjects() {
        return bigObjects;
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

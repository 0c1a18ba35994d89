/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import io.heapgauge.analysis.graph.HeapGraph;
import java.util.function.IntConsumer;

/** Every reference of an object to others, the referent of a weak one among them. */
final class AllReferences {
    private AllReferences() {}

    /** Takes the ordinal of each object referred to, as often as it is. */
    static void of(HeapGraph graph, int holder, IntConsumer action) {
        int referent = graph.referent(holder, graph.typeOf(holder));
        if (referent >= 0) {
            action.accept(referent);
        }
        long position = graph.row(holder);
        for (int target = 0; position >= 0 && target >= 0; position++) {
            target = graph.target(position);
            int ordinal = target & ~HeapGraph.LAST;
            if (ordinal != holder) { // else an empty slot
                action.accept(ordinal);
            }
        }
    }
}

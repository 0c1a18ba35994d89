/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.graph.FieldRules;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.store.Scratch;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DominatorsTest {
    private static final int CHAIN = 1_000_000;

    @Test
    void chains_of_a_million_need_no_deep_stack() throws IOException {
        TableSource heap = new TableSource(8);
        int node = heap.type("com.acme.Node", 0, "next", "back", "tail");
        for (long id = 8; id <= 8L * CHAIN; id += 8) {
            heap.object(id, node, 16);
        }
        for (long id = 8; id < 8L * CHAIN; id += 8) {
            // each refers to the next, to the one before and to the tail, which therefore only the head dominates
            heap.refer(id, id + 8, Math.max(8, id - 8), 8L * CHAIN);
        }
        heap.refer(8L * CHAIN, 8L * CHAIN);
        heap.root(8);
        try (Scratch scratch = Scratch.direct(Long.MAX_VALUE)) {
            HeapGraph graph = HeapGraph.build(heap, FieldRules.of(List.of()), scratch, Monitor.NONE);
            Dominators dominators = Dominators.of(graph, scratch, Monitor.NONE);
            assertThat(dominators.reached()).isEqualTo(CHAIN);
            for (int at : new int[] {0, 1, 2, CHAIN / 2, CHAIN - 3}) {
                long below = at == 0 ? CHAIN : CHAIN - at - 1;
                assertThat(dominators.retainedBytes(at)).as("node %d", at).isEqualTo(16L * below);
            }
            assertThat(dominators.retainedBytes(CHAIN - 1)).isEqualTo(16);
        }
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.graph.FieldRules;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.report.InspectionText;
import io.heapgauge.analysis.report.RootPath;
import io.heapgauge.analysis.store.Scratch;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PathToRootTest {
    private static final int CHAIN = 1_000_000;

    @Test
    void the_end_of_a_chain_of_a_million_has_the_whole_chain_as_its_path() throws IOException {
        TableSource heap = new TableSource(8);
        int node = heap.type("com.acme.Node", 0, "next", "back");
        for (long id = 8; id <= 8L * CHAIN; id += 8) {
            heap.object(id, node, 16);
        }
        for (long id = 8; id < 8L * CHAIN; id += 8) {
            heap.refer(id, id + 8, Math.max(8, id - 8));
        }
        heap.threadRoot(8, 1);
        try (Scratch scratch = Scratch.direct(Long.MAX_VALUE)) {
            HeapGraph graph = HeapGraph.build(heap, FieldRules.of(List.of()), scratch, Monitor.NONE);
            RootPath path = PathToRoot.of(graph, scratch, Monitor.NONE, CHAIN - 1);
            assertThat(path.rootKind()).isEqualTo("live thread");
            assertThat(path.steps()).hasSize(CHAIN);
            assertThat(path.steps().get(CHAIN - 1)).isEqualTo(new RootPath.Step(8L * CHAIN, "com.acme.Node", "next"));
            assertThat(InspectionText.render(path))
                    .hasLineCount(2 + 1 + 101)
                    .contains("(999900 objects more, --json has them)");
        }
    }
}

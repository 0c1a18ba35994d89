/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.graph.FieldRules;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.report.RootState;
import io.heapgauge.analysis.report.RootSummary;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.store.Scratch;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The example by which the design defines reachable and owned; every object has 10 bytes. */
class WorkedExampleTest {
    private static final long T = 1, A = 2, U2 = 3, N1 = 4, N2 = 5, S1 = 6, S2 = 7, U1 = 8, M = 9, P1 = 10, P2 = 11;
    private static final long W = 12, X = 13, C = 14;

    private static TableSource heap() {
        TableSource heap = new TableSource(2);
        int plain = heap.type("com.acme.Node", 0, "left", "right", "third");
        int weak = heap.type("java.lang.ref.Reference", 0, "referent", "other");
        heap.type("com.acme.C", C);
        heap.staticReference("com.acme.C", "INSTANCE", M);
        for (long id : new long[] {T, A, U2, N1, N2, S2, U1, M, P1, P2, W, X}) {
            heap.object(id, plain, 10);
        }
        heap.object(S1, weak, 10);
        heap.classObject(C, 10);
        heap.refer(T, A, U2)
                .refer(A, N1, N2)
                .refer(N1, S1)
                .refer(N2, S2, U1)
                .refer(S2, M)
                .refer(M, P1, P2);
        heap.refer(P2, U2).refer(X, P1);
        heap.refer(S1, W, U1); // the referent is a rule slot and leads the row
        heap.threadRoot(T, 1).root(C);
        return heap;
    }

    @Test
    void the_sizes_are_the_ones_of_the_design() throws IOException {
        List<RootDefinition> roots = List.of(
                new RootDefinition("sessions", new RootSpec.AtAddress(A), List.of()),
                new RootDefinition("catalog", RootSpec.staticField("com.acme.C", "INSTANCE"), List.of()));
        try (Scratch scratch = Scratch.direct(Long.MAX_VALUE)) {
            HeapGraph graph = HeapGraph.build(heap(), FieldRules.of(Ownership.rules(roots)), scratch, Monitor.NONE);
            Ownership ownership = Ownership.of(graph, scratch, Monitor.NONE, 10, Set.of());
            List<RootSummary> measured = ownership.measure(roots);

            assertThat(measured).extracting(RootSummary::state).containsOnly(RootState.MEASURED);
            assertThat(measured.get(0).reachable().total()).isEqualTo(new Size(10, 100));
            assertThat(measured.get(0).owned().total()).isEqualTo(new Size(6, 60));
            assertThat(measured.get(1).reachable().total()).isEqualTo(new Size(4, 40));
            assertThat(measured.get(1).owned().total()).isEqualTo(new Size(4, 40));
            assertThat(ownership.reachability().totals().weaklyHeld()).isEqualTo(new Size(1, 10));
            assertThat(ownership.reachability().totals().notReached()).isEqualTo(new Size(1, 10));
            assertThat(ownership.reachability().totals().all()).isEqualTo(new Size(14, 140));
        }
    }
}

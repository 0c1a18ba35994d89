/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.graph.FieldRules;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.layout.VmModel;
import io.heapgauge.analysis.measure.Dominators;
import io.heapgauge.analysis.measure.Ownership;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.source.HprofSource;
import io.heapgauge.analysis.store.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomDominatorsTest {
    private static final int GRAPHS = 2_000;

    @TempDir
    Path directory;

    @Test
    void retained_sizes_equal_brute_force_on_random_graphs() throws IOException {
        long moreThanShallow = 0;
        for (int seed = 0; seed < GRAPHS; seed++) {
            RandomHeap random = new RandomHeap(seed);
            Path dump = random.heap.write(directory.resolve("random.hprof"));
            BruteForce expected = new BruteForce(random);
            try (Scratch scratch = Scratch.direct(Long.MAX_VALUE)) {
                HeapGraph graph = HeapGraph.build(
                        HprofSource.open(dump, VmModel.DEFAULT, Monitor.NONE),
                        FieldRules.of(Ownership.rules(random.roots)),
                        scratch);
                Dominators dominators = Dominators.of(graph, scratch, Monitor.NONE);
                Set<Long> reached = expected.reached;
                assertThat(dominators.reached()).as("seed %d", seed).isEqualTo(reached.size());
                assertThat(dominators.reachedBytes()).as("seed %d", seed).isEqualTo(bytes(graph, reached));
                for (long id : random.nodes.keySet()) {
                    int ordinal = graph.ordinalOf(id);
                    long retained = reached.contains(id)
                            ? bytes(graph, reached) - bytes(graph, expected.reachedWithout(Set.of(id)))
                            : 0;
                    assertThat(dominators.retainedBytes(ordinal))
                            .as("seed %d object %x", seed, id)
                            .isEqualTo(retained);
                    moreThanShallow += retained > graph.bytesOf(ordinal) ? 1 : 0;
                }
            }
        }
        assertThat(moreThanShallow).as("the graphs are worth it").isGreaterThan(GRAPHS);
    }

    private static long bytes(HeapGraph graph, Set<Long> ids) {
        return ids.stream().mapToLong(id -> graph.bytesOf(graph.ordinalOf(id))).sum();
    }
}

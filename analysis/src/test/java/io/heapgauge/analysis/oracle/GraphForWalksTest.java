/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.fixture.FixtureHeap;
import io.heapgauge.analysis.fixture.RootKind;
import io.heapgauge.analysis.graph.FieldRules;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.layout.VmModel;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.source.HprofSource;
import io.heapgauge.analysis.store.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A graph for walks, whose rows go to its file by another way, is the graph that it would be without. */
class GraphForWalksTest {
    /** So many that each array of the graph has several of the pieces that are written at a time. */
    private static final int OBJECTS = 200_000;

    @TempDir
    Path directory;

    @Test
    void it_is_the_same_graph_whatever_the_order_of_the_dump_and_however_many_read_it() throws IOException {
        Path inOrder = heap().write(directory.resolve("in-order.hprof"));
        Path scattered = heap().shuffled(3).write(directory.resolve("shuffled.hprof"));
        for (Path dump : List.of(inOrder, scattered)) {
            for (int threads : new int[] {1, 3}) {
                check(dump, threads);
            }
        }
    }

    private static FixtureHeap heap() {
        FixtureHeap heap = new FixtureHeap().segmentBytes(100_000);
        Random random = new Random(11);
        long[] elements = new long[6];
        long[] made = new long[OBJECTS];
        for (int i = 0; i < OBJECTS; i++) {
            for (int element = 0; element < elements.length; element++) {
                elements[element] = i == 0 || random.nextInt(3) == 0 ? 0 : made[random.nextInt(i)];
            }
            made[i] = switch (random.nextInt(3)) {
                case 0 -> heap.byteArray(new byte[random.nextInt(100)]);
                case 1 -> heap.weakReference(elements[0]);
                default -> heap.objectArray("java.lang.Object[]", elements);
            };
        }
        // one row that is longer than a piece
        return heap.root(RootKind.STICKY_CLASS, heap.objectArray("java.lang.Object[]", made));
    }

    private void check(Path dump, int threads) throws IOException {
        String which = dump.getFileName() + " by " + threads;
        try (Scratch scratch = Scratch.mapped(directory, Long.MAX_VALUE);
                Scratch other = Scratch.mapped(directory, Long.MAX_VALUE)) {
            HeapGraph graph =
                    HeapGraph.buildForWalks(source(dump, threads), FieldRules.of(List.of()), scratch, Monitor.NONE);
            HeapGraph expected = HeapGraph.build(source(dump, 1), FieldRules.of(List.of()), other, Monitor.NONE);
            assertThat(graph.size()).as(which).isEqualTo(expected.size()).isGreaterThan(OBJECTS);
            assertThat(graph.references()).as(which).isEqualTo(expected.references());
            for (int ordinal = 0; ordinal < graph.size(); ordinal++) {
                if (!isSame(graph, expected, ordinal)) {
                    assertThat(ordinal)
                            .as(which + ": differs in object " + ordinal)
                            .isNegative();
                }
            }
        }
    }

    private static HprofSource source(Path dump, int threads) throws IOException {
        return HprofSource.open(dump, new HprofSource.Options(VmModel.DEFAULT, threads, List.of()), Monitor.NONE);
    }

    private static boolean isSame(HeapGraph graph, HeapGraph expected, int ordinal) {
        int type = expected.typeOf(ordinal);
        if (graph.typeOf(ordinal) != type
                || graph.bytesOf(ordinal) != expected.bytesOf(ordinal)
                || graph.referent(ordinal, type) != expected.referent(ordinal, type)) {
            return false;
        }
        long at = graph.row(ordinal);
        long expectedAt = expected.row(ordinal);
        if (at < 0 || expectedAt < 0) {
            return at == expectedAt;
        }
        int target;
        do {
            target = graph.target(at++);
            if (target != expected.target(expectedAt++)) {
                return false;
            }
        } while (target >= 0);
        return true;
    }
}

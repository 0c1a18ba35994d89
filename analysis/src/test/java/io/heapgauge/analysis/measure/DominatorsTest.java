/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.graph.FieldRules;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.store.Scratch;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** The queue of a cache and its map: step by step, each element would be half a million steps away from its dominator. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Timeout(60)
    void elements_of_a_million_in_a_list_and_in_a_table_take_no_walk_along_the_list(boolean tableFirst)
            throws IOException {
        TableSource heap = new TableSource(8);
        int node = heap.type("com.acme.Node", 0, "next", "element");
        int element = heap.type("com.acme.Element", 0);
        int table = heap.type("com.acme.Element[]", 0);
        long firstElement = 8L * CHAIN + 8;
        long tableId = 16L * CHAIN + 8;
        long[] elements = new long[CHAIN];
        for (int i = 0; i < CHAIN; i++) {
            heap.object(8L * i + 8, node, 16);
        }
        for (int i = 0; i < CHAIN; i++) {
            elements[i] = firstElement + 8L * i;
            heap.object(elements[i], element, 24);
        }
        heap.object(tableId, table, 32);
        for (int i = 0; i < CHAIN; i++) {
            if (i + 1 < CHAIN) {
                heap.refer(8L * i + 8, 8L * i + 16, elements[i]);
            } else {
                heap.refer(8L * i + 8, elements[i]);
            }
        }
        heap.refer(tableId, elements);
        heap.root(tableFirst ? tableId : 8);
        heap.root(tableFirst ? 8 : tableId);
        try (Scratch scratch = Scratch.direct(Long.MAX_VALUE)) {
            HeapGraph graph = HeapGraph.build(heap, FieldRules.of(List.of()), scratch, Monitor.NONE);
            Dominators dominators = Dominators.of(graph, scratch, Monitor.NONE);
            assertThat(dominators.reached()).isEqualTo(2L * CHAIN + 1);
            assertThat(dominators.retainedBytes(graph.ordinalOf(8))).isEqualTo(16L * CHAIN);
            assertThat(dominators.retainedBytes(graph.ordinalOf(8L * CHAIN))).isEqualTo(16);
            assertThat(dominators.retainedBytes(graph.ordinalOf(elements[CHAIN / 2])))
                    .isEqualTo(24);
            assertThat(dominators.retainedBytes(graph.ordinalOf(tableId))).isEqualTo(32);
        }
    }

    /** Graphs of more than 2^31 references have marks of their own; what oracles say of the others holds for them then. */
    @Test
    void graphs_whose_rows_leave_no_sign_free_have_the_same_tree() throws IOException {
        int unreached = 0;
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            TableSource heap = new TableSource(8);
            int node = heap.type("com.acme.Node", 0);
            int size = 1 + random.nextInt(40);
            for (int i = 1; i <= size; i++) {
                heap.object(8L * i, node, 16 + 8L * random.nextInt(5));
            }
            for (int i = 1; i <= size; i++) {
                heap.refer(
                        8L * i,
                        random.longs(random.nextInt(4), 1, size + 1)
                                .map(to -> 8 * to)
                                .toArray());
            }
            heap.root(8L + 8 * random.nextInt(size));
            heap.root(8L + 8 * random.nextInt(size));
            try (Scratch scratch = Scratch.onHeap(Long.MAX_VALUE)) {
                HeapGraph graph = HeapGraph.build(heap, FieldRules.of(List.of()), scratch, Monitor.NONE);
                HeapGraph same = HeapGraph.build(heap, FieldRules.of(List.of()), scratch, Monitor.NONE);
                assertThat(graph.hasFreeSigns()).isTrue();
                Dominators usual = Dominators.of(graph, scratch, Monitor.NONE);
                Dominators huge = Dominators.of(same, scratch, Monitor.NONE, false);
                assertThat(huge.reached()).isEqualTo(usual.reached());
                for (int ordinal = 0; ordinal < size; ordinal++) {
                    assertThat(huge.numberOf(ordinal)).as("seed %d", seed).isEqualTo(usual.numberOf(ordinal));
                    assertThat(huge.retainedBytes(ordinal)).isEqualTo(usual.retainedBytes(ordinal));
                    unreached += usual.numberOf(ordinal) == 0 ? 1 : 0;
                }
            }
        }
        assertThat(unreached).isGreaterThan(1_000);
    }
}

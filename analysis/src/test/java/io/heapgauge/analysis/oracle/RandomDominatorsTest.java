/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.graph.FieldRules;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.layout.VmModel;
import io.heapgauge.analysis.measure.Dominators;
import io.heapgauge.analysis.measure.HeldByRoots;
import io.heapgauge.analysis.measure.Ownership;
import io.heapgauge.analysis.measure.SetRetained;
import io.heapgauge.analysis.measure.SetRetained.ObjectSet;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.report.RetainedGroup;
import io.heapgauge.analysis.report.RetainedObject;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.source.HprofSource;
import io.heapgauge.analysis.store.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
                        HprofSource.open(dump, HprofSource.Options.of(VmModel.DEFAULT), Monitor.NONE),
                        FieldRules.of(Ownership.rules(random.roots)),
                        scratch,
                        Monitor.NONE);
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
                checkTree(expected, dominators.top(1_000));
                List<RetainedGroup> held = HeldByRoots.of(graph, dominators, Monitor.NONE, 1_000);
                assertThat(held.stream().mapToLong(RetainedGroup::retainedBytes).sum())
                        .as("seed %d: the parts that the roots hold are the whole", seed)
                        .isEqualTo(dominators.reachedBytes());
                assertThat(held.stream()
                                .mapToLong(group -> group.members().objects())
                                .sum())
                        .isEqualTo(dominators.top(1_000).stream()
                                .filter(object -> object.dominatorId() == 0)
                                .count());
            }
        }
        assertThat(moreThanShallow).as("the graphs are worth it").isGreaterThan(GRAPHS);
    }

    /** The dominator of an object is the nearest of those without which it is lost: the one that retains least. */
    private static void checkTree(BruteForce expected, List<RetainedObject> all) {
        assertThat(all).hasSameSizeAs(expected.reached);
        Map<Long, Set<Long>> without = all.stream()
                .collect(Collectors.toMap(RetainedObject::id, object -> expected.reachedWithout(Set.of(object.id()))));
        for (RetainedObject object : all) {
            long nearest = all.stream()
                    .filter(other -> other.id() != object.id())
                    .filter(other -> !without.get(other.id()).contains(object.id()))
                    .min(Comparator.comparingLong(RetainedObject::retainedBytes))
                    .map(RetainedObject::id)
                    .orElse(0L);
            assertThat(object.dominatorId()).isEqualTo(nearest);
        }
    }

    private static long bytes(HeapGraph graph, Set<Long> ids) {
        return ids.stream().mapToLong(id -> graph.bytesOf(graph.ordinalOf(id))).sum();
    }

    @Test
    void what_sets_retain_equals_brute_force_on_random_graphs() throws IOException {
        long moreThanMembers = 0;
        for (int seed = 0; seed < GRAPHS; seed++) {
            RandomHeap random = new RandomHeap(seed);
            Path dump = random.heap.write(directory.resolve("random.hprof"));
            BruteForce expected = new BruteForce(random);
            try (Scratch scratch = Scratch.direct(Long.MAX_VALUE)) {
                HeapGraph graph = HeapGraph.build(
                        HprofSource.open(dump, HprofSource.Options.of(VmModel.DEFAULT), Monitor.NONE),
                        FieldRules.of(Ownership.rules(random.roots)),
                        scratch,
                        Monitor.NONE);
                List<Set<Long>> members = new ArrayList<>();
                List<ObjectSet> sets = new ArrayList<>();
                for (HeapType type : graph.source().types()) {
                    boolean[] types = new boolean[graph.source().types().size()];
                    types[type.index()] = true;
                    sets.add(ObjectSet.ofTypes(types));
                    members.add(random.nodes.entrySet().stream()
                            .filter(node -> node.getValue().type.equals(type.name()))
                            .map(Map.Entry::getKey)
                            .collect(Collectors.toSet()));
                }
                while (sets.size() < SetRetained.SETS_PER_WALK + 20) {
                    Set<Long> some = random.nodes.keySet().stream()
                            .filter(id -> random.random.nextInt(8) == 0)
                            .collect(Collectors.toSet());
                    members.add(some);
                    sets.add(ObjectSet.of(
                            some.stream().mapToInt(graph::ordinalOf).toArray()));
                }
                List<Size> sizes = SetRetained.of(graph, scratch, Monitor.NONE, sets);
                for (int set = 0; set < sets.size(); set++) {
                    Set<Long> lost = new HashSet<>(expected.reached);
                    lost.removeAll(expected.reachedWithout(members.get(set)));
                    assertThat(sizes.get(set))
                            .as("seed %d set %s", seed, members.get(set))
                            .isEqualTo(new Size(lost.size(), bytes(graph, lost)));
                    lost.removeAll(members.get(set));
                    moreThanMembers += lost.isEmpty() ? 0 : 1;
                }
            }
        }
        assertThat(moreThanMembers).as("the graphs are worth it").isGreaterThan(GRAPHS);
    }
}

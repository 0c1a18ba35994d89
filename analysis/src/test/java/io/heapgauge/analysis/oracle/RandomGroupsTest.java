/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.graph.FieldRules;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.layout.VmModel;
import io.heapgauge.analysis.measure.GroupRetained;
import io.heapgauge.analysis.measure.Grouping;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.report.RetainedGroup;
import io.heapgauge.analysis.report.RetainedGroups;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.source.HprofSource;
import io.heapgauge.analysis.store.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomGroupsTest {
    private static final int GRAPHS = 150;

    @TempDir
    Path directory;

    @Test
    void what_classes_loaders_and_packages_retain_equals_brute_force() throws IOException {
        int moreThanMembers = 0;
        for (int seed = 0; seed < GRAPHS; seed++) {
            RandomHeap random = new RandomHeap(seed);
            Path dump = random.heap.write(directory.resolve("random.hprof"));
            BruteForce expected = new BruteForce(random);
            for (Grouping by : Grouping.values()) {
                String which = "seed " + seed + " by " + by.id();
                Map<String, Set<Long>> members = members(random, expected.reached, by);
                try (Scratch scratch = Scratch.direct(Long.MAX_VALUE)) {
                    HeapGraph graph = graph(dump, scratch);
                    GroupRetained groups = GroupRetained.of(graph, scratch, Monitor.NONE, by);
                    RetainedGroups measured = groups.measure(groups.all(), Integer.MAX_VALUE);
                    assertThat(measured.groupCount()).as(which).isEqualTo(members.size());
                    assertThat(measured.reached()).as(which).isEqualTo(size(graph, expected.reached));
                    assertThat(measured.groups())
                            .as(which)
                            .isSortedAccordingTo(Comparator.comparingLong(RetainedGroup::retainedBytes)
                                    .reversed()
                                    .thenComparing(RetainedGroup::name));
                    for (RetainedGroup group : measured.groups()) {
                        Set<Long> own = members.remove(group.name());
                        assertThat(own).as(which + " " + group.name()).isNotNull();
                        assertThat(group.members()).as(which).isEqualTo(size(graph, own));
                        Set<Long> lost = new HashSet<>(expected.reached);
                        lost.removeAll(expected.reachedWithout(own));
                        assertThat(group.retainedBytes())
                                .as(which + " " + group.name())
                                .isEqualTo(size(graph, lost).bytes());
                        moreThanMembers += lost.size() > own.size() ? 1 : 0;
                    }
                    assertThat(members).as(which).isEmpty();
                }
            }
        }
        assertThat(moreThanMembers).as("the graphs are worth it").isGreaterThan(GRAPHS);
    }

    @Test
    void groups_are_ranked_by_what_their_objects_dominate_one_by_one() throws IOException {
        for (int seed = 0; seed < GRAPHS; seed++) {
            RandomHeap random = new RandomHeap(seed);
            Path dump = random.heap.write(directory.resolve("random.hprof"));
            BruteForce expected = new BruteForce(random);
            Map<String, Set<Long>> members = members(random, expected.reached, Grouping.PACKAGE);
            try (Scratch scratch = Scratch.direct(Long.MAX_VALUE)) {
                HeapGraph again = graph(dump, scratch);
                GroupRetained groups = GroupRetained.of(graph(dump, scratch), scratch, Monitor.NONE, Grouping.PACKAGE);
                int[] ranked = groups.ranked(5);
                assertThat(ranked).hasSize(members.size());
                long before = Long.MAX_VALUE;
                for (int group : ranked) {
                    String name = GroupRetained.of(again, scratch, Monitor.NONE, Grouping.PACKAGE)
                            .measure(new int[] {group}, 1)
                            .groups()
                            .get(0)
                            .name();
                    Set<Long> dominated = new HashSet<>();
                    for (long id : members.get(name)) {
                        Set<Long> lost = new HashSet<>(expected.reached);
                        lost.removeAll(expected.reachedWithout(Set.of(id)));
                        dominated.addAll(lost);
                    }
                    long bytes = size(again, dominated).bytes();
                    assertThat(bytes).as("seed %d %s", seed, name).isLessThanOrEqualTo(before);
                    before = bytes;
                }
            }
        }
    }

    private static HeapGraph graph(Path dump, Scratch scratch) throws IOException {
        return HeapGraph.build(
                HprofSource.open(dump, HprofSource.Options.of(VmModel.DEFAULT), Monitor.NONE),
                FieldRules.of(List.of()),
                scratch,
                Monitor.NONE);
    }

    private static Size size(HeapGraph graph, Set<Long> ids) {
        return new Size(
                ids.size(),
                ids.stream().mapToLong(id -> graph.bytesOf(graph.ordinalOf(id))).sum());
    }

    private static Map<String, Set<Long>> members(RandomHeap heap, Set<Long> reached, Grouping by) {
        Map<Long, String> represented = new HashMap<>();
        heap.classObjects.forEach((type, id) -> represented.put(id, type));
        Map<String, Set<Long>> members = new HashMap<>();
        for (long id : reached) {
            String type = heap.nodes.get(id).type;
            if (by != Grouping.CLASS) {
                type = represented.getOrDefault(id, type);
            }
            String name = switch (by) {
                case CLASS -> type;
                case PACKAGE -> packageName(type);
                case LOADER -> loaderName(heap, type);
            };
            members.computeIfAbsent(name, any -> new HashSet<>()).add(id);
        }
        return members;
    }

    private static String packageName(String type) {
        int dot = type.lastIndexOf('.');
        if (dot >= 0) {
            return type.substring(0, dot);
        }
        return type.equals("byte[]") ? "<primitive arrays>" : "<unnamed>";
    }

    private static String loaderName(RandomHeap heap, String type) {
        Long loader = heap.nodes.get(heap.classObjects.get(type)).references.get("java.lang.Class#classLoader");
        return loader == null ? "<boot>" : heap.nodes.get(loader).type + " 0x" + Long.toHexString(loader);
    }
}

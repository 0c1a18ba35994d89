/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.graph.FieldRules;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.graph.InboundRows;
import io.heapgauge.analysis.graph.TypeTally;
import io.heapgauge.analysis.graph.view.CollapsedView;
import io.heapgauge.analysis.graph.view.PartRules;
import io.heapgauge.analysis.layout.VmModel;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.oracle.RandomHeap.Node;
import io.heapgauge.analysis.source.HprofSource;
import io.heapgauge.analysis.store.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomCollapseTest {
    private static final int GRAPHS = 1_000;
    private static final String REFERENT = "java.lang.ref.Reference#referent";

    @TempDir
    Path directory;

    @Test
    void parts_count_with_their_sole_owner_as_brute_force_finds_it() throws IOException {
        int folded = 0;
        int kept = 0;
        for (int seed = 0; seed < GRAPHS; seed++) {
            RandomHeap random = new RandomHeap(seed);
            Set<String> rules = rules(random, new Random(seed));
            PartRules parts =
                    PartRules.with(rules.stream().map(FieldRule::parse).toList());
            Map<Long, Long> owners = owners(random, rules);
            try (Scratch scratch = Scratch.direct(Long.MAX_VALUE)) {
                HeapGraph graph = graph(random, parts.rules(), scratch);
                CollapsedView view = CollapsedView.of(graph, parts, scratch, Monitor.NONE);
                for (long id : random.nodes.keySet()) {
                    long owner = graph.idOf(view.ownerOf(graph.ordinalOf(id)));
                    assertThat(owner)
                            .as("seed " + seed + " rules " + rules + " object 0x" + Long.toHexString(id))
                            .isEqualTo(owners.get(id));
                    folded += owner != id ? 1 : 0;
                    kept += owner == id ? 1 : 0;
                }
                TypeTally tally = view.tally();
                assertThat(tally.totalBytes()).isEqualTo(graph.tally().totalBytes());
                assertThat(tally.totalObjects())
                        .isEqualTo(owners.values().stream().distinct().count());
            }
        }
        // the graphs must be worth the comparison
        assertThat(folded).isGreaterThan(GRAPHS);
        assertThat(kept).isGreaterThan(GRAPHS);
    }

    @Test
    void holders_are_those_that_refer_to_an_object() throws IOException {
        for (int seed = 0; seed < GRAPHS; seed++) {
            RandomHeap random = new RandomHeap(seed);
            Map<Long, List<Long>> holders = new HashMap<>();
            edges(
                    random,
                    (holder, field, target) -> holders.computeIfAbsent(target, any -> new ArrayList<>())
                            .add(holder));
            try (Scratch scratch = Scratch.direct(Long.MAX_VALUE)) {
                HeapGraph graph = graph(random, List.of(), scratch);
                InboundRows rows = InboundRows.of(graph, scratch, Monitor.NONE);
                for (long id : random.nodes.keySet()) {
                    int ordinal = graph.ordinalOf(id);
                    List<Long> found = new ArrayList<>();
                    for (long at = rows.start(ordinal); at < rows.end(ordinal); at++) {
                        found.add(graph.idOf(rows.holder(at)));
                    }
                    assertThat(found)
                            .as("seed " + seed)
                            .containsExactlyInAnyOrderElementsOf(holders.getOrDefault(id, List.of()));
                }
                rows.release();
            }
        }
    }

    private HeapGraph graph(RandomHeap random, List<FieldRule> rules, Scratch scratch) throws IOException {
        Path dump = random.heap.write(directory.resolve("random.hprof"));
        HprofSource source = HprofSource.open(dump, HprofSource.Options.of(VmModel.DEFAULT), Monitor.NONE);
        return HeapGraph.build(source, FieldRules.of(rules), scratch, Monitor.NONE);
    }

    private static Set<String> rules(RandomHeap heap, Random random) {
        Set<String> all = new TreeSet<>();
        edges(heap, (holder, field, target) -> all.add(field));
        all.removeIf(field -> field.indexOf('#') < 0 || random.nextInt(3) > 0);
        all.add("java.lang.String#value"); // known anyway
        return all;
    }

    private interface Edge {
        void take(long holder, String field, long target);
    }

    /** Strong references to other objects. */
    private static void edges(RandomHeap heap, Edge edge) {
        heap.nodes.forEach((id, node) -> node.references.forEach((field, target) -> {
            if (!field.equals(REFERENT) && heap.nodes.containsKey(target) && !target.equals(id)) {
                edge.take(id, field, target);
            }
        }));
    }

    private static Map<Long, Long> owners(RandomHeap heap, Set<String> rules) {
        Map<Long, Set<Long>> joined = new HashMap<>();
        Set<Long> parts = new HashSet<>();
        edges(heap, (holder, field, target) -> {
            Node node = heap.nodes.get(target);
            if (rules.contains(field) && !node.type.equals("java.lang.Class")) {
                parts.add(target);
                joined.computeIfAbsent(holder, any -> new HashSet<>()).add(target);
                joined.computeIfAbsent(target, any -> new HashSet<>()).add(holder);
            }
        });
        Map<Long, Long> owners = new HashMap<>();
        for (long id : heap.nodes.keySet()) {
            if (!owners.containsKey(id)) {
                Set<Long> cluster = cluster(id, joined);
                List<Long> heads = cluster.stream()
                        .filter(member -> !parts.contains(member))
                        .toList();
                boolean folds = heads.size() == 1 && isPrivate(heap, cluster, parts);
                cluster.forEach(member -> owners.put(member, folds ? heads.get(0) : member));
            }
        }
        return owners;
    }

    private static Set<Long> cluster(long start, Map<Long, Set<Long>> joined) {
        Set<Long> cluster = new HashSet<>(Set.of(start));
        Deque<Long> open = new ArrayDeque<>(cluster);
        while (!open.isEmpty()) {
            for (long next : joined.getOrDefault(open.remove(), Set.of())) {
                if (cluster.add(next)) {
                    open.add(next);
                }
            }
        }
        return cluster;
    }

    private static boolean isPrivate(RandomHeap heap, Set<Long> cluster, Set<Long> parts) {
        boolean[] known = {false};
        edges(
                heap,
                (holder, field, target) ->
                        known[0] |= parts.contains(target) && cluster.contains(target) && !cluster.contains(holder));
        return !known[0] && heap.gcRoots.stream().noneMatch(root -> parts.contains(root) && cluster.contains(root));
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.graph.FieldRules;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.layout.VmModel;
import io.heapgauge.analysis.measure.PathToRoot;
import io.heapgauge.analysis.measure.PathsOfClass;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.oracle.RandomHeap.Node;
import io.heapgauge.analysis.report.MergedPaths;
import io.heapgauge.analysis.report.RootPath;
import io.heapgauge.analysis.source.HprofSource;
import io.heapgauge.analysis.store.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomPathTest {
    private static final int GRAPHS = 300;
    private static final String REFERENT = "java.lang.ref.Reference#referent";

    @TempDir
    Path directory;

    @Test
    void paths_are_as_short_as_brute_force_finds_them_and_every_step_is_a_reference() throws IOException {
        int longPaths = 0;
        int heldByClass = 0;
        int notReached = 0;
        for (int seed = 0; seed < GRAPHS; seed++) {
            RandomHeap random = new RandomHeap(seed);
            Path dump = random.heap.write(directory.resolve("random.hprof"));
            Map<Long, Integer> distances = distances(random);
            assertThat(distances.keySet()).isEqualTo(new BruteForce(random).reached);
            try (Scratch scratch = Scratch.direct(Long.MAX_VALUE)) {
                HeapGraph graph = HeapGraph.build(
                        HprofSource.open(dump, HprofSource.Options.of(VmModel.DEFAULT), Monitor.NONE),
                        FieldRules.of(List.of()),
                        scratch,
                        Monitor.NONE);
                for (long id : random.nodes.keySet()) {
                    String which = "seed " + seed + " object 0x" + Long.toHexString(id);
                    RootPath path = PathToRoot.of(graph, scratch, Monitor.NONE, graph.ordinalOf(id));
                    assertThat(path.id()).isEqualTo(id);
                    if (!distances.containsKey(id)) {
                        assertThat(path.rootKind()).as(which).isNull();
                        assertThat(path.steps()).as(which).isEmpty();
                        notReached++;
                        continue;
                    }
                    assertThat(path.steps()).as(which).hasSize(distances.get(id) + 1);
                    checkSteps(random, path, which);
                    longPaths += path.steps().size() > 3 ? 1 : 0;
                    heldByClass += path.rootKind().startsWith("class of") ? 1 : 0;
                }
            }
        }
        // the graphs must be worth the comparison
        assertThat(longPaths).isGreaterThan(GRAPHS);
        assertThat(heldByClass).isGreaterThan(GRAPHS);
        assertThat(notReached).isGreaterThan(GRAPHS);
    }

    @Test
    void paths_of_a_class_are_those_of_its_instances_merged() throws IOException {
        int several = 0;
        for (int seed = 0; seed < GRAPHS / 4; seed++) {
            RandomHeap random = new RandomHeap(seed);
            Path dump = random.heap.write(directory.resolve("random.hprof"));
            try (Scratch scratch = Scratch.direct(Long.MAX_VALUE)) {
                HeapGraph graph = HeapGraph.build(
                        HprofSource.open(dump, HprofSource.Options.of(VmModel.DEFAULT), Monitor.NONE),
                        FieldRules.of(List.of()),
                        scratch,
                        Monitor.NONE);
                Set<String> types = new HashSet<>();
                random.nodes.values().forEach(node -> types.add(node.type));
                for (String type : types) {
                    Map<List<String>, Long> expected = new HashMap<>();
                    for (long id : random.nodes.keySet()) {
                        RootPath path = PathToRoot.of(graph, scratch, Monitor.NONE, graph.ordinalOf(id));
                        if (random.nodes.get(id).type.equals(type) && path.rootKind() != null) {
                            expected.merge(names(path), 1L, Long::sum);
                        }
                    }
                    MergedPaths merged = PathsOfClass.of(graph, scratch, Monitor.NONE, type, 1_000);
                    Map<List<String>, Long> found = new HashMap<>();
                    merged.paths()
                            .forEach(path ->
                                    found.put(names(path), path.instances().objects()));
                    assertThat(found).as("seed " + seed + " " + type).isEqualTo(expected);
                    several += found.size() > 1 ? 1 : 0;
                }
            }
        }
        assertThat(several).isGreaterThan(GRAPHS / 4);
    }

    private static List<String> names(RootPath path) {
        List<String> names = new ArrayList<>(List.of(path.rootKind()));
        for (RootPath.Step step : path.steps()) {
            if (!names.get(names.size() - 1).equals(step.type())) {
                names.add(step.type());
            }
        }
        return names;
    }

    private static List<String> names(MergedPaths.Path path) {
        List<String> names = new ArrayList<>(List.of(path.rootKind()));
        path.steps().forEach(step -> names.add(step.type()));
        return names;
    }

    private static void checkSteps(RandomHeap heap, RootPath path, String which) {
        RootPath.Step first = path.steps().get(0);
        assertThat(first.via()).as(which).isNull();
        if (heap.gcRoots.contains(first.id())) {
            assertThat(path.rootKind()).as(which).isIn("JNI global", "unknown", "live thread", "Java frame");
        } else {
            assertThat(path.rootKind()).as(which).isEqualTo("class of reached objects");
            assertThat(first.type()).as(which).startsWith("class ");
        }
        for (int i = 1; i < path.steps().size(); i++) {
            Node holder = heap.nodes.get(path.steps().get(i - 1).id());
            RootPath.Step step = path.steps().get(i);
            Set<String> fields = new HashSet<>();
            holder.references.forEach((field, target) -> {
                if (target == step.id() && !field.equals(REFERENT)) {
                    fields.add(printed(holder, field));
                }
            });
            assertThat(step.via()).as(which).isIn(fields);
        }
        assertThat(path.steps().get(path.steps().size() - 1).id()).as(which).isEqualTo(path.id());
    }

    private static String printed(Node holder, String field) {
        if (field.startsWith("[")) {
            return field + "]";
        }
        if (field.equals("super")) {
            return "<super>";
        }
        if (field.equals("java.lang.Class#classLoader")) {
            return "<loader>";
        }
        String name = field.substring(field.indexOf('#') + 1);
        return holder.type.equals("java.lang.Class") ? "static " + name : name;
    }

    /** References from the nearest GC root; classes that only their reached instances hold are roots of a later round. */
    private static Map<Long, Integer> distances(RandomHeap heap) {
        Map<Long, Integer> distances = new HashMap<>();
        Collection<Long> roots = heap.gcRoots;
        while (!roots.isEmpty()) {
            spread(heap, roots, distances);
            Set<Long> classes = new HashSet<>();
            for (long id : distances.keySet()) {
                Long classObject = heap.classObjects.get(heap.nodes.get(id).type);
                if (classObject != null && !distances.containsKey(classObject)) {
                    classes.add(classObject);
                }
            }
            roots = classes;
        }
        return distances;
    }

    private static void spread(RandomHeap heap, Collection<Long> roots, Map<Long, Integer> distances) {
        Deque<Long> open = new ArrayDeque<>();
        for (long root : roots) {
            if (heap.nodes.containsKey(root) && distances.putIfAbsent(root, 0) == null) {
                open.add(root);
            }
        }
        while (!open.isEmpty()) {
            long id = open.remove();
            heap.nodes.get(id).references.forEach((field, target) -> {
                if (heap.nodes.containsKey(target)
                        && !field.equals(REFERENT)
                        && distances.putIfAbsent(target, distances.get(id) + 1) == null) {
                    open.add(target);
                }
            });
        }
    }
}

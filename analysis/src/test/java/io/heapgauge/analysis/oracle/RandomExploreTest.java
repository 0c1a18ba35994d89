/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.explore.Heap;
import io.heapgauge.analysis.explore.HeapObject;
import io.heapgauge.analysis.explore.HeapPath;
import io.heapgauge.analysis.explore.HeapSummary;
import io.heapgauge.analysis.explore.Index;
import io.heapgauge.analysis.graph.view.EdgeFilter;
import io.heapgauge.analysis.jsonl.ExportProfile;
import io.heapgauge.analysis.layout.VmModel;
import io.heapgauge.analysis.oracle.RandomHeap.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomExploreTest {
    private static final int GRAPHS = 150;
    private static final String REFERENT = "java.lang.ref.Reference#referent";

    @TempDir
    Path directory;

    private static AnalysisRequest.Builder request() {
        return AnalysisRequest.builder().vmModel(VmModel.DEFAULT).directScratch();
    }

    @Test
    void children_parents_and_reachable_sizes_are_those_of_the_heap_as_it_was_written_down() throws IOException {
        long parents = 0;
        for (int seed = 0; seed < GRAPHS; seed++) {
            RandomHeap random = new RandomHeap(seed);
            Path dump = random.heap.write(directory.resolve("random.hprof"));
            try (Heap opened = Heap.open(dump, request().build())) {
                Heap heap = opened.with().prepare(Index.values());
                for (Map.Entry<Long, Node> entry : random.nodes.entrySet()) {
                    String which = "seed " + seed + " object 0x" + Long.toHexString(entry.getKey());
                    HeapObject object = heap.at(entry.getKey());
                    assertThat(object.isMissing()).as(which).isFalse();
                    if (entry.getValue().bytes > 0) {
                        assertThat(object.shallow()).as(which).isEqualTo(entry.getValue().bytes);
                    }
                    Set<Long> strong = targets(random, entry.getKey(), false);
                    assertThat(strongChildren(opened, object)).as(which).isEqualTo(strong);
                    Set<Long> holders = holders(random, entry.getKey());
                    assertThat(addresses(strongHeap(opened).at(entry.getKey()).parents()))
                            .as(which)
                            .isEqualTo(holders);
                    parents += holders.size();
                }
            }
        }
        assertThat(parents).isGreaterThan(10_000);
    }

    /** Everything but weak references and the edge from an object to its class. */
    private static Heap strongHeap(Heap heap) {
        return heap.with(EdgeFilter.REFERENT, EdgeFilter.OBJECT_TO_CLASS);
    }

    private static Set<Long> strongChildren(Heap heap, HeapObject object) {
        return addresses(strongHeap(heap).at(object.address()).children());
    }

    private static Set<Long> addresses(Collection<HeapObject> objects) {
        return objects.stream()
                .filter(object -> !object.isMissing())
                .map(HeapObject::address)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What an object refers to and the dump has, itself left out: a reference to itself is in no row. */
    private static Set<Long> targets(RandomHeap random, long id, boolean weakToo) {
        return random.nodes.get(id).references.entrySet().stream()
                .filter(reference -> weakToo || !reference.getKey().equals(REFERENT))
                .map(Map.Entry::getValue)
                .filter(target -> target != id && random.nodes.containsKey(target))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<Long> holders(RandomHeap random, long id) {
        return random.nodes.keySet().stream()
                .filter(holder -> targets(random, holder, false).contains(id))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void walks_reach_what_brute_force_reaches_with_and_without_exclusions() throws IOException {
        for (int seed = 0; seed < GRAPHS; seed++) {
            RandomHeap random = new RandomHeap(seed);
            Path dump = random.heap.write(directory.resolve("random.hprof"));
            try (Heap opened = Heap.open(dump, request().build())) {
                Heap heap = strongHeap(opened);
                int tried = 0;
                for (long id : random.nodes.keySet()) {
                    if (tried++ > 10) {
                        break;
                    }
                    Set<Long> reached = reached(random, id, Set.of());
                    assertThat(addresses(heap.at(id).walk().toList())).isEqualTo(reached);
                    assertThat(heap.at(id).owned()).isEqualTo(bytes(random, heap, reached));
                    Set<Long> barred = reached.stream()
                            .filter(other -> other % 3 == 0 && other != id)
                            .collect(Collectors.toSet());
                    Set<Long> owned = reached(random, id, barred);
                    Heap without = heap.excluding(barred.stream().map(heap::at).toList());
                    HeapSummary summary = without.at(id).summarize();
                    assertThat(summary.objects()).isEqualTo(owned.size());
                    assertThat(summary.bytes()).isEqualTo(bytes(random, heap, owned));
                    assertThat(without.at(id).reachable()).isEqualTo(bytes(random, heap, reached));
                    assertThat(heap.excluding(object -> barred.contains(object.address()))
                                    .at(id)
                                    .owned())
                            .isEqualTo(bytes(random, heap, owned));
                }
            }
        }
    }

    private static Set<Long> reached(RandomHeap random, long from, Set<Long> barred) {
        Set<Long> reached = new TreeSet<>(Set.of(from));
        Deque<Long> waiting = new ArrayDeque<>(reached);
        while (!waiting.isEmpty()) {
            for (long target : targets(random, waiting.pop(), false)) {
                if (!barred.contains(target) && reached.add(target)) {
                    waiting.push(target);
                }
            }
        }
        return reached;
    }

    /** Class objects have no size in what was written down. */
    private static long bytes(RandomHeap random, Heap heap, Set<Long> ids) {
        return ids.stream()
                .mapToLong(id -> random.nodes.get(id).bytes > 0
                        ? random.nodes.get(id).bytes
                        : heap.at(id).shallow())
                .sum();
    }

    @Test
    void every_step_of_a_path_names_a_field_that_leads_to_the_next() throws IOException {
        int named = 0;
        for (int seed = 0; seed < GRAPHS; seed++) {
            RandomHeap random = new RandomHeap(seed);
            Path dump = random.heap.write(directory.resolve("random.hprof"));
            Set<Long> reached = new BruteForce(random).reached;
            try (Heap heap = Heap.open(dump, request().build())) {
                for (long id : random.nodes.keySet()) {
                    HeapPath path = heap.at(id).pathToRoot();
                    assertThat(path.isReached()).isEqualTo(reached.contains(id));
                    for (int i = 1; i < path.steps().size(); i++) {
                        long holder = path.steps().get(i - 1).object().address();
                        long target = path.steps().get(i).object().address();
                        String via = path.steps().get(i).via().replace("static ", "");
                        assertThat(random.nodes.get(holder).references.entrySet())
                                .anyMatch(reference -> reference.getValue() == target
                                        && (reference.getKey().endsWith("#" + via)
                                                || via.startsWith("[")
                                                || via.startsWith("<")));
                        named += via.startsWith("<") || via.startsWith("[") ? 0 : 1;
                    }
                    if (path.isReached()) {
                        assertThat(path.steps()
                                        .get(path.steps().size() - 1)
                                        .object()
                                        .address())
                                .isEqualTo(id);
                    }
                }
            }
        }
        assertThat(named).isGreaterThan(1_000);
    }

    @Test
    void an_export_without_loss_answers_everything_as_the_dump_does() throws IOException {
        for (int seed = 0; seed < GRAPHS; seed++) {
            RandomHeap random = new RandomHeap(seed);
            Path dump = random.heap.write(directory.resolve("random.hprof"));
            Path lines = directory.resolve(seed % 2 == 0 ? "random.jsonl" : "random.jsonl.gz");
            Files.deleteIfExists(lines);
            try (Heap heap = Heap.open(dump, request().build())) {
                assertThat(heap.export(lines, ExportProfile.LOSSLESS)).isEqualTo(heap.size());
                try (Heap again = Heap.open(lines, request().build())) {
                    assertThat(again.hasRoots()).isTrue();
                    assertThat(again.summarize()).isEqualTo(heap.summarize());
                    assertThat(again.collapsed().summarize())
                            .isEqualTo(heap.collapsed().summarize());
                    assertThat(again.largestRetainers(20).toString())
                            .isEqualTo(withoutContents(heap.largestRetainers(20).toString()));
                    for (long id : random.nodes.keySet()) {
                        assertSame(heap.at(id), again.at(id), "seed " + seed);
                        assertSame(heap.with().at(id), again.with().at(id), "seed " + seed + " all edges");
                        assertThat(again.at(id).retained())
                                .isEqualTo(heap.at(id).retained());
                        assertThat(again.at(id).pathToRoot().steps())
                                .hasSameSizeAs(heap.at(id).pathToRoot().steps());
                        assertThat(fields(again.at(id))).isEqualTo(fields(heap.at(id)));
                    }
                }
            }
        }
    }

    /** Without the contents of arrays, which no export has. */
    private static String fields(HeapObject object) {
        return withoutContents(new TreeMap<>(object.fields()).toString());
    }

    private static String withoutContents(String text) {
        return text.replaceAll(" '\\[[^']*\\]'", "");
    }

    private static void assertSame(HeapObject one, HeapObject other, String which) {
        assertThat(other.type()).as(which).isEqualTo(one.type());
        assertThat(other.shallow()).as(which).isEqualTo(one.shallow());
        assertThat(other.children().stream().map(HeapObject::address).toList())
                .as(which)
                .isEqualTo(one.children().stream().map(HeapObject::address).toList());
        assertThat(addresses(other.parents())).as(which).isEqualTo(addresses(one.parents()));
        assertThat(other.reachable()).as(which).isEqualTo(one.reachable());
    }

    @Test
    void an_export_in_meliaes_format_has_the_same_objects_sizes_and_references() throws IOException {
        for (int seed = 0; seed < GRAPHS; seed++) {
            RandomHeap random = new RandomHeap(seed);
            Path dump = random.heap.write(directory.resolve("random.hprof"));
            Path lines = directory.resolve("plain.jsonl");
            Files.deleteIfExists(lines);
            try (Heap heap = Heap.open(dump, request().build())) {
                heap.export(lines, ExportProfile.MELIAE);
                try (Heap again = Heap.open(lines, request().build())) {
                    assertThat(again.hasRoots()).isFalse();
                    assertThat(again.summarize().bytes())
                            .isEqualTo(heap.summarize().bytes());
                    for (long id : random.nodes.keySet()) {
                        HeapObject one = heap.at(id);
                        HeapObject other = again.at(id);
                        assertThat(other.shallow()).isEqualTo(one.shallow());
                        assertThat(new HashSet<>(addresses(other.children()))).isEqualTo(addresses(one.children()));
                        assertThat(other.reachable()).isEqualTo(one.reachable());
                    }
                }
            }
        }
    }

    @Test
    void a_slice_has_what_one_object_reaches() throws IOException {
        RandomHeap random = new RandomHeap(7);
        Path dump = random.heap.write(directory.resolve("random.hprof"));
        try (Heap heap = Heap.open(dump, request().build())) {
            long most = random.nodes.keySet().stream()
                    .max(Comparator.comparingLong(id -> heap.at(id).reachable()))
                    .orElseThrow();
            for (ExportProfile profile : List.of(ExportProfile.MELIAE, ExportProfile.LOSSLESS)) {
                Path lines = directory.resolve("slice.jsonl");
                Files.deleteIfExists(lines);
                long written = heap.export(lines, profile, heap.at(most));
                assertThat(written)
                        .isEqualTo(heap.at(most).summarize().objects())
                        .isLessThan(heap.size());
                try (Heap slice = Heap.open(lines, request().build())) {
                    assertThat(slice.size()).isEqualTo((int) written);
                    assertThat(slice.at(most).reachable())
                            .isEqualTo(heap.at(most).reachable());
                }
            }
        }
    }
}

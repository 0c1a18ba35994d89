/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.explore.Heap;
import io.heapgauge.analysis.explore.HeapObject;
import io.heapgauge.analysis.explore.HeapThread;
import io.heapgauge.analysis.explore.Index;
import io.heapgauge.analysis.jsonl.ExportProfile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.netbeans.lib.profiler.heap.FieldValue;
import org.netbeans.lib.profiler.heap.HeapFactory;
import org.netbeans.lib.profiler.heap.Instance;
import org.netbeans.lib.profiler.heap.ObjectFieldValue;

/**
 * The explorer on real dumps: every collection has in it what the program that was dumped says itself, and fields of thousands
 * of objects are those that the NetBeans library reads.
 */
@Tag("once")
class ExploreIT {
    private static final int SAMPLED = 5_000;

    @TempDir
    Path directory;

    private Path dump(Jdk jdk, Map<String, String> maps, Map<String, String> lists) throws Exception {
        Path dump = directory.resolve("explored.hprof");
        try (ForkedJvm program = ForkedJvm.start(
                jdk,
                directory,
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        ExploredProgram.class.getName(),
                        dump.toString()))) {
            assertThat(program.awaitExit()).as(program.output()).isZero();
            for (String line : program.output().lines().toList()) {
                String[] parts = line.split(" ", 2);
                Map<String, String> into = parts[0].equals("map") ? maps : parts[0].equals("list") ? lists : null;
                if (into != null) {
                    int open = parts[1].indexOf(parts[0].equals("map") ? " {" : " [");
                    into.put(parts[1].substring(0, open), parts[1].substring(open + 1));
                }
            }
        }
        return dump;
    }

    @ParameterizedTest
    @MethodSource("io.heapgauge.it.Jdk#all")
    void collections_are_read_as_the_program_itself_prints_them(Jdk jdk) throws Exception {
        Map<String, String> maps = new LinkedHashMap<>();
        Map<String, String> lists = new LinkedHashMap<>();
        Path dump = dump(jdk, maps, lists);
        assertThat(maps).hasSize(16);
        assertThat(lists).hasSize(23);
        try (Heap heap = Heap.open(dump)) {
            checkCollections(heap, maps, lists);
            checkThreads(heap);
            Path lines = directory.resolve("explored.jsonl.gz");
            heap.export(lines, ExportProfile.LOSSLESS);
            try (Heap again = Heap.open(lines)) {
                checkCollections(again, maps, lists);
            }
        }
    }

    private static void checkCollections(Heap heap, Map<String, String> maps, Map<String, String> lists) {
        HeapObject program = heap.all("java.lang.Class").stream()
                .filter(type -> ExploredProgram.class.getName().equals(type.value()))
                .findFirst()
                .orElseThrow();
        for (Heap view : List.of(heap, heap.collapsed())) {
            HeapObject type = view.at(program.address());
            Map<String, String> seenMaps = new LinkedHashMap<>();
            Map<String, Integer> lengths = new LinkedHashMap<>();
            type.child("MAPS").asMap().forEach((name, map) -> {
                seenMaps.put(name.toString(), text(map.asMap()));
                lengths.put(name.toString(), map.length());
            });
            assertThat(seenMaps.keySet()).isEqualTo(maps.keySet());
            maps.forEach((name, printed) -> {
                assertThat(sorted(seenMaps.get(name))).as(name).isEqualTo(sorted(printed));
                assertThat(lengths.get(name))
                        .as("length of " + name)
                        .isEqualTo(sorted(printed).size());
            });
            Map<String, String> seenLists = new LinkedHashMap<>();
            type.child("LISTS")
                    .asMap()
                    .forEach((name, list) -> seenLists.put(
                            name.toString(),
                            list.asList().stream()
                                    .map(ExploreIT::value)
                                    .toList()
                                    .toString()));
            assertThat(seenLists.keySet()).isEqualTo(lists.keySet());
            // what Set.of makes is walked from where the JVM's own salt says
            lists.forEach((name, printed) -> assertThat(
                            name.startsWith("Set") ? sorted(seenLists.get(name)) : seenLists.get(name))
                    .as(name)
                    .isEqualTo(name.startsWith("Set") ? sorted(printed) : printed));
        }
        // order is the map's own
        Map<Object, @Nullable HeapObject> linked =
                program.child("MAPS").asMap().get("LinkedHashMap").asMap();
        assertThat(linked.keySet()).startsWith("key0", "key31", "key62");
    }

    /** A key that is no value shows as the object that it is. */
    private static String text(Map<Object, @Nullable HeapObject> map) {
        return map.entrySet().stream()
                .map(entry -> (entry.getKey() instanceof HeapObject key
                                ? "Colliding[number=" + key.fields().get("number") + "]"
                                : entry.getKey().toString())
                        + "=" + value(entry.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static @Nullable Object value(@Nullable HeapObject object) {
        return object == null ? null : object.value();
    }

    private static List<String> sorted(String map) {
        String inside = map.substring(1, map.length() - 1);
        return inside.isEmpty()
                ? List.of()
                : List.of(inside.split(", ")).stream().sorted().toList();
    }

    private static void checkThreads(Heap heap) {
        HeapThread main = heap.threads().stream()
                .filter(thread -> thread.name().equals("main"))
                .findFirst()
                .orElseThrow();
        HeapThread.Frame frame = main.frames().get(main.frames().size() - 1);
        assertThat(frame.toString()).startsWith("at io.heapgauge.it.ExploredProgram.main(ExploredProgram.java:");
        assertThat(frame.locals()).extracting(HeapObject::type).contains("java.lang.StringBuilder");
        assertThat(main.threadLocals().values().stream().map(ExploreIT::value).toList())
                .contains("kept by the thread");
        assertThat(main.retained()).isGreaterThanOrEqualTo(main.object().retained());
        assertThat(main.summarize().bytes()).isGreaterThan(main.object().shallow());
    }

    @ParameterizedTest
    @MethodSource("io.heapgauge.it.Jdk#all")
    void fields_are_those_that_the_netbeans_library_reads(Jdk jdk) throws Exception {
        Path dump = dump(jdk, new LinkedHashMap<>(), new LinkedHashMap<>());
        org.netbeans.lib.profiler.heap.Heap theirs = HeapFactory.createHeap(dump.toFile());
        Random random = new Random(1);
        try (Heap heap = Heap.open(dump).prepare(Index.RECORDS)) {
            List<HeapObject> all = heap.all("*");
            int fields = 0;
            for (int i = 0; i < SAMPLED; i++) {
                HeapObject object = all.get(random.nextInt(all.size()));
                if (object.type().endsWith("[]") || object.type().startsWith("class ")) {
                    continue;
                }
                Instance instance = theirs.getInstanceByID(object.address());
                Map<String, String> expected = new TreeMap<>();
                List<FieldValue> values = new ArrayList<>(instance.getFieldValues());
                for (FieldValue value : values) {
                    expected.merge(value.getField().getName(), text(value), (own, hidden) -> own);
                }
                Map<String, String> seen = new TreeMap<>();
                object.fields().forEach((name, value) -> {
                    if (!name.contains("#")) {
                        seen.put(name, text(value));
                    }
                });
                assertThat(seen).as(object.toString()).isEqualTo(expected);
                fields += seen.size();
            }
            assertThat(fields).isGreaterThan(SAMPLED);
        }
    }

    private static String text(FieldValue value) {
        if (value instanceof ObjectFieldValue reference) {
            Instance target = reference.getInstance();
            return target == null ? "null" : "0x" + Long.toHexString(target.getInstanceId());
        }
        return value.getValue();
    }

    private static String text(@Nullable Object value) {
        return value instanceof HeapObject object ? "0x" + Long.toHexString(object.address()) : String.valueOf(value);
    }
}

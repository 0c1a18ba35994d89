/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.HeapInspector;
import io.heapgauge.analysis.fixture.FieldType;
import io.heapgauge.analysis.fixture.FixtureHeap;
import io.heapgauge.analysis.fixture.RootKind;
import io.heapgauge.analysis.layout.VmModel;
import io.heapgauge.analysis.report.DuplicateGroup;
import io.heapgauge.analysis.report.DuplicateTotals;
import io.heapgauge.analysis.report.Duplicates;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomDuplicatesTest {
    private static final int HEAPS = 200;
    private static final FieldType[] TYPES = {
        FieldType.BOOLEAN,
        FieldType.CHAR,
        FieldType.FLOAT,
        FieldType.DOUBLE,
        FieldType.BYTE,
        FieldType.SHORT,
        FieldType.INT,
        FieldType.LONG
    };
    private static final int[] BYTES = {1, 2, 4, 8, 1, 2, 4, 8};

    /** Objects of one contents: the ids by holder, and for Strings the arrays they have. */
    private static final class Alike {
        final List<Long> objects = new ArrayList<>();
        final Set<Long> arrays = new HashSet<>();
        final Map<String, Long> holders = new TreeMap<>();
    }

    @TempDir
    Path directory;

    private Random random = new Random(0);
    private FixtureHeap heap = new FixtureHeap();
    private Map<String, Alike> expected = new HashMap<>();
    private Map<Long, String> heldBy = new HashMap<>();
    private List<Long> held = new ArrayList<>();
    private Map<Long, byte[]> contents = new HashMap<>();
    private Map<Long, Integer> coders = new HashMap<>();

    @Test
    void duplicates_are_those_that_a_map_of_contents_finds() throws IOException {
        int groups = 0;
        int shared = 0;
        for (int seed = 0; seed < HEAPS; seed++) {
            make(seed);
            Path dump = heap.write(directory.resolve("random.hprof"));
            Duplicates found = HeapInspector.of(
                            dump,
                            AnalysisRequest.builder()
                                    .vmModel(VmModel.DEFAULT)
                                    .scratchDirectory(directory)
                                    .build())
                    .duplicates(1_000);
            expected.values().removeIf(alike -> alike.objects.size() < 2);
            assertThat(found.groups()).as("seed %d", seed).hasSize(expected.size());
            assertThat(found.groups())
                    .as("seed %d", seed)
                    .isSortedAccordingTo(Comparator.comparingLong(DuplicateGroup::wastedBytes)
                            .reversed());
            for (DuplicateGroup group : found.groups()) {
                String key = expected.keySet().stream()
                        .filter(any -> expected.get(any).objects.contains(group.exampleId()))
                        .findFirst()
                        .orElseThrow();
                check(group, key, "seed " + seed + " " + key);
                shared += expected.get(key).arrays.size()
                                < expected.get(key).objects.size()
                        ? 1
                        : 0;
            }
            checkTotals(found, "seed " + seed);
            groups += found.groups().size();
        }
        // the heaps must be worth the comparison
        assertThat(groups).isGreaterThan(10 * HEAPS);
        assertThat(shared).isGreaterThan(HEAPS);
    }

    private void check(DuplicateGroup group, String key, String which) {
        Alike alike = expected.get(key);
        String kind = key.substring(0, key.indexOf(' '));
        assertThat(group.kind()).as(which).isEqualTo(kind);
        assertThat(group.copies()).as(which).isEqualTo(alike.objects.size());
        assertThat(group.wastedBytes()).as(which).isEqualTo(wasted(alike));
        long array = alike.arrays.isEmpty()
                ? alike.objects.get(0)
                : alike.arrays.iterator().next();
        long shell = alike.arrays.isEmpty() ? 0 : heap.shallowBytes(alike.objects.get(0));
        assertThat(group.copyBytes()).as(which).isEqualTo(shell + heap.shallowBytes(array));
        assertThat(group.length()).as(which).isEqualTo(Long.parseLong(key.split(" ")[1]));
        long most =
                alike.holders.values().stream().mapToLong(Long::longValue).max().orElse(0);
        assertThat(group.holder()).as(which).isNotNull();
        assertThat(group.holder().references()).as(which).isEqualTo(most);
        assertThat(alike.holders.get(group.holder().field())).as(which).isEqualTo(most);
    }

    private long wasted(Alike alike) {
        long sum = alike.objects.stream().skip(1).mapToLong(heap::shallowBytes).sum();
        return sum + alike.arrays.stream().skip(1).mapToLong(heap::shallowBytes).sum();
    }

    private void checkTotals(Duplicates found, String which) {
        Map<String, DuplicateTotals> totals = new HashMap<>();
        expected.forEach((key, alike) -> totals.merge(
                key.substring(0, key.indexOf(' ')),
                new DuplicateTotals(key.substring(0, key.indexOf(' ')), 1, alike.objects.size() - 1, wasted(alike)),
                (a, b) -> new DuplicateTotals(
                        a.kind(),
                        a.groups() + b.groups(),
                        a.duplicates() + b.duplicates(),
                        a.wastedBytes() + b.wastedBytes())));
        assertThat(found.totals()).as(which).containsExactlyInAnyOrderElementsOf(totals.values());
    }

    private void make(int seed) {
        random = new Random(seed);
        heap = new FixtureHeap();
        expected = new HashMap<>();
        heldBy = new HashMap<>();
        held = new ArrayList<>();
        contents = new HashMap<>();
        coders = new HashMap<>();
        if (seed % 4 == 0) {
            heap.scattered(seed);
        }
        for (int i = 0; i < 3; i++) {
            heap.type("com.acme.Holder" + i).field("number", FieldType.INT).field("it", FieldType.OBJECT);
        }
        List<Long> valueArrays = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            if (random.nextInt(3) == 0) {
                string(valueArrays);
            } else {
                array();
            }
        }
        for (long object : held) {
            long copies = 1 + random.nextInt(2);
            for (int i = 0; i < copies; i++) {
                hold(object);
            }
        }
    }

    private void array() {
        int type = random.nextInt(TYPES.length);
        int length = random.nextInt(4);
        byte[] content = content(length * BYTES[type]);
        long id = heap.primitiveArray(TYPES[type], length, content);
        if (random.nextInt(5) > 0) {
            String kind = TYPES[type].name().toLowerCase(java.util.Locale.ROOT) + "[]";
            expect(kind + " " + length + " " + Arrays.toString(content), id);
        }
    }

    private void string(List<Long> valueArrays) {
        boolean isShared = !valueArrays.isEmpty() && random.nextInt(3) == 0;
        byte[] content = content(2 * random.nextInt(3));
        long value = isShared ? valueArrays.get(random.nextInt(valueArrays.size())) : heap.byteArray(content);
        int coder = isShared ? coders.get(value) : random.nextInt(2);
        coders.put(value, coder);
        contents.putIfAbsent(value, content);
        content = contents.get(value);
        long id = heap.instance("java.lang.String", Map.of("value", value, "coder", coder));
        if (random.nextInt(5) > 0 || isShared) {
            valueArrays.add(value);
            String key = "java.lang.String " + (content.length >> coder) + " " + coder + Arrays.toString(content);
            expect(key, id);
            expected.get(key).arrays.add(value);
        }
    }

    private byte[] content(int bytes) {
        byte[] content = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            content[i] = (byte) (random.nextInt(4) == 0 ? 1 : 0);
        }
        return content;
    }

    /** An object that is going to be held by something that a GC root holds; all others are garbage. */
    private void expect(String key, long id) {
        expected.computeIfAbsent(key, any -> new Alike()).objects.add(id);
        heldBy.put(id, key);
        held.add(id);
    }

    private void hold(long object) {
        Map<String, Long> holders = expected.get(heldBy.get(object)).holders;
        int which = random.nextInt(4);
        if (which == 3) {
            heap.root(RootKind.JNI_GLOBAL, heap.objectArray("com.acme.Thing[]", object, 0));
            holders.merge("com.acme.Thing[]", 1L, Long::sum);
        } else {
            heap.root(RootKind.JNI_GLOBAL, heap.instance("com.acme.Holder" + which, Map.of("it", object)));
            holders.merge("com.acme.Holder" + which + "#it", 1L, Long::sum);
            // garbage and weak references do not count as holders
            heap.instance("com.acme.Holder0", Map.of("it", object));
            heap.root(RootKind.JNI_GLOBAL, heap.weakReference(object));
        }
    }
}

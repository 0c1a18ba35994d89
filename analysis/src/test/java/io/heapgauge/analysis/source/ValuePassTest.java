/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapgauge.analysis.fixture.FieldType;
import io.heapgauge.analysis.fixture.FixtureHeap;
import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.graph.IdSink;
import io.heapgauge.analysis.graph.ValueSink;
import io.heapgauge.analysis.layout.VmModel;
import io.heapgauge.analysis.monitor.Monitor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The passes for values and for references by field. */
class ValuePassTest {
    private static final class Taken implements ValueSink {
        final Map<Long, String> instances = new HashMap<>();
        final Map<Long, String> hashes = new HashMap<>();
        final Map<Long, String> slots = new HashMap<>();
        final Set<Long> unwanted = new HashSet<>();

        @Override
        public void instance(long id, int type, long[] values) {
            instances.put(id, Arrays.toString(values));
        }

        @Override
        public boolean wantsArray(long id, int type) {
            return !unwanted.contains(id);
        }

        @Override
        public void primitiveArray(long id, int type, int length, long hash, long otherHash) {
            hashes.put(id, length + " " + hash + " " + otherHash);
        }

        @Override
        public void objectArray(long id, int type, int length, int used) {
            slots.put(id, used + " of " + length);
        }
    }

    private final FixtureHeap heap = new FixtureHeap();
    private final Taken taken = new Taken();

    @TempDir
    private Path directory;

    @Test
    void fields_come_in_the_order_they_were_asked_for_with_those_of_super_classes() throws IOException {
        heap.type("com.acme.Base")
                .field("number", FieldType.SHORT)
                .field("other", FieldType.LONG)
                .field("next", FieldType.OBJECT);
        heap.type("com.acme.Sub").extending("com.acme.Base").field("number", FieldType.BYTE);
        long base = heap.instance("com.acme.Base", Map.of("number", -2, "other", 5L));
        long sub = heap.instance("com.acme.Sub", Map.of("com.acme.Sub#number", 7, "next", base, "other", -1L));
        values(
                "com.acme.Sub",
                new FieldRule("com.acme.Base", "next"),
                new FieldRule("com.acme.Sub", "number"),
                new FieldRule("com.acme.Base", "number"),
                new FieldRule("com.acme.Base", "other"));
        assertThat(taken.instances).isEqualTo(Map.of(sub, "[" + base + ", 7, 0, -1]"));
        values("com.acme.Base", new FieldRule("com.acme.Base", "number"));
        assertThat(taken.instances).containsEntry(base, "[-2]");
    }

    @Test
    void a_field_that_a_type_does_not_have_is_refused() {
        heap.instance("com.acme.Plain");
        assertThatThrownBy(() -> values("com.acme.Plain", new FieldRule("com.acme.Plain", "none")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no instance field com.acme.Plain#none");
    }

    @Test
    void arrays_of_several_windows_are_equal_by_contents_wherever_they_stand() throws IOException {
        byte[] content = new byte[3_000_001];
        new java.util.Random(3).nextBytes(content);
        long one = heap.byteArray(content.clone());
        heap.byteArray(new byte[777]);
        long two = heap.byteArray(content.clone());
        content[content.length - 1]++;
        long three = heap.byteArray(content.clone());
        long chars = heap.primitiveArray(FieldType.CHAR, 1_500_000, Arrays.copyOf(content, 3_000_000));
        long shorts = heap.primitiveArray(FieldType.SHORT, 1_500_000, Arrays.copyOf(content, 3_000_000));
        long unwanted = heap.byteArray((byte) 1);
        taken.unwanted.add(unwanted);
        values("java.lang.String");
        assertThat(taken.hashes.get(one)).isEqualTo(taken.hashes.get(two)).startsWith("3000001 ");
        assertThat(taken.hashes.get(three)).isNotEqualTo(taken.hashes.get(one));
        assertThat(taken.hashes.get(chars)).isNotEqualTo(taken.hashes.get(shorts));
        assertThat(taken.hashes).doesNotContainKey(unwanted);
    }

    @Test
    void slots_that_are_not_null_are_counted_in_arrays_of_any_length() throws IOException {
        long empty = heap.objectArray("com.acme.A[]");
        long some = heap.objectArray("com.acme.A[]", 0, empty, 0, 0x7777);
        long[] many = new long[400_000];
        Arrays.fill(many, 0, 250_000, empty);
        long large = heap.objectArray("com.acme.A[]", many);
        values("java.lang.String");
        assertThat(taken.slots)
                .containsEntry(empty, "0 of 0")
                .containsEntry(some, "2 of 4")
                .containsEntry(large, "250000 of 400000");
    }

    @Test
    void every_reference_comes_with_the_field_it_is_in() throws IOException {
        heap.type("com.acme.Node").field("n", FieldType.INT).field("next", FieldType.OBJECT);
        heap.type("com.acme.Sub").extending("com.acme.Node");
        long last = heap.instance("com.acme.Node");
        long first = heap.instance("com.acme.Sub", Map.of("next", last));
        long array = heap.objectArray("com.acme.Node[]", 0, first, last);
        heap.type("com.acme.Sub")
                .staticField("ALL", FieldType.OBJECT, array)
                .staticField("<init_lock>", FieldType.OBJECT, last);
        HprofSource source = opened();
        List<String> references = new ArrayList<>();
        List<String> found = new ArrayList<>();
        List<Integer> fields = new ArrayList<>();
        List<String> names = source.fieldReferences((holder, field, target) -> {
            references.add(Long.toHexString(holder) + " " + Long.toHexString(target));
            fields.add(field);
        });
        for (int i = 0; i < fields.size(); i++) {
            found.add(names.get(fields.get(i)) + " " + references.get(i));
        }
        long sub = heap.type("com.acme.Sub").classId();
        assertThat(found)
                .containsExactlyInAnyOrder(
                        "com.acme.Node#next " + pair(first, last),
                        "com.acme.Node[] " + pair(array, first),
                        "com.acme.Node[] " + pair(array, last),
                        "com.acme.Sub#ALL " + pair(sub, array),
                        "java.lang.Class#<init_lock> " + pair(sub, last));
    }

    private static String pair(long holder, long target) {
        return Long.toHexString(holder) + " " + Long.toHexString(target);
    }

    private void values(String type, FieldRule... fields) throws IOException {
        HprofSource source = opened();
        List<List<FieldRule>> wanted = new ArrayList<>();
        for (HeapType known : source.types()) {
            wanted.add(known.name().equals(type) ? List.of(fields) : List.of());
        }
        source.values(wanted, taken);
    }

    private HprofSource opened() throws IOException {
        Path dump = heap.write(directory.resolve("values.hprof"));
        HprofSource source = HprofSource.open(dump, HprofSource.Options.of(VmModel.DEFAULT), Monitor.NONE);
        source.scan(() -> IdSink.NONE);
        return source;
    }
}

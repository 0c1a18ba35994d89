/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import static io.heapgauge.analysis.fixture.FieldType.BYTE;
import static io.heapgauge.analysis.fixture.FieldType.INT;
import static io.heapgauge.analysis.fixture.FieldType.LONG;
import static io.heapgauge.analysis.fixture.FieldType.OBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.fixture.FixtureHeap;
import io.heapgauge.analysis.fixture.HprofWriter;
import io.heapgauge.analysis.fixture.SubRecords;
import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.graph.IdSink;
import io.heapgauge.analysis.graph.TypeTally;
import io.heapgauge.analysis.layout.VmModel;
import io.heapgauge.analysis.monitor.CancelSignal;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.monitor.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sizes of objects whose dump says nothing but their addresses. */
class ShallowSizesTest {
    private static final String POINT = "com.acme.Point";
    private static final int MANY = 40;

    @TempDir
    Path directory;

    /** What the first pass finds out. */
    private record Found(String sizesFrom, List<HeapType> types, TypeTally tally) {
        int type(String name) {
            return types.stream()
                    .filter(type -> type.name().equals(name))
                    .findFirst()
                    .orElseThrow()
                    .index();
        }

        long bytesEach(String name) {
            return tally.bytes()[type(name)] / tally.objects()[type(name)];
        }

        long bytesButMirrors() {
            return Arrays.stream(tally.bytes()).sum() - tally.bytes()[type("java.lang.Class")];
        }
    }

    private Found scan(HprofWriter dump, VmModel model) throws IOException {
        HprofSource source = HprofSource.open(
                dump.write(directory.resolve("heap.hprof")),
                HprofSource.Options.of(model),
                new Monitor(Progress.NONE, CancelSignal.NEVER));
        TypeTally tally = source.scan(() -> IdSink.NONE);
        return new Found(source.sizesFrom(), source.types(), tally);
    }

    static List<VmModel> models() {
        return List.of(
                VmModel.DEFAULT,
                new VmModel(12, 8, 8, false),
                new VmModel(12, 4, 16, false),
                new VmModel(16, 8, 8, true),
                new VmModel(16, 8, 8, false),
                new VmModel(8, 4, 8, true),
                new VmModel(8, 8, 8, true));
    }

    @ParameterizedTest
    @MethodSource("models")
    void the_model_of_a_shuffled_dump_is_found_out_from_neighbours(VmModel model) throws IOException {
        FixtureHeap heap = new FixtureHeap(8, model).shuffled(7);
        long bytes = fill(heap, 200);
        Found found = scan(heap.writer(), null);
        assertThat(found.sizesFrom())
                .startsWith("inferred from neighbouring addresses: " + ModelInference.describe(model));
        assertThat(found.bytesButMirrors()).isEqualTo(bytes);
    }

    @Test
    void a_large_shuffled_dump_is_sampled_in_windows() throws IOException {
        VmModel model = new VmModel(12, 8, 8, false);
        FixtureHeap heap = new FixtureHeap(8, model).shuffled(11);
        long bytes = fill(heap, 60_000);
        Found found = scan(heap.writer(), null);
        assertThat(found.sizesFrom())
                .startsWith("inferred from neighbouring addresses: " + ModelInference.describe(model));
        assertThat(found.bytesButMirrors()).isEqualTo(bytes);
    }

    @Test
    void where_no_object_has_a_neighbour_the_usual_model_is_assumed_and_that_is_said() throws IOException {
        FixtureHeap heap = new FixtureHeap().scattered(3);
        fill(heap, 200);
        assertThat(scan(heap.writer(), null).sizesFrom())
                .isEqualTo(
                        "assumed, too few objects of the dump lie side by side: header 12, references 4, alignment 8,"
                                + " JDK 15 to 18");
    }

    @Test
    void the_flags_of_the_vm_are_said_to_be_the_source() throws IOException {
        FixtureHeap heap = new FixtureHeap();
        fill(heap, 10);
        assertThat(scan(heap.writer(), VmModel.DEFAULT).sizesFrom())
                .isEqualTo("vm flags: header 12, references 4, alignment 8, JDK 15 to 18");
    }

    @Test
    void a_dead_object_that_the_dump_left_out_makes_its_neighbour_no_larger() throws IOException {
        assertThat(scan(spaced(40), VmModel.DEFAULT).bytesEach(POINT)).isEqualTo(24);
    }

    @Test
    void padding_that_no_table_knows_is_seen_and_said() throws IOException {
        Found found = scan(spaced(280), VmModel.DEFAULT);
        assertThat(found.bytesEach(POINT)).isEqualTo(280);
        assertThat(found.sizesFrom()).endsWith(", 1 class as their neighbours show");
    }

    @Test
    void the_object_of_a_class_that_lies_between_is_no_padding() throws IOException {
        Found found = scan(spaced(24 + 128, true), VmModel.DEFAULT);
        assertThat(found.bytesEach(POINT)).isEqualTo(24);
        assertThat(found.sizesFrom()).endsWith("JDK 15 to 18");
    }

    @Test
    void objects_nearer_than_the_model_allows_refute_it() throws IOException {
        assertThat(scan(spaced(16), VmModel.DEFAULT).bytesEach(POINT)).isEqualTo(16);
    }

    @Test
    void a_class_mirror_ends_in_its_static_fields_but_not_in_what_the_dump_adds_to_them() throws IOException {
        FixtureHeap heap = new FixtureHeap();
        long least = mirrors(heap);
        heap.type("com.acme.Nothing");
        long plain = mirrors(heap);
        long classBytes = plain - least;
        heap.type("com.acme.Statics").staticField("a", OBJECT).staticField("b", LONG);
        assertThat(mirrors(heap)).isEqualTo(plain + classBytes + 16);
        heap.type("com.acme.Statics")
                .staticField("<resolved_references>", OBJECT)
                .staticField("<init_lock>", OBJECT);
        assertThat(mirrors(heap)).isEqualTo(plain + classBytes + 16);
        heap.type("com.acme.Statics").staticField("c", OBJECT).staticField("d", INT);
        assertThat(mirrors(heap)).isEqualTo(plain + classBytes + 24);
    }

    private long mirrors(FixtureHeap heap) throws IOException {
        Found found = scan(heap.writer(), VmModel.DEFAULT);
        return found.tally().bytes()[found.type("java.lang.Class")];
    }

    private static long fill(FixtureHeap heap, int rounds) {
        heap.type("com.acme.Mixed").field("a", INT).field("b", LONG).field("c", OBJECT);
        heap.type("com.acme.One").field("a", INT);
        heap.type("com.acme.References").field("a", OBJECT).field("b", OBJECT).field("c", OBJECT);
        long bytes = 0;
        for (int i = 0; i < rounds; i++) {
            for (long id : new long[] {
                heap.instance("com.acme.Mixed"),
                heap.instance("java.lang.Object"),
                heap.instance("com.acme.One"),
                heap.instance("com.acme.References"),
                heap.primitiveArray(BYTE, i % 50),
                heap.objectArray("com.acme.One[]", new long[i % 30])
            }) {
                bytes += heap.shallowBytes(id);
            }
        }
        return bytes;
    }

    /** Points of two ints, 24 bytes each, with this distance between them. */
    private static HprofWriter spaced(long distance) throws IOException {
        return spaced(distance, false);
    }

    private static HprofWriter spaced(long distance, boolean classesBetween) throws IOException {
        FixtureHeap heap = new FixtureHeap();
        heap.type(POINT).field("x", INT).field("y", INT);
        byte[] dump = heap.writer().toByteArray();
        HprofWriter whole = new HprofWriter(8).raw(Arrays.copyOf(dump, dump.length - 9));
        SubRecords out = whole.subRecords();
        for (int i = 0; i < MANY; i++) {
            long id = 0x5000_0000L + distance * i;
            out.instance(id, heap.type(POINT).classId(), new byte[8]);
            if (classesBetween) {
                out.classDump(id + 24, heap.type("java.lang.Object").classId(), 0, List.of(), List.of());
            }
        }
        return whole.record(HprofWriter.HEAP_DUMP_SEGMENT, out.raw()).end();
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis;

import static io.heapgauge.analysis.fixture.FieldType.INT;
import static io.heapgauge.analysis.fixture.FieldType.LONG;
import static io.heapgauge.analysis.fixture.FieldType.OBJECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapgauge.analysis.fixture.FieldType;
import io.heapgauge.analysis.fixture.FixtureFacts;
import io.heapgauge.analysis.fixture.FixtureHeap;
import io.heapgauge.analysis.fixture.HprofWriter;
import io.heapgauge.analysis.fixture.RootKind;
import io.heapgauge.analysis.fixture.SubRecords;
import io.heapgauge.analysis.hprof.HprofException;
import io.heapgauge.analysis.layout.VmModel;
import io.heapgauge.analysis.measure.Exclusion;
import io.heapgauge.analysis.measure.RootDefinition;
import io.heapgauge.analysis.measure.RootSpec;
import io.heapgauge.analysis.monitor.AnalysisCancelledException;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.Level;
import io.heapgauge.analysis.report.RootState;
import io.heapgauge.analysis.report.RootSummary;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.report.TypeSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeapAnalyzerTest {
    @TempDir
    Path directory;

    private HeapReport analyze(HprofWriter dump, AnalysisRequest.Builder request) throws IOException {
        Path file = dump.write(directory.resolve("test.hprof"));
        return HeapAnalyzer.analyze(
                file, FixtureFacts.FILE, request.scratchDirectory(directory).build());
    }

    private static RootDefinition root(String spec, String... exclusions) {
        return new RootDefinition(
                spec,
                RootSpec.parse(spec),
                Stream.of(exclusions).map(Exclusion::parse).toList());
    }

    @Test
    void types_are_counted_with_their_largest_object() throws IOException {
        FixtureHeap heap = new FixtureHeap();
        heap.primitiveArray(FieldType.BYTE, 100);
        heap.primitiveArray(FieldType.BYTE, 4);
        long array = heap.primitiveArray(FieldType.BYTE, 1_000_000);
        heap.root(RootKind.JNI_GLOBAL, array);
        HeapReport report = analyze(heap.writer(), AnalysisRequest.builder().vmModel(VmModel.DEFAULT));
        TypeSummary bytes = report.type("byte[]").orElseThrow();
        assertThat(bytes).isEqualTo(new TypeSummary("byte[]", 3, 1_000_160, 1_000_016, new Size(1, 1_000_016)));
        assertThat(report.typeCount()).isEqualTo(report.types().size());
        assertThat(report.otherThanTop(1_000)).isEqualTo(Size.ZERO);
    }

    @Test
    void every_layout_is_found_out_from_the_addresses() throws IOException {
        for (VmModel model : List.of(
                VmModel.DEFAULT,
                new VmModel(12, 8, 8, false),
                new VmModel(12, 4, 16, false),
                new VmModel(8, 4, 8, true),
                new VmModel(16, 8, 8, false),
                new VmModel(16, 8, 8, true))) {
            FixtureHeap heap = new FixtureHeap(8, model);
            heap.type("com.acme.Mixed").field("a", INT).field("b", LONG).field("c", OBJECT);
            heap.type("com.acme.One").field("a", INT);
            long bytes = 0;
            for (int i = 0; i < 50; i++) {
                for (long id : new long[] {
                    heap.instance("com.acme.Mixed"),
                    heap.instance("java.lang.Object"),
                    heap.instance("com.acme.One"),
                    heap.primitiveArray(FieldType.BYTE, i),
                    heap.objectArray("com.acme.One[]", new long[i])
                }) {
                    bytes += heap.shallowBytes(id);
                }
            }
            HeapReport report = analyze(heap.writer(), AnalysisRequest.builder());
            assertThat(report.analysis().shallowSizes())
                    .startsWith("inferred from neighbouring addresses: header " + model.headerBytes() + ", references "
                            + model.referenceBytes() + ", alignment " + model.alignmentBytes());
            assertThat(report.types().stream()
                            .filter(row -> !row.type().equals("java.lang.Class"))
                            .mapToLong(TypeSummary::bytes)
                            .sum())
                    .isEqualTo(bytes);
        }
    }

    @Test
    void what_the_vm_pads_by_annotation_is_seen_in_the_addresses() throws IOException {
        FixtureHeap heap = new FixtureHeap();
        heap.type("com.acme.Contended").field("value", LONG);
        heap.type("com.acme.Padding").field("a", LONG).field("b", LONG).field("c", LONG);
        HprofWriter dump = heap.writer();
        SubRecords out = dump.subRecords();
        byte[] value = new byte[8];
        for (int i = 0; i < 40; i++) {
            out.instance(
                    0x5000_0000L + 272L * i, heap.type("com.acme.Contended").classId(), value);
        }
        HprofWriter whole = new FixtureHeapDump(heap).with(out);
        HeapReport report = analyze(whole, AnalysisRequest.builder().vmModel(VmModel.DEFAULT));
        assertThat(report.type("com.acme.Contended").orElseThrow().largestBytes())
                .isEqualTo(272);
    }

    /** Puts more sub-records in front of a fixture's own end. */
    private record FixtureHeapDump(FixtureHeap heap) {
        HprofWriter with(SubRecords more) throws IOException {
            byte[] dump = heap.writer().toByteArray();
            HprofWriter whole = new HprofWriter(8).raw(java.util.Arrays.copyOf(dump, dump.length - 9));
            return whole.record(HprofWriter.HEAP_DUMP_SEGMENT, more.raw()).end();
        }
    }

    @Test
    void duplicates_and_missing_objects_are_counted_and_harmless() throws IOException {
        FixtureHeap heap = new FixtureHeap();
        heap.type("com.acme.A").field("next", OBJECT).field("other", OBJECT);
        long a = heap.instance("com.acme.A", Map.of("next", 0x6000_0000L, "other", 0x6000_0003L));
        heap.root(RootKind.UNKNOWN, a).root(RootKind.UNKNOWN, 0x6000_0008L);
        SubRecords again =
                heap.writer().subRecords().instance(a, heap.type("com.acme.A").classId(), new byte[16]);
        HprofWriter dump = new FixtureHeapDump(heap).with(again);
        HeapReport report = analyze(dump, AnalysisRequest.builder().vmModel(VmModel.DEFAULT));
        assertThat(report.analysis().missingReferences()).isEqualTo(2);
        assertThat(report.analysis().duplicateObjects()).isEqualTo(1);
        assertThat(report.type("com.acme.A").orElseThrow().objects()).isEqualTo(1);
        assertThat(report.totals().all().objects())
                .isEqualTo(report.totals().reachable().objects()
                        + report.totals().notReached().objects());
    }

    @Test
    void ids_that_are_no_addresses_work_too() throws IOException {
        HprofWriter dump = new HprofWriter(4)
                .header()
                .utf8(1, "com/acme/A")
                .utf8(2, "next")
                .loadClass(1, 3, 1);
        dump.segment(out -> {
                    out.classDump(3, 0, 0, List.of(), List.of(new SubRecords.Field(2, OBJECT)));
                    out.instance(5, 3, new byte[] {0, 0, 0, 7});
                    out.instance(7, 3, new byte[] {0, 0, 0, 5});
                    out.root(RootKind.UNKNOWN, 7);
                })
                .end();
        HeapReport report = analyze(dump, AnalysisRequest.builder().roots(List.of(root("object:7"))));
        RootSummary seven = report.roots().get(0);
        assertThat(seven.reachable().total().objects()).isEqualTo(2);
    }

    @Test
    void a_small_budget_gives_types_and_says_so() throws IOException {
        FixtureHeap heap = new FixtureHeap();
        long a = heap.instance("java.lang.Object");
        heap.root(RootKind.UNKNOWN, a);
        HeapReport report = analyze(
                heap.writer(),
                AnalysisRequest.builder().scratchBudgetBytes(1000).roots(List.of(root("class:java.lang.Object"))));
        assertThat(report.analysis().level()).isEqualTo(Level.TYPES);
        assertThat(report.analysis().levelReason()).contains("budget is 1000");
        assertThat(report.totals().reachable()).isNull();
        assertThat(report.roots().get(0).state()).isEqualTo(RootState.NOT_MEASURED);
        assertThat(report.totals().all().objects()).isPositive();
    }

    @Test
    void ids_all_over_the_address_space_do_not_fill_the_disk() throws IOException {
        FixtureHeap heap = new FixtureHeap();
        SubRecords far = heap.writer().subRecords();
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            far.primitiveArray(random.nextLong() & -8, FieldType.BYTE, 0);
        }
        HeapReport report = analyze(new FixtureHeapDump(heap).with(far), AnalysisRequest.builder());
        assertThat(report.analysis().level()).isEqualTo(Level.TYPES);
        assertThat(report.analysis().levelReason()).contains("bytes of scratch");
        assertThat(report.type("byte[]").orElseThrow().objects()).isEqualTo(1_000);
    }

    @Test
    void a_class_may_be_there_twice_or_have_no_name_or_the_id_zero() throws IOException {
        HprofWriter dump = new HprofWriter(8)
                .header()
                .utf8(1, "com/acme/A")
                .utf8(2, "next")
                .loadClass(1, 0, 0)
                .loadClass(2, 0x300, 1);
        dump.segment(out -> {
                    out.classDump(0, 0, 0, List.of(), List.of());
                    out.classDump(0x300, 0, 0, List.of(), List.of(new SubRecords.Field(2, OBJECT)));
                    out.classDump(0x300, 0, 0, List.of(new SubRecords.Static(2, OBJECT, 8L)), List.of());
                    out.instance(0x500, 0, new byte[0]);
                    out.instance(0x600, 0x300, new byte[8]);
                    out.root(RootKind.THREAD_OBJECT, 0x500, 1, 0);
                    out.root(RootKind.THREAD_OBJECT, 0x600, 2, 0);
                })
                .end();
        HeapReport report = analyze(dump, AnalysisRequest.builder().roots(List.of(root("thread:any"))));
        assertThat(report.type("com.acme.A").orElseThrow().objects()).isEqualTo(1);
        assertThat(report.type("unnamed class 0x0").orElseThrow().objects()).isEqualTo(1);
        assertThat(report.analysis().duplicateObjects()).isEqualTo(1);
    }

    @Test
    void nothing_is_left_in_the_scratch_directory() throws IOException {
        FixtureHeap heap = new FixtureHeap();
        heap.instance("java.lang.Object");
        analyze(heap.writer(), AnalysisRequest.builder());
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("test.hprof");
        }
    }

    @Test
    void a_request_that_contradicts_itself_is_refused() {
        AnalysisRequest.Builder unknown =
                AnalysisRequest.builder().roots(List.of(root("object:1", "root:nobody"), root("object:8")));
        assertThatThrownBy(unknown::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("excludes root nobody, which is not configured");
        AnalysisRequest.Builder twice = AnalysisRequest.builder().roots(List.of(root("object:8"), root("object:8")));
        assertThatThrownBy(twice::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("two roots are named object:8");
    }

    @Test
    void an_object_of_a_class_without_record_is_refused_with_its_offset() {
        FixtureHeap heap = new FixtureHeap();
        heap.instance("java.lang.Object");
        assertThatThrownBy(() -> analyze(
                        new FixtureHeapDump(heap)
                                .with(heap.writer().subRecords().instance(0x5000_0000L, 0x999, new byte[0])),
                        AnalysisRequest.builder()))
                .isInstanceOf(HprofException.class)
                .hasMessageContaining("class record of 0x999")
                .hasMessageContaining("at offset");
    }

    @Test
    void instances_that_contradict_their_class_are_refused() {
        FixtureHeap heap = new FixtureHeap();
        heap.type("com.acme.A").field("next", OBJECT);
        heap.instance("com.acme.A");
        assertThatThrownBy(() -> analyze(
                        new FixtureHeapDump(heap)
                                .with(heap.writer()
                                        .subRecords()
                                        .instance(
                                                0x5000_0000L,
                                                heap.type("com.acme.A").classId(),
                                                new byte[3])),
                        AnalysisRequest.builder()))
                .isInstanceOf(HprofException.class)
                .hasMessageContaining("com.acme.A with 3 bytes of fields where its class has 8");
    }

    @Test
    void roots_that_cannot_be_measured_say_why() throws IOException {
        FixtureHeap heap = new FixtureHeap();
        heap.type("com.acme.A").staticField("EMPTY", OBJECT);
        heap.instance("com.acme.A");
        heap.thread("main");
        HeapReport report = analyze(
                heap.writer(),
                AnalysisRequest.builder()
                        .roots(List.of(
                                root("static:com.acme.Nowhere#X"),
                                root("static:com.acme.A#MISSING"),
                                root("static:com.acme.A#EMPTY"),
                                root("class:com.acme.B"),
                                root("thread:nobody"),
                                root("registered:nothing"),
                                root("object:0x10"),
                                root("class:com.acme.A"))));
        assertThat(report.roots())
                .extracting(RootSummary::detail)
                .containsExactly(
                        "no class com.acme.Nowhere in the heap",
                        "class com.acme.A has no static reference field MISSING",
                        "the field is null",
                        "no instance of com.acme.B in the heap",
                        "no live thread has that name",
                        "nothing is registered under that name",
                        "no object has the id 0x10",
                        "it is in the heap, but no GC root reaches it");
        assertThat(report.roots()).extracting(RootSummary::reachable).containsOnlyNulls();
    }

    @Test
    void a_cancelled_analysis_stops_and_cleans_up() throws IOException {
        FixtureHeap heap = new FixtureHeap();
        heap.instance("java.lang.Object");
        List<String> phases = new ArrayList<>();
        assertThatThrownBy(() -> analyze(
                        heap.writer(),
                        AnalysisRequest.builder()
                                .progress((phase, fraction) -> phases.add(phase))
                                .cancel(() -> phases.contains("reading references"))))
                .isInstanceOf(AnalysisCancelledException.class)
                .hasMessage("cancelled while reading references");
        assertThat(phases).contains("counting objects");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).hasSize(1);
        }
    }
}

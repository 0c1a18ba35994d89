/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.explore;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.fixture.FieldType;
import io.heapgauge.analysis.fixture.HprofWriter;
import io.heapgauge.analysis.fixture.RootKind;
import io.heapgauge.analysis.fixture.SubRecords;
import io.heapgauge.analysis.layout.VmModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dumps of the fork engine's in which what would only be zeros has no place. */
class BriefDumpTest {
    private static final int OBJECT = 0x10;
    private static final int ORDER = 0x20;
    private static final int LARGE_ORDER = 0x30;
    private static final int FIRST = 0x1000;
    private static final int SECOND = 0x2000;
    private static final int NUMBERS = 0x3000;
    private static final int ORDER_BYTES = 72;
    private static final int ARRAY_BYTES = 32;

    @TempDir
    private Path directory;

    /** An order that holds another and numbers; of the fields with values only a count was kept. */
    private Heap heap(int idBytes, boolean modelIsKnown) throws IOException {
        Path dump = new HprofWriter(idBytes)
                .header()
                .utf8(0, "heapgauge ids: 0x0000000000000000 + (id << 0), zeros left out")
                .utf8(1, "java/lang/Object")
                .utf8(2, "com/acme/Order")
                .utf8(3, "com/acme/LargeOrder")
                .utf8(4, "next")
                .utf8(5, "numbers")
                .utf8(6, "count")
                .loadClass(1, OBJECT, 1)
                .loadClass(2, ORDER, 2)
                .loadClass(3, LARGE_ORDER, 3)
                .segment(records -> fill(records, idBytes))
                .end()
                .write(directory.resolve("brief.hprof"));
        AnalysisRequest.Builder request = AnalysisRequest.builder().directScratch();
        return Heap.open(dump, (modelIsKnown ? request.vmModel(VmModel.DEFAULT) : request).build());
    }

    private static void fill(SubRecords records, int idBytes) {
        SubRecords.Field next = new SubRecords.Field(4, FieldType.OBJECT);
        SubRecords.Field numbers = new SubRecords.Field(5, FieldType.OBJECT);
        SubRecords.Field count = new SubRecords.Field(6, FieldType.INT);
        records.root(RootKind.JNI_GLOBAL, FIRST);
        records.classDump(OBJECT, 0, 0, 16, List.of(), List.of(), List.of());
        records.classDump(ORDER, OBJECT, 0, ORDER_BYTES, List.of(), List.of(), List.of(next, count));
        records.classDump(LARGE_ORDER, ORDER, 0, 2 * ORDER_BYTES, List.of(), List.of(), List.of(numbers));
        records.raw().u1(0x21).id(FIRST).u4(1).id(LARGE_ORDER).u4(2 * idBytes + 4);
        records.raw().id(NUMBERS).id(SECOND).u4(3);
        records.raw().u1(0x21).id(SECOND).u4(1).id(ORDER).u4(idBytes + 4).id(0).u4(4);
        records.primitiveArrayWithoutElements(NUMBERS, FieldType.INT, 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8})
    void sizes_are_those_of_the_class_records_and_of_the_lengths_of_arrays(int idBytes) throws IOException {
        try (Heap heap = heap(idBytes, true)) {
            assertThat(heap.at(FIRST).shallow()).isEqualTo(2 * ORDER_BYTES);
            assertThat(heap.at(SECOND).shallow()).isEqualTo(ORDER_BYTES);
            assertThat(heap.at(NUMBERS).shallow()).isEqualTo(ARRAY_BYTES);
            assertThat(heap.at(FIRST).owned()).isEqualTo(3 * ORDER_BYTES + ARRAY_BYTES);
        }
    }

    @Test
    void sizes_do_not_depend_on_a_model() throws IOException {
        try (Heap heap = heap(4, false)) {
            assertThat(heap.at(SECOND).shallow()).isEqualTo(ORDER_BYTES);
        }
    }

    @Test
    void what_was_kept_is_there() throws IOException {
        try (Heap heap = heap(4, true)) {
            assertThat(heap.at(FIRST).fields())
                    .containsExactly(
                            Map.entry("numbers", heap.at(NUMBERS)),
                            Map.entry("next", heap.at(SECOND)),
                            Map.entry("count", 3));
        }
    }

    @Test
    void elements_that_were_left_out_are_zeros() throws IOException {
        try (Heap heap = heap(4, true)) {
            HeapObject numbers = heap.at(NUMBERS);
            assertThat(numbers.type()).isEqualTo("int[]");
            assertThat(numbers.length()).isEqualTo(3);
            assertThat(numbers.value()).isEqualTo("[0, 0, 0]");
        }
    }
}

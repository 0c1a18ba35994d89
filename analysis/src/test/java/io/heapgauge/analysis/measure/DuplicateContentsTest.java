/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.HeapInspector;
import io.heapgauge.analysis.fixture.FieldType;
import io.heapgauge.analysis.fixture.FixtureHeap;
import io.heapgauge.analysis.fixture.RootKind;
import io.heapgauge.analysis.layout.VmModel;
import io.heapgauge.analysis.report.DuplicateGroup;
import io.heapgauge.analysis.report.DuplicateTotals;
import io.heapgauge.analysis.report.Duplicates;
import io.heapgauge.analysis.store.ScratchBudgetException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuplicateContentsTest {
    private static final String STRING = "java.lang.String";

    private final FixtureHeap heap = new FixtureHeap();
    private long scratchBytes = Long.MAX_VALUE;

    @TempDir
    private Path directory;

    @Test
    void strings_that_share_their_array_waste_their_shells_only() throws IOException {
        long first = held(heap.string("alike"));
        held(heap.instance(STRING, Map.of("value", heap.reference(first, "value"))));
        DuplicateGroup group = only(find(10));
        assertThat(group.copies()).isEqualTo(2);
        assertThat(group.wastedBytes()).isEqualTo(heap.shallowBytes(first));
        assertThat(group.exampleId()).isEqualTo(first);
        assertThat(group.holder()).isNull();
    }

    @Test
    void an_array_outside_of_strings_is_no_copy_of_a_string() throws IOException {
        held(heap.string("alike"));
        held(heap.byteArray("alike".getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(find(10).groups()).isEmpty();
    }

    @Test
    void garbage_and_what_is_held_weakly_are_no_copies() throws IOException {
        held(heap.string("alike"));
        heap.string("alike");
        held(heap.weakReference(heap.string("alike")));
        assertThat(find(10).groups()).isEmpty();
    }

    @Test
    void strings_of_chars_and_of_two_bytes_per_char_have_their_length_in_chars() throws IOException {
        for (int i = 0; i < 2; i++) {
            held(heap.instance(STRING, Map.of("value", heap.primitiveArray(FieldType.CHAR, 7))));
            held(heap.instance(STRING, Map.of("value", heap.primitiveArray(FieldType.BYTE, 12), "coder", 1)));
        }
        assertThat(find(10).groups())
                .extracting(DuplicateGroup::kind, DuplicateGroup::length)
                .containsExactlyInAnyOrder(tuple(STRING, 7L), tuple(STRING, 6L));
    }

    @Test
    void strings_with_a_part_of_an_array_are_not_understood_and_their_arrays_count() throws IOException {
        heap.type(STRING).field("offset", FieldType.INT).field("count", FieldType.INT);
        held(heap.string("alike"));
        held(heap.string("alike"));
        Duplicates found = find(10);
        assertThat(found.stringsKnown()).isFalse();
        assertThat(only(found).kind()).isEqualTo("byte[]");
    }

    @Test
    void totals_are_of_all_groups_and_the_largest_come_first() throws IOException {
        for (int length = 1; length <= 100; length++) {
            held(heap.primitiveArray(FieldType.LONG, length));
            held(heap.primitiveArray(FieldType.LONG, length));
        }
        Duplicates found = find(2);
        assertThat(found.groups()).extracting(DuplicateGroup::length).containsExactly(100L, 99L);
        long wasted = 0;
        for (int length = 1; length <= 100; length++) {
            wasted += VmModel.DEFAULT.arrayBytes(length, 8);
        }
        assertThat(found.totals()).containsExactly(new DuplicateTotals("long[]", 100, 100, wasted));
    }

    @Test
    void what_does_not_fit_the_scratch_budget_is_refused() {
        held(heap.string("alike"));
        scratchBytes = 300_000;
        assertThatThrownBy(() -> find(10)).isInstanceOf(ScratchBudgetException.class);
    }

    @Test
    void a_number_of_rows_out_of_range_is_refused() {
        assertThatThrownBy(() -> find(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> find(DuplicateContents.MOST_GROUPS + 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1001: expected a number from 1 to 1000");
    }

    private long held(long id) {
        heap.root(RootKind.JNI_GLOBAL, id);
        return id;
    }

    private Duplicates find(int most) throws IOException {
        Path dump = heap.write(directory.resolve("duplicates.hprof"));
        return HeapInspector.of(
                        dump,
                        AnalysisRequest.builder()
                                .vmModel(VmModel.DEFAULT)
                                .scratchDirectory(directory)
                                .scratchBudgetBytes(scratchBytes)
                                .build())
                .duplicates(most);
    }

    private static DuplicateGroup only(Duplicates found) {
        assertThat(found.groups()).hasSize(1);
        return found.groups().get(0);
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.explore.Heap;
import io.heapgauge.analysis.explore.HeapObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesSourceTest {
    private static final String ONE =
            "{\"address\": 16, \"type\": \"list\", \"size\": 40, \"len\": 2, \"refs\": [32, 48]}";
    private static final String TWO =
            "{\"address\": 32, \"type\": \"str\", \"size\": 41, \"len\": 4, \"value\": \"a\\u00e9\\ud83d\\ude00\", \"refs\": []}";
    private static final String THREE =
            "{\"address\": 48, \"type\": \"int\", \"size\": 24, \"value\": 7, \"refs\": []}";

    @TempDir
    private Path directory;

    private Heap open(String text) throws IOException {
        Path file = directory.resolve("heap.jsonl");
        Files.writeString(file, text, StandardCharsets.UTF_8);
        return Heap.open(file, AnalysisRequest.builder().directScratch().build());
    }

    private static void assertThree(Heap heap) {
        assertThat(heap.size()).isEqualTo(3);
        HeapObject list = heap.at(16);
        assertThat(list.asList()).containsExactly(heap.at(32), heap.at(48));
        assertThat(list.reachable()).isEqualTo(40 + 41 + 24);
        assertThat(heap.at(32).value()).isEqualTo("a\u00e9\ud83d\ude00");
        assertThat(heap.at(32).length()).isEqualTo(4);
        assertThat(heap.at(48).value()).isEqualTo(7L);
    }

    @Test
    void takes_lines_arrays_and_lines_with_commas() throws IOException {
        for (String text : new String[] {
            String.join("\n", ONE, TWO, THREE) + "\n",
            String.join("\r\n", ONE, TWO, THREE),
            "[\n" + String.join(",\n", ONE, TWO, THREE) + "\n]\n",
            "[" + String.join(",", ONE, TWO, THREE) + "]",
            String.join(",\n", ONE, TWO, THREE) + ",\n",
            "\n\n" + String.join("\n\n", ONE, TWO, THREE) + "\n\n",
        }) {
            try (Heap heap = open(text)) {
                assertThree(heap);
                assertThat(heap.remarks()).as(text).isEqualTo("sizes as the file has them");
            }
        }
    }

    @Test
    void takes_keys_in_any_order_and_passes_over_those_it_does_not_know() throws IOException {
        String mixed =
                "{\"refs\": [32, 48], \"x\": {\"y\": [1, {\"z\": 2}]}, \"size\": 40, \"type\": \"list\", \"len\": 2,"
                        + " \"address\": 16, \"also\": [[1], {\"a\": 1}]}";
        try (Heap heap = open(String.join("\n", mixed, TWO, THREE))) {
            assertThree(heap);
        }
    }

    @Test
    void lines_that_tell_nothing_are_passed_over_counted_and_told() throws IOException {
        String cut = ONE.substring(0, 40);
        String text = String.join(
                "\n",
                ONE,
                "loading... line 3",
                cut,
                TWO,
                "{\"type\": \"str\", \"size\": 1}",
                "{\"address\": 99, \"type\": \"str\", \"size\": -1, \"refs\": []}",
                "12 34",
                THREE,
                cut);
        try (Heap heap = open(text)) {
            assertThree(heap);
            assertThat(heap.remarks()).contains(" lines passed over that tell of no object, the first is line 2");
        }
    }

    @Test
    void values_of_any_shape_are_passed_over_where_they_are_none() throws IOException {
        String odd = "{\"address\": 16, \"type\": \"list\", \"value\": [1, [2]], \"name\": {\"a\": [1]}, \"len\": [2],"
                + " \"size\": 40, \"refs\": [32, \"x\", [1], {\"y\": 2}, 48]}";
        try (Heap heap = open(String.join("\n", odd, TWO, THREE))) {
            assertThree(heap);
        }
    }

    @Test
    void a_long_file_is_read_by_several_threads_with_the_same_result() throws IOException {
        StringBuilder text = new StringBuilder();
        int objects = 60_000;
        for (int i = 0; i < objects; i++) {
            text.append("{\"address\": ")
                    .append(16 * (i + 1))
                    .append(", \"type\": \"t")
                    .append(i % 300);
            text.append("\", \"size\": ")
                    .append(i % 700)
                    .append(", \"refs\": [")
                    .append(16 * (i + 2))
                    .append("]}\n");
            text.append(i % 1000 == 0 ? "not an object\n" : "");
        }
        Path file = directory.resolve("long.jsonl");
        Files.writeString(file, text);
        assertThat(Files.size(file)).isGreaterThan(3 << 20);
        AnalysisRequest.Builder request = AnalysisRequest.builder().directScratch();
        try (Heap one = Heap.open(file, request.threads(1).build());
                Heap several = Heap.open(file, request.threads(4).build())) {
            assertThat(several.summarize()).isEqualTo(one.summarize());
            assertThat(several.remarks())
                    .isEqualTo(one.remarks())
                    .contains("60 lines passed over")
                    .endsWith("line 2");
            assertThat(several.at(16).summarize().objects()).isEqualTo(objects);
            assertThat(several.at(16).summarize()).isEqualTo(one.at(16).summarize());
            assertThat(several.at(16 * 41_000L))
                    .hasToString(one.at(16 * 41_000L).toString());
            assertThat(several.at(16L * objects).children().get(0).isMissing()).isTrue();
        }
    }

    @Test
    void of_an_object_that_comes_twice_the_first_line_counts() throws IOException {
        try (Heap heap = open(String.join("\n", ONE, TWO, THREE, ONE.replace("40", "4000"), THREE))) {
            assertThree(heap);
            assertThat(heap.summarize().bytes()).isEqualTo(105);
        }
    }

    @Test
    void references_to_what_is_not_there_are_placeholders() throws IOException {
        try (Heap heap = open(String.join("\n", ONE, TWO))) {
            assertThat(heap.at(16).children()).extracting(HeapObject::isMissing).containsExactly(false, true);
            assertThat(heap.at(16).reachable()).isEqualTo(81);
        }
    }

    @Test
    void addresses_may_be_odd_negative_or_above_the_range_of_a_long() throws IOException {
        String high = "{\"address\": 18446744073709551600, \"type\": \"str\", \"size\": 1, \"refs\": [3]}";
        String odd = "{\"address\": 3, \"type\": \"str\", \"size\": 2, \"refs\": [18446744073709551600]}";
        try (Heap heap = open(high + "\n" + odd)) {
            assertThat(heap.at(-16).reachable()).isEqualTo(3);
            assertThat(heap.at(3).children()).containsExactly(heap.at(-16));
        }
    }

    @Test
    void a_file_without_an_object_is_refused_with_the_line() {
        assertThatThrownBy(() -> open("{\"some\": \"thing else\"}\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("heap.jsonl: line 1: no line of the file is an object")
                .hasMessageContaining("is it a dump in Meliae's format?");
        assertThatThrownBy(() -> open("[]")).hasMessageContaining("no line of the file is an object");
    }

    @Test
    void numbers_that_are_no_addresses_make_no_objects() throws IOException {
        String large = ONE.replace("16", "36893488147419103232");
        try (Heap heap = open(String.join("\n", ONE, large, TWO, THREE))) {
            assertThree(heap);
            assertThat(heap.at(-1).isMissing()).isTrue();
            assertThat(heap.remarks()).contains("1 line passed over").endsWith("line 2");
        }
    }

    @Test
    void a_file_in_which_everything_has_a_type_of_its_own_is_refused_before_it_takes_all_memory() {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= 200_001; i++) {
            text.append("{\"address\": ")
                    .append(16 * i)
                    .append(", \"type\": \"t")
                    .append(i);
            text.append("\", \"size\": 16, \"refs\": []}\n");
        }
        assertThatThrownBy(() -> open(text.toString()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("heap.jsonl: more than 200000 different types");
    }

    @Test
    void a_lossless_export_with_a_wrong_super_class_is_refused() {
        String text = "{\"heapgauge\": 1, \"classType\": 0, \"referenceBytes\": 4}\n"
                + "{\"class\": 0, \"name\": \"java.lang.Class\", \"id\": 8, \"super\": 7, \"loader\": 0}\n"
                + "{\"address\": 8, \"type\": \"java.lang.Class\", \"size\": 8, \"t\": 0, \"refs\": [0]}\n";
        assertThatThrownBy(() -> open(text))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the super class of java.lang.Class is type 7, but there are 1 types");
        assertThatThrownBy(() -> open(text.replace("\"classType\": 0", "\"classType\": 3")))
                .hasMessageContaining("type 3 is that of classes");
    }
}

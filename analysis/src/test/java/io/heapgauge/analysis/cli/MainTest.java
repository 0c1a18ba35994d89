/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.fixture.FieldType;
import io.heapgauge.analysis.fixture.FixtureHeap;
import io.heapgauge.analysis.fixture.FixtureType;
import io.heapgauge.analysis.fixture.RootKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @Test
    void without_a_command_it_shows_its_usage_and_fails() {
        assertThat(run()).isEqualTo(2);
        assertThat(err()).contains("Usage: heapgauge").contains("types").contains("roots");
        assertThat(out()).isEmpty();
    }

    @Test
    void help_has_examples_and_exit_codes() {
        assertThat(run("--help")).isZero();
        assertThat(out()).contains("heapgauge types service.hprof").contains("Exit codes: 0 done");
        assertThat(err()).isEmpty();
    }

    @Test
    void help_of_a_command_explains_its_words() {
        assertThat(run("types", "--help")).isZero();
        assertThat(run("roots", "--help")).isZero();
        assertThat(out())
                .contains("--top=N")
                .contains("Max the size of the largest object")
                .contains("static:Class#field")
                .contains("registered:name")
                .contains("field:Class#name");
    }

    @Test
    void it_knows_its_version() {
        assertThat(run("--version")).isZero();
        assertThat(out()).startsWith("heapgauge ");
    }

    @Test
    void wrong_usage_is_said_in_two_lines() {
        assertThat(run("types", "x.hprof", "--tpo")).isEqualTo(2);
        assertThat(err()).startsWith("heapgauge: Unknown option: '--tpo'").hasLineCount(2);
    }

    @Test
    void an_unknown_command_is_wrong_usage() {
        assertThat(run("typse", "x.hprof")).isEqualTo(2);
        assertThat(err()).startsWith("heapgauge: Unmatched arguments").contains("typse");
    }

    @Test
    void a_command_needs_a_dump_and_roots_need_a_root() {
        assertThat(run("types")).isEqualTo(2);
        assertThat(err()).contains("DUMP").contains("Try 'heapgauge types --help'.");
        assertThat(run("roots", "x.hprof")).isEqualTo(2);
        assertThat(err()).contains("--root");
        assertThat(run("roots", "x.hprof", "--root")).isEqualTo(2);
    }

    @Test
    void top_is_a_positive_number() {
        assertThat(run("types", "x.hprof", "--top", "0")).isEqualTo(2);
        assertThat(run("types", "x.hprof", "--top", "many")).isEqualTo(2);
        assertThat(err()).contains("--top 0: expected a number from 1").contains("'many' is not an int");
    }

    @Test
    void a_root_that_is_none_is_wrong_usage() {
        assertThat(run("roots", "x.hprof", "--root", "com.acme.A")).isEqualTo(2);
        assertThat(err()).contains("root 'com.acme.A': expected static:Class#field");
    }

    @Test
    void a_missing_file_is_called_missing() {
        Path missing = directory.resolve("none.hprof");
        assertThat(run("types", missing.toString())).isEqualTo(1);
        assertThat(err()).isEqualTo("heapgauge: " + missing + ": no such file" + System.lineSeparator());
    }

    @Test
    void a_directory_is_no_dump() {
        assertThat(run("types", directory.toString())).isEqualTo(1);
        assertThat(err())
                .isEqualTo("heapgauge: " + directory + ": a directory, not a heap dump" + System.lineSeparator());
    }

    @Test
    void an_empty_file_and_a_text_file_are_named_with_their_offset() throws IOException {
        Path empty = Files.createFile(directory.resolve("empty.hprof"));
        Path text = Files.writeString(directory.resolve("text.hprof"), "Hello, this is a letter\n");
        assertThat(run("types", empty.toString())).isEqualTo(1);
        assertThat(run("types", text.toString())).isEqualTo(1);
        assertThat(err())
                .hasLineCount(2)
                .contains("heapgauge: " + empty + ": at offset 0: the file is empty")
                .contains("heapgauge: " + text + ": at offset 0: not an hprof file");
    }

    @Test
    void types_as_text_have_the_rows_asked_for_and_the_totals_of_everything() throws IOException {
        assertThat(run("types", shop().toString(), "--top", "1")).isZero();
        assertThat(out())
                .contains(" elsewhere: pause unknown")
                .contains("dump shop.hprof, ")
                .contains("     0       3 ")
                .contains(" com.acme.Session\n")
                .contains("other (");
        assertThat(err()).isEmpty();
    }

    @Test
    void types_as_json_are_these_fields_and_no_others() throws IOException {
        assertThat(run("types", shop().toString(), "--json", "--top=1")).isZero();
        assertThat(out())
                .matches("\\{\"objects\":\\d+,\"bytes\":\\d+,\"types\":\\[\\{\"type\":\"com.acme.Session\","
                        + "\"objects\":3,\"bytes\":\\d+,\"largest\":\\d+\\}\\]\\}\n");
    }

    @Test
    void roots_stand_before_or_behind_the_dump() throws IOException {
        String dump = shop().toString();
        assertThat(run("roots", dump, "--root", "all=static:com.acme.Shop#ALL", "class:com.acme.Session"))
                .isZero();
        String behind = out();
        out.reset();
        assertThat(run("roots", "--root", "all=static:com.acme.Shop#ALL", "class:com.acme.Session", dump))
                .isZero();
        assertThat(withoutTimes(out())).isEqualTo(withoutTimes(behind));
        assertThat(behind)
                .contains("all owns 3 objects")
                .contains("class:com.acme.Session owns 3 objects")
                .doesNotContain("java.lang.Class\n");
    }

    @Test
    void an_exclusion_keeps_its_part_out_of_what_is_owned() throws IOException {
        assertThat(run(
                        "roots",
                        shop().toString(),
                        "--root=all=static:com.acme.Shop#ALL",
                        "--exclude",
                        "all=field:com.acme.Session#next",
                        "--json"))
                .isZero();
        assertThat(out())
                .contains("{\"name\":\"all\",\"spec\":\"static:com.acme.Shop#ALL\",\"state\":\"measured\"")
                .contains("\"reachable\":{\"objects\":3,")
                .contains("\"owned\":{\"objects\":1,");
    }

    @Test
    void a_root_that_is_not_in_the_dump_is_no_failure() throws IOException {
        assertThat(run("roots", shop().toString(), "--root", "static:com.acme.Gone#ALL"))
                .isZero();
        assertThat(out()).contains("static:com.acme.Gone#ALL gone ");
    }

    @Test
    void a_truncated_dump_fails_with_the_offset_and_prints_no_numbers() throws IOException {
        byte[] whole = Files.readAllBytes(shop());
        Path cut = Files.write(directory.resolve("cut.hprof"), Arrays.copyOf(whole, whole.length - 20));
        assertThat(run("types", cut.toString())).isEqualTo(1);
        assertThat(run("roots", cut.toString(), "--root", "class:com.acme.Session"))
                .isEqualTo(1);
        assertThat(out()).isEmpty();
        assertThat(err().lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("heapgauge: " + cut + ": at offset ") && line.contains("truncated"));
    }

    @Test
    void a_reader_that_goes_away_is_no_failure_but_a_full_disk_is() throws IOException {
        String dump = shop().toString();
        assertThat(Main.run(terminal(failing("Broken pipe")), "types", dump)).isZero();
        assertThat(err()).isEmpty();
        assertThat(Main.run(terminal(failing("No space left on device")), "types", dump, "--json"))
                .isEqualTo(1);
        assertThat(err()).startsWith("heapgauge: standard output: No space left on device");
    }

    /** Three linked sessions, big enough to come first, that a static holds. */
    private Path shop() throws IOException {
        FixtureHeap heap = new FixtureHeap();
        FixtureType session = heap.type("com.acme.Session").field("next", FieldType.OBJECT);
        for (int i = 0; i < 100; i++) {
            session.field("number" + i, FieldType.LONG);
        }
        long last = heap.instance("com.acme.Session");
        long middle = heap.instance("com.acme.Session", Map.of("next", last));
        long first = heap.instance("com.acme.Session", Map.of("next", middle));
        heap.type("com.acme.Shop").staticField("ALL", FieldType.OBJECT, first);
        heap.root(RootKind.STICKY_CLASS, heap.type("com.acme.Shop").id());
        return heap.write(directory.resolve("shop.hprof"));
    }

    private static String withoutTimes(String text) {
        return text.replaceAll("Analysed in [^(]*", "");
    }

    private static OutputStream failing(String message) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(message);
            }
        };
    }

    private Terminal terminal(OutputStream to) {
        return new Terminal(to, new PrintStream(err, true, StandardCharsets.UTF_8), false);
    }

    private int run(String... args) {
        return Main.run(terminal(out), args);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}

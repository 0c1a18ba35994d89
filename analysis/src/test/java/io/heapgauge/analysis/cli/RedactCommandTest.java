/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.fixture.FieldType;
import io.heapgauge.analysis.fixture.FixtureHeap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedactCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @Test
    void help_has_examples_and_the_general_help_names_the_command() {
        assertThat(run("redact", "--help")).isZero();
        assertThat(out())
                .contains("heapgauge redact IN OUT [--keep Class#field]...")
                .contains("Examples:");
        out.reset();
        assertThat(run("--help")).isZero();
        assertThat(out()).contains("heapgauge redact service.hprof redacted.hprof");
    }

    @Test
    void one_line_says_what_was_done() throws IOException {
        Path target = directory.resolve("out.hprof");
        assertThat(run("redact", shop().toString(), target.toString())).isZero();
        assertThat(out())
                .isEqualTo(target + ": " + Files.size(target) + " bytes; zeroed 1 arrays of 6 bytes and 4 values,"
                        + " masked 0 names; kept 0 arrays and 1 values" + System.lineSeparator());
        assertThat(err()).isEmpty();
        assertThat(Files.readString(target, StandardCharsets.ISO_8859_1)).doesNotContain("secret");
    }

    @Test
    void kept_fields_stand_before_or_behind_the_files() throws IOException {
        String dump = shop().toString();
        Path first = directory.resolve("first.hprof");
        Path second = directory.resolve("second.hprof");
        assertThat(run("redact", dump, first.toString(), "--keep", "com.acme.A#number", "--keep", "com.acme.A#other"))
                .isZero();
        assertThat(run("redact", "--keep=com.acme.A#number", dump, second.toString()))
                .isZero();
        assertThat(out()).contains("zeroed 1 arrays of 6 bytes and 3 values").contains("kept 0 arrays and 2 values");
        assertThat(err())
                .isEqualTo("heapgauge: --keep com.acme.A#other: the dump has no such primitive field"
                        + System.lineSeparator());
        assertThat(first).hasSameBinaryContentAs(second);
    }

    @Test
    void a_field_that_is_none_is_wrong_usage_and_writes_nothing() throws IOException {
        Path target = directory.resolve("out.hprof");
        assertThat(run("redact", shop().toString(), target.toString(), "--keep", "com.acme.A"))
                .isEqualTo(2);
        assertThat(err()).contains("--keep: kept field 'com.acme.A': expected Class#field");
        assertThat(target).doesNotExist();
    }

    @Test
    void it_needs_two_files() throws IOException {
        assertThat(run("redact", shop().toString())).isEqualTo(2);
        assertThat(err()).contains("OUT");
    }

    @Test
    void an_existing_file_the_dump_itself_and_a_missing_dump_are_one_line_each() throws IOException {
        String dump = shop().toString();
        Path taken = Files.writeString(directory.resolve("taken"), "mine");
        Path missing = directory.resolve("none.hprof");
        assertThat(run("redact", dump, taken.toString())).isEqualTo(1);
        assertThat(run("redact", dump, dump)).isEqualTo(1);
        assertThat(run(
                        "redact",
                        missing.toString(),
                        directory.resolve("out.hprof").toString()))
                .isEqualTo(1);
        assertThat(run(
                        "redact",
                        directory.toString(),
                        directory.resolve("out.hprof").toString()))
                .isEqualTo(1);
        assertThat(err())
                .isEqualTo(String.join(
                        System.lineSeparator(),
                        "heapgauge: " + taken + ": the file exists already; delete it or name another one",
                        "heapgauge: " + dump + ": is the dump itself; name another file for the new one",
                        "heapgauge: " + missing + ": no such file",
                        "heapgauge: " + directory + ": a directory, not a heap dump",
                        ""));
        assertThat(taken).hasContent("mine");
        assertThat(directory).isDirectoryNotContaining("glob:**out.hprof*");
    }

    @Test
    void a_corrupt_dump_is_told_with_its_offset() throws IOException {
        Path dump = shop();
        Files.write(dump, java.util.Arrays.copyOf(Files.readAllBytes(dump), 500));
        assertThat(run("redact", dump.toString(), directory.resolve("out.hprof").toString()))
                .isEqualTo(1);
        assertThat(err()).startsWith("heapgauge: " + dump + ": at offset ").hasLineCount(1);
        assertThat(directory).isDirectoryNotContaining("glob:**out.hprof*");
    }

    private Path shop() throws IOException {
        FixtureHeap heap = new FixtureHeap();
        heap.type("com.acme.A").field("number", FieldType.INT);
        heap.instance("com.acme.A", Map.of("number", 42));
        heap.string("secret");
        return heap.write(directory.resolve("shop.hprof"));
    }

    private int run(String... args) {
        return Main.run(new Terminal(out, new PrintStream(err, true, StandardCharsets.UTF_8), false), args);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}

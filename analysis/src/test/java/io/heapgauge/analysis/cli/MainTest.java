/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

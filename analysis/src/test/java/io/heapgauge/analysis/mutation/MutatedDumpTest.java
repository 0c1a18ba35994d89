/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("once")
class MutatedDumpTest {
    private static final int SEEDS = 2_000;

    @TempDir
    Path directory;

    @Test
    void every_mutated_dump_ends_in_a_report_or_in_an_error_with_its_offset() throws IOException, InterruptedException {
        Path log = directory.resolve("output.txt");
        Path work = Files.createDirectory(directory.resolve("work"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MutatedDumps.class.getName(),
                        work.toString(),
                        "0",
                        Integer.toString(SEEDS))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String output = Files.readString(log);
        assertThat(process.exitValue()).as(output).isZero();
        assertThat(number(output, "failed ")).as(output).isZero();
        assertThat(number(output, "reports ") + number(output, "refused ")).isEqualTo(SEEDS);
        // the mutations must be worth the trouble: neither all harmless nor all noticed in the first record
        assertThat(number(output, "reports ")).isGreaterThan(SEEDS / 5);
        assertThat(number(output, "refused ")).isGreaterThan(SEEDS / 5);
        assertThat(number(output, "contents ")).isGreaterThan(SEEDS / 10);
        assertThat(number(output, "redacted ")).isGreaterThan(SEEDS / 20);
        assertThat(number(output, "not redacted ")).isGreaterThan(SEEDS / 20);
        assertThat(work).as("scratch files").isDirectoryNotContaining("glob:**.scratch");
        assertThat(work).as("redacted in part").isDirectoryNotContaining("glob:**.part");
    }

    private static int number(String output, String name) {
        return output.lines()
                .filter(line -> line.startsWith(name))
                .mapToInt(line -> Integer.parseInt(line.substring(name.length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no '" + name + "' in:\n" + output));
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.jfr;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.HeapGauge;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallJvmTest {
    @TempDir
    Path directory;

    @Test
    void a_jvm_without_flight_recorder_runs_its_gauge_without_events() throws IOException, InterruptedException {
        Path log = directory.resolve("output.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--limit-modules",
                        "java.management,jdk.management,jdk.unsupported,java.logging",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Host.class.getName(),
                        directory.resolve("dumps").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String output = Files.readString(log, StandardCharsets.UTF_8);
        assertThat(output)
                .contains("JFR present: false", "no JFR events, this JVM has no module jdk.jfr", "gauge idle", "closed")
                .doesNotContain("Exception", "Error");
        assertThat(process.exitValue()).isZero();
    }

    /** A host that embeds a gauge and knows nothing of its publishers. */
    static final class Host {
        public static void main(String[] args) {
            System.out.println(
                    "JFR present: " + ModuleLayer.boot().findModule("jdk.jfr").isPresent());
            try (HeapGauge gauge =
                    HeapGauge.builder().directory(Path.of(args[0])).start()) {
                System.out.println("gauge " + gauge.state().name().toLowerCase(Locale.ROOT));
            }
            System.out.println("closed");
        }
    }
}

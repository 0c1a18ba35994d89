/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.jmx;

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
    void a_jvm_without_management_runs_its_gauge_without_a_bean() throws IOException, InterruptedException {
        Path log = directory.resolve("output.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--limit-modules",
                        "java.logging",
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
                .contains(
                        "management present: false",
                        "no MXBean, this JVM has no module java.management",
                        "gauge idle",
                        "closed")
                .doesNotContain("Exception", "Error");
        assertThat(process.exitValue()).isZero();
    }

    /** A host that embeds a gauge and knows nothing of its publishers. */
    static final class Host {
        public static void main(String[] args) {
            System.out.println("management present: "
                    + ModuleLayer.boot().findModule("java.management").isPresent());
            try (HeapGauge gauge =
                    HeapGauge.builder().directory(Path.of(args[0])).start()) {
                System.out.println("gauge " + gauge.state().name().toLowerCase(Locale.ROOT));
            }
            System.out.println("closed");
        }
    }
}

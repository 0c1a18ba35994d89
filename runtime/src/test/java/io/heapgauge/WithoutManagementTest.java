/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WithoutManagementTest {
    @TempDir
    Path directory;

    @Test
    void aVmWithoutTheModulesItNeedsStartsTheGaugeAndSaysWhatIsMissing() throws Exception {
        Process process = ForkedJvm.start(
                Bare.class,
                List.of("--limit-modules", "java.base"),
                directory.resolve("dumps").toString());
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(output)
                .contains("goes without signal USR1")
                .contains("no report: capture failed: this VM cannot dump its heap: it runs without the module"
                        + " jdk.management")
                .contains("the host goes on");
        assertThat(process.exitValue()).isZero();
    }

    /** Starts a gauge, captures in vain, and ends in peace. */
    static final class Bare {
        public static void main(String[] args) {
            try (HeapGauge gauge = HeapGauge.builder()
                    .directory(Path.of(args[0]))
                    .signal("USR1")
                    .engine(EngineChoice.HOTSPOT)
                    .start()) {
                gauge.capture();
            } catch (CaptureException e) {
                System.out.println("no report: " + e.getMessage());
            }
            System.out.println("the host goes on");
        }
    }
}

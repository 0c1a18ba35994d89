/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapgauge.analysis.report.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class KilledVmTest {
    @TempDir
    Path directory;

    private List<Path> dumps() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(path -> path.toString().endsWith(".hprof")).toList();
        }
    }

    @Test
    void whatAVmLeavesThatIsKilledInACaptureIsSweptByTheNextGauge() throws Exception {
        Process victim = ForkedJvm.start(Victim.class, List.of(), directory.toString());
        try {
            assertThat(ForkedJvm.firstLine(victim)).isEqualTo("capturing");
            assertThat(dumps()).hasSize(1);
            try (HeapGauge neighbour =
                    GaugeFixture.gauge(directory, Gate.open()).start()) {
                neighbour.capture();
                assertThat(dumps()).as("the dump of a living VM").hasSize(1);
            }
        } finally {
            victim.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
        assertThat(dumps()).hasSize(1);
        try (HeapGauge next = GaugeFixture.gauge(directory, Gate.open()).start()) {
            await().atMost(Duration.ofSeconds(10)).until(() -> dumps().isEmpty());
            assertThat(next.capture()).isNotNull();
        }
        assertThat(directory.resolve("dumps")).isEmptyDirectory();
    }

    /** Begins a capture that never ends. */
    static final class Victim {
        public static void main(String[] args) throws Exception {
            Gate gate = Gate.closed();
            HeapGauge gauge = GaugeFixture.gauge(Path.of(args[0]), gate).start();
            gauge.captureAsync(CaptureRequest.of(Trigger.API));
            gate.awaitArrival();
            System.out.println("capturing");
            Thread.sleep(50_000);
        }
    }
}

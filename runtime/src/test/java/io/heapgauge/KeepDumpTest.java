/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class KeepDumpTest {
    private static final CaptureRequest KEEP = new CaptureRequest(Trigger.JMX, "before-release", true);
    private static final CaptureRequest PLAIN = CaptureRequest.of(Trigger.API);

    @TempDir
    Path directory;

    private final Heard heard = new Heard();

    private Path kept(HeapReport report) {
        return directory
                .resolve("dumps")
                .resolve("kept")
                .resolve(report.capture().dumpName());
    }

    @Test
    void keepingIsRefusedUnlessAllowed() {
        try (HeapGauge gauge = GaugeFixture.gauge(directory, Gate.open()).start()) {
            assertThatThrownBy(() -> gauge.capture(KEEP))
                    .hasMessage("refused: dumps may not be kept; allow it with HeapGaugeBuilder.allowKeep(true)");
        }
    }

    @Test
    void aKeptDumpSurvivesTheGaugeForItsOwnerAlone() throws IOException {
        HeapReport report;
        try (HeapGauge gauge =
                GaugeFixture.gauge(directory, Gate.open()).allowKeep(true).start()) {
            report = gauge.capture(KEEP);
            assertThat(report.capture().dumpName()).matches("before-release-[0-9a-f]{16}\\.hprof");
        }
        assertThat(kept(report)).content().isEqualTo("not a dump");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept(report))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(kept(report).getParent())))
                .isEqualTo("rwx------");
        assertThat(directory.resolve("dumps")).isDirectoryContaining(path -> path.endsWith("kept"));
    }

    @Test
    void aDumpIsDeletedWhenNobodyWantsIt() throws IOException {
        try (HeapGauge gauge =
                GaugeFixture.gauge(directory, Gate.open()).allowKeep(true).start()) {
            assertThat(gauge.capture().capture().dumpName()).isNull();
            try (var files = Files.walk(directory)) {
                assertThat(files).noneMatch(path -> path.toString().endsWith(".hprof"));
            }
        }
    }

    @Test
    void aRequestThatJoinsInTimeHasTheDumpKeptForAll() throws Exception {
        Gate gate = Gate.closed();
        try (HeapGauge gauge =
                GaugeFixture.gauge(directory, gate).allowKeep(true).start()) {
            CompletableFuture<HeapReport> first = gauge.captureAsync(PLAIN);
            gate.awaitArrival();
            CompletableFuture<HeapReport> second = gauge.captureAsync(KEEP);
            gate.letThrough();
            assertThat(second.get(10, TimeUnit.SECONDS)).isSameAs(first.get(10, TimeUnit.SECONDS));
            assertThat(kept(second.join())).exists();
            assertThat(second.join().capture().dumpName()).startsWith("before-release-");
        }
    }

    @Test
    void aRequestThatJoinsWhenTheDumpIsGoneIsRefusedClearly() {
        AtomicReference<CompletableFuture<HeapReport>> late = new AtomicReference<>();
        HeapReportListener asksTooLate = new HeapReportListener() {
            private HeapGauge gauge;

            @Override
            public void onStart(HeapGauge started) {
                gauge = started;
            }

            @Override
            public void onReport(HeapReport report) {
                late.set(gauge.captureAsync(KEEP));
            }
        };
        try (HeapGauge gauge = GaugeFixture.gauge(directory, Gate.open())
                .minimumInterval(Duration.ofSeconds(7))
                .allowKeep(true)
                .listener(asksTooLate)
                .start()) {
            assertThat(gauge.capture().capture().dumpName()).isNull();
            assertThatThrownBy(() -> late.get().join())
                    .cause()
                    .hasMessage("refused: the capture under way has deleted its dump already; ask again in 7.0 s");
        }
    }

    @Test
    void aDumpThatCannotBeAnalysedIsKeptAllTheSame() {
        try (HeapGauge gauge = GaugeFixture.gauge(directory, Gate.open())
                .allowKeep(true)
                .analysis((dump, capture, request) -> {
                    throw new IOException("offset 4711");
                })
                .start()) {
            CaptureException e = catchThrowableOfType(CaptureException.class, () -> gauge.capture(KEEP));
            assertThat(e)
                    .hasMessageMatching(
                            "analysis failed: offset 4711 \\(the dump is kept as before-release-[0-9a-f]{16}\\.hprof\\)");
            String name = e.getMessage().replaceAll(".*kept as (.*)\\)", "$1");
            assertThat(directory.resolve("dumps").resolve("kept").resolve(name)).exists();
        }
    }

    @Test
    void aCancelledCaptureKeepsNothing() throws Exception {
        Gate gate = Gate.closed();
        try (HeapGauge gauge = GaugeFixture.gauge(directory, gate)
                .allowKeep(true)
                .listener(heard)
                .start()) {
            CompletableFuture<HeapReport> answer = gauge.captureAsync(KEEP);
            gate.awaitArrival();
            gauge.cancel();
            gate.letThrough();
            assertThatThrownBy(answer::join).hasCauseInstanceOf(CaptureException.class);
            assertThat(directory.resolve("dumps").resolve("kept")).doesNotExist();
        }
    }
}

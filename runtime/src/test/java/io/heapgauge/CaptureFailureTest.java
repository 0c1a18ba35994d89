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
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class CaptureFailureTest {
    @TempDir
    Path directory;

    private final Heard heard = new Heard();
    private final AtomicReference<Throwable> next = new AtomicReference<>();

    static Stream<Throwable> everythingThatMayGoWrong() {
        return Stream.of(
                new IOException("dump.hprof: unexpected end at offset 4711"),
                new IllegalStateException("broken"),
                new OutOfMemoryError("Java heap space"),
                new StackOverflowError(),
                new NoClassDefFoundError("com/acme/Gone"));
    }

    private void throwNext() throws IOException {
        Throwable problem = next.getAndSet(null);
        if (problem instanceof IOException e) {
            throw e;
        }
        if (problem instanceof RuntimeException e) {
            throw e;
        }
        if (problem instanceof Error e) {
            throw e;
        }
    }

    @ParameterizedTest
    @MethodSource("everythingThatMayGoWrong")
    void aFailedAnalysisReachesOnlyTheCallerAndTheNextCaptureWorks(Throwable problem) throws IOException {
        try (HeapGauge gauge = GaugeFixture.gauge(directory, Gate.open())
                .listener(heard)
                .analysis((dump, capture, request) -> {
                    throwNext();
                    return Reports.of(capture);
                })
                .start()) {
            next.set(problem);
            CaptureException seen = catchThrowableOfType(CaptureException.class, gauge::capture);
            assertThat(seen).hasMessageStartingWith("analysis failed: ").hasCause(problem);
            assertThat(seen.failure().outcome()).isEqualTo(CaptureOutcome.FAILED);
            assertThat(gauge.lastFailure()).contains(seen.failure());
            assertThat(gauge.state()).isEqualTo(GaugeState.IDLE);
            assertThat(dumps()).isEmpty();

            assertThat(gauge.capture()).isNotNull();
        }
        assertThat(heard.events)
                .containsExactly(
                        "start",
                        "capture started",
                        "captured",
                        "failed",
                        "capture started",
                        "captured",
                        "report",
                        "close");
    }

    @ParameterizedTest
    @MethodSource("everythingThatMayGoWrong")
    void aFailedCaptureLeavesNoHalfWrittenDump(Throwable problem) throws IOException {
        Gate gate = Gate.open();
        CaptureEngine failing = new CaptureEngine() {
            @Override
            public String name() {
                return "failing";
            }

            @Override
            public CaptureTimes capture(Path target, CaptureTask task) throws IOException {
                CaptureTimes times = gate.capture(target, task);
                Files.writeString(target.resolveSibling(target.getFileName() + ".p0"), "a segment");
                throwNext();
                return times;
            }
        };
        try (HeapGauge gauge =
                GaugeFixture.gauge(directory, failing).listener(heard).start()) {
            next.set(problem);
            assertThatThrownBy(gauge::capture)
                    .isInstanceOf(CaptureException.class)
                    .hasMessageStartingWith("capture failed: ")
                    .hasCause(problem);
            assertThat(dumps()).isEmpty();
            assertThat(gauge.capture()).isNotNull();
        }
    }

    @Test
    void theMessageNamesFileAndOffsetAsTheAnalysisDoes() {
        try (HeapGauge gauge = GaugeFixture.gauge(directory, Gate.open())
                .analysis((dump, capture, request) -> {
                    throw new IOException("dump.hprof: unexpected end at offset 4711");
                })
                .start()) {
            assertThatThrownBy(gauge::capture).hasMessage("analysis failed: dump.hprof: unexpected end at offset 4711");
        }
    }

    @Test
    void listenersThatThrowStopNeitherTheOthersNorTheGauge() {
        HeapReportListener angry = new HeapReportListener() {
            @Override
            public void onStart(HeapGauge gauge) {
                throw new IllegalStateException("onStart");
            }

            @Override
            public void onCaptureStarted(CaptureRequest request) {
                throw new StackOverflowError();
            }

            @Override
            public void onReport(HeapReport report) {
                throw new OutOfMemoryError("onReport");
            }

            @Override
            public void onFailure(CaptureFailure failure) {
                throw new AssertionError("onFailure");
            }

            @Override
            public void onClose() {
                throw new NoClassDefFoundError("onClose");
            }
        };
        try (HeapGauge gauge = GaugeFixture.gauge(directory, Gate.open())
                .listener(angry)
                .listener(heard)
                .start()) {
            assertThat(gauge.capture()).isNotNull();
            assertThatThrownBy(() -> gauge.capture(new CaptureRequest(Trigger.API, null, true)))
                    .isInstanceOf(CaptureException.class);
        }
        assertThat(heard.events).containsExactly("start", "capture started", "captured", "report", "refused", "close");
    }

    @Test
    void aDirectoryThatCannotBeUsedRefusesCapturesAndNotTheStart() throws IOException {
        Path file = Files.writeString(directory.resolve("dumps"), "a file is in the way");
        try (HeapGauge gauge =
                GaugeFixture.gauge(directory, Gate.open()).listener(heard).start()) {
            assertThatThrownBy(gauge::capture)
                    .hasMessageContaining("refused: the dump directory " + file + " is not a directory")
                    .hasMessageContaining("HeapGaugeBuilder.directory");
            Files.delete(file);
            assertThat(gauge.capture()).isNotNull();
        }
        assertThat(heard.events).containsSubsequence("start", "refused", "capture started", "report");
    }

    @Test
    void anInterruptedCallerStopsWaitingAndTheCaptureGoesOn() throws Exception {
        Gate gate = Gate.closed();
        try (HeapGauge gauge =
                GaugeFixture.gauge(directory, gate).listener(heard).start()) {
            AtomicReference<Throwable> seen = new AtomicReference<>();
            Thread caller = new Thread(() -> {
                try {
                    gauge.capture();
                } catch (CaptureException e) {
                    seen.set(e);
                }
            });
            caller.start();
            gate.awaitArrival();
            caller.interrupt();
            caller.join(10_000);
            assertThat(seen.get()).hasMessageContaining("interrupted").hasCauseInstanceOf(InterruptedException.class);
            gate.letThrough();
            assertThat(gauge.captureAsync(CaptureRequest.of(Trigger.API)).join())
                    .isNotNull();
        }
        assertThat(heard.events).contains("report").doesNotContain("failed", "cancelled");
    }

    private List<Path> dumps() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(path -> path.getFileName().toString().contains(".hprof"))
                    .toList();
        }
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.heapgauge.analysis.monitor.Progress;
import io.heapgauge.analysis.report.Trigger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AnalysisWatchdogTest {
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    Path directory;

    private final List<String> cancelled = new CopyOnWriteArrayList<>();
    private final List<String> givenUp = new CopyOnWriteArrayList<>();

    private AnalysisWatchdog watch(Duration stall, Duration total, Duration grace) {
        return AnalysisWatchdog.watch(
                "test", new AnalysisWatchdog.Limits(stall, total, grace), Progress.NONE, cancelled::add, givenUp::add);
    }

    @Test
    void workThatDoesNotMoveIsCancelledOnce() {
        try (AnalysisWatchdog watchdog = watch(SHORT, LONG, LONG)) {
            watchdog.at("reading references", 0.5);
            await().until(() -> !cancelled.isEmpty());
        }
        assertThat(cancelled).containsExactly("the analysis has made no progress for 0.2 s while reading references");
        assertThat(givenUp).isEmpty();
    }

    @Test
    void workThatMovesIsCancelledWhenItsTimeIsOver() {
        try (AnalysisWatchdog watchdog = watch(LONG, SHORT, LONG)) {
            await().until(() -> {
                watchdog.at("following GC roots", 0.1);
                return !cancelled.isEmpty();
            });
        }
        assertThat(cancelled)
                .containsExactly("the analysis takes longer than 0.2 s, the limit"
                        + " HeapGaugeBuilder.analysisTimeout; it is following GC roots");
    }

    @Test
    void workThatMovesAndEndsInTimeIsLeftAlone() {
        try (AnalysisWatchdog watchdog = watch(LONG, LONG, SHORT)) {
            watchdog.at("following GC roots", 0.1);
        }
        assertThat(cancelled).isEmpty();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().endsWith("-watchdog"));
    }

    @Test
    void workThatDoesNotHeedACancelIsGivenUp() {
        try (AnalysisWatchdog watchdog = watch(SHORT, LONG, SHORT)) {
            await().until(() -> !givenUp.isEmpty());
        }
        assertThat(givenUp).singleElement().asString().endsWith("and it does not heed the cancel");
    }

    @Test
    void anAnalysisThatTakesTooLongIsAFailureThatSaysSo() {
        try (HeapGauge gauge = GaugeFixture.gauge(directory, Gate.open())
                .analysisTimeout(Duration.ofSeconds(1))
                .analysis((dump, capture, request) -> {
                    while (!request.cancel().isCancelled()) {
                        request.progress().at("counting sheep", 0.5);
                    }
                    throw new io.heapgauge.analysis.monitor.AnalysisCancelledException("counting sheep");
                })
                .start()) {
            assertThatThrownBy(gauge::capture)
                    .isInstanceOfSatisfying(
                            CaptureException.class,
                            e -> assertThat(e.failure().outcome()).isEqualTo(CaptureOutcome.FAILED))
                    .hasMessageContaining("takes longer than 1.0 s")
                    .hasMessageContaining("analysisTimeout");
        }
    }

    @Test
    void aSecondCallerIsToldThatTheFirstCaptureIsStuck() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        try (HeapGauge gauge = GaugeFixture.gauge(directory, Gate.open())
                .watchdog(new AnalysisWatchdog.Limits(SHORT, LONG, SHORT))
                .analysis((dump, capture, request) -> {
                    Waiting.forLatch(end, 50, java.util.concurrent.TimeUnit.SECONDS);
                    return Reports.of(capture);
                })
                .start()) {
            assertThatThrownBy(gauge::capture).hasMessageContaining("does not heed the cancel");
            assertThatThrownBy(() -> gauge.capture(CaptureRequest.of(Trigger.JMX)))
                    .hasMessageContaining("refused: the capture before is stuck");
            end.countDown();
            await().untilAsserted(() -> assertThat(gauge.state()).isEqualTo(GaugeState.IDLE));
            assertThat(gauge.capture()).as("once it has ended after all").isNotNull();
        }
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.heapgauge.analysis.monitor.AnalysisCancelledException;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.Trigger;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CancelTest {
    private static final CaptureRequest REQUEST = CaptureRequest.of(Trigger.API);

    @TempDir
    Path directory;

    private final Heard heard = new Heard();

    private static void assertCancelled(CompletableFuture<HeapReport> answer) {
        assertThatThrownBy(answer::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        CaptureException.class,
                        e -> assertThat(e.failure().outcome()).isEqualTo(CaptureOutcome.CANCELLED));
    }

    @Test
    void thereIsNothingToCancelInAnIdleGauge() {
        try (HeapGauge gauge = GaugeFixture.gauge(directory, Gate.open()).start()) {
            assertThat(gauge.cancel()).isFalse();
        }
    }

    @Test
    void aCaptureCancelledWhileItsDumpIsWrittenIsNotAnalysed() throws Exception {
        Gate gate = Gate.closed();
        AtomicBoolean analysed = new AtomicBoolean();
        try (HeapGauge gauge = GaugeFixture.gauge(directory, gate)
                .listener(heard)
                .analysis((dump, capture, request) -> {
                    analysed.set(true);
                    return Reports.of(capture);
                })
                .start()) {
            CompletableFuture<HeapReport> answer = gauge.captureAsync(REQUEST);
            gate.awaitArrival();
            assertThat(gauge.state()).isEqualTo(GaugeState.CAPTURING);
            assertThat(gauge.phase()).isEqualTo("writing the dump");
            assertThat(gauge.cancel()).isTrue();
            gate.letThrough();
            assertCancelled(answer);
            assertThat(analysed).isFalse();
            assertThat(heard.events).endsWith("captured", "cancelled");
            assertThat(gauge.capture()).isNotNull();
            assertThat(analysed).isTrue();
        }
    }

    @Test
    void aCaptureCancelledWhileAnalysedStopsThroughItsSignal() throws Exception {
        CountDownLatch analysing = new CountDownLatch(1);
        try (HeapGauge gauge = GaugeFixture.gauge(directory, Gate.open())
                .listener(heard)
                .analysis((dump, capture, request) -> {
                    request.progress().at("counting", 0.25);
                    analysing.countDown();
                    await().until(() -> request.cancel().isCancelled());
                    throw new AnalysisCancelledException("counting");
                })
                .start()) {
            CompletableFuture<HeapReport> answer = gauge.captureAsync(REQUEST);
            analysing.await();
            assertThat(gauge.state()).isEqualTo(GaugeState.ANALYZING);
            assertThat(gauge.phase()).isEqualTo("counting");
            assertThat(gauge.progress()).isEqualTo(0.25);
            assertThat(gauge.cancel()).isTrue();
            assertCancelled(answer);
            assertThat(gauge.lastFailure())
                    .hasValueSatisfying(failure -> assertThat(failure.message()).isEqualTo("cancelled while counting"));
        }
    }

    @Test
    void progressIsNeverOutsideItsRange() {
        Activity activity = new Activity();
        activity.analyzing("odd", Double.NaN);
        assertThat(activity.progress()).isZero();
        activity.analyzing("odd", 1.5);
        assertThat(activity.progress()).isOne();
        activity.analyzing("odd", -1);
        assertThat(activity.progress()).isZero();
    }
}

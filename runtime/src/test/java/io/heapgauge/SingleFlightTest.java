/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.Trigger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SingleFlightTest {
    private static final CaptureRequest REQUEST = CaptureRequest.of(Trigger.API);

    @TempDir
    Path directory;

    private final Heard heard = new Heard();

    @Test
    void requestsThatComeWhileOneRunsShareItsReport() throws Exception {
        Gate gate = Gate.closed();
        try (HeapGauge gauge =
                GaugeFixture.gauge(directory, gate).listener(heard).start()) {
            CompletableFuture<HeapReport> first = gauge.captureAsync(REQUEST);
            gate.awaitArrival();
            CompletableFuture<HeapReport> second = gauge.captureAsync(CaptureRequest.of(Trigger.JMX));
            assertThat(second).isNotDone();
            gate.letThrough();
            assertThat(second.get(10, TimeUnit.SECONDS)).isSameAs(first.get(10, TimeUnit.SECONDS));
        }
        assertThat(gate.captures).hasValue(1);
        assertThat(heard.events)
                .containsExactly("start", "capture started", "coalesced", "captured", "report", "close");
    }

    @Test
    void aThousandRequestsFromManyThreadsMakeOneCapture() throws Exception {
        Gate gate = Gate.closed();
        int threads = 16;
        int perThread = 64;
        ExecutorService callers = Executors.newFixedThreadPool(threads);
        try (HeapGauge gauge =
                GaugeFixture.gauge(directory, gate).listener(heard).start()) {
            CyclicBarrier together = new CyclicBarrier(threads);
            List<Future<List<CompletableFuture<HeapReport>>>> answers = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                answers.add(callers.submit(() -> {
                    together.await();
                    List<CompletableFuture<HeapReport>> mine = new ArrayList<>();
                    for (int request = 0; request < perThread; request++) {
                        mine.add(gauge.captureAsync(REQUEST));
                    }
                    return mine;
                }));
            }
            List<CompletableFuture<HeapReport>> all = new ArrayList<>();
            for (Future<List<CompletableFuture<HeapReport>>> answer : answers) {
                all.addAll(answer.get(10, TimeUnit.SECONDS));
            }
            gate.letThrough();
            HeapReport report = all.get(0).get(10, TimeUnit.SECONDS);
            assertThat(all)
                    .allSatisfy(answer ->
                            assertThat(answer.get(10, TimeUnit.SECONDS)).isSameAs(report));
        } finally {
            callers.shutdownNow();
        }
        assertThat(gate.captures).hasValue(1);
        assertThat(heard.events).filteredOn("coalesced"::equals).hasSize(threads * perThread - 1);
    }

    @Test
    void neverTwoCapturesAtATimeWhateverTheOrderOfRequests() throws Exception {
        AtomicInteger flying = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        ExecutorService callers = Executors.newFixedThreadPool(4);
        try (HeapGauge gauge = GaugeFixture.gauge(directory, Gate.open())
                .analysis((dump, capture, request) -> {
                    most.accumulateAndGet(flying.incrementAndGet(), Math::max);
                    Thread.yield();
                    flying.decrementAndGet();
                    return Reports.of(capture);
                })
                .start()) {
            List<Future<HeapReport>> answers = new ArrayList<>();
            for (int request = 0; request < 200; request++) {
                answers.add(callers.submit(() -> gauge.capture()));
            }
            for (Future<HeapReport> answer : answers) {
                assertThat(answer.get(20, TimeUnit.SECONDS)).isNotNull();
            }
        } finally {
            callers.shutdownNow();
        }
        assertThat(most).hasValue(1);
    }

    @Test
    void whatOneCallerDoesToItsFutureDoesNotReachTheOthers() throws Exception {
        Gate gate = Gate.closed();
        try (HeapGauge gauge = GaugeFixture.gauge(directory, gate).start()) {
            CompletableFuture<HeapReport> first = gauge.captureAsync(REQUEST);
            CompletableFuture<HeapReport> second = gauge.captureAsync(REQUEST);
            first.cancel(true);
            gate.letThrough();
            assertThat(second.get(10, TimeUnit.SECONDS)).isNotNull();
        }
    }

    @Test
    void aRequestTooSoonAfterTheLastIsToldHowLongToWait() {
        try (HeapGauge gauge = GaugeFixture.gauge(directory, Gate.open())
                .minimumInterval(Duration.ofMinutes(5))
                .listener(heard)
                .start()) {
            gauge.capture();
            assertThatThrownBy(gauge::capture)
                    .isInstanceOfSatisfying(
                            CaptureException.class,
                            e -> assertThat(e.failure().outcome()).isEqualTo(CaptureOutcome.REFUSED))
                    .hasMessageMatching("refused: the last capture ended 0\\.\\d+ s ago; wait (299|300)\\.\\d s,"
                            + " or lower HeapGaugeBuilder.minimumInterval, which is 300\\.0 s");
            assertThat(gauge.lastFailure()).contains(heard.failures.get(0));
            assertThat(gauge.lastReport()).isPresent();
        }
        assertThat(heard.events).containsSubsequence("report", "refused", "close");
    }

    @Test
    void theMinimumIntervalCountsFromTheEndOfTheCaptureBefore() {
        try (HeapGauge gauge = GaugeFixture.gauge(directory, Gate.open())
                .minimumInterval(Duration.ofMillis(300))
                .start()) {
            gauge.capture();
            long end = System.nanoTime();
            await().atMost(Duration.ofSeconds(10))
                    .pollInterval(Duration.ofMillis(5))
                    .ignoreExceptions()
                    .until(() -> gauge.capture() != null);
            assertThat(Duration.ofNanos(System.nanoTime() - end)).isGreaterThan(Duration.ofMillis(290));
        }
    }

    @Test
    void theIntervalCapturesAgainAndAgain() {
        Gate gate = Gate.open();
        try (HeapGauge gauge = GaugeFixture.gauge(directory, gate)
                .every(Duration.ofSeconds(1))
                .minimumInterval(Duration.ofSeconds(1))
                .listener(heard)
                .start()) {
            await().atMost(Duration.ofSeconds(20)).until(() -> gate.captures.get() >= 3);
            assertThat(gauge.lastReport())
                    .hasValueSatisfying(
                            report -> assertThat(report.capture().trigger()).isEqualTo(Trigger.INTERVAL));
        }
        assertThat(heard.failures).isEmpty();
    }

    @Test
    void aListenerThatWaitsForACaptureOnTheGaugesThreadIsToldSo() {
        CompletableFuture<Throwable> seen = new CompletableFuture<>();
        HeapReportListener waiting = new HeapReportListener() {
            private HeapGauge gauge;

            @Override
            public void onStart(HeapGauge started) {
                gauge = started;
            }

            @Override
            public void onReport(HeapReport report) {
                try {
                    gauge.capture();
                } catch (RuntimeException e) {
                    seen.complete(e);
                }
            }
        };
        try (HeapGauge gauge =
                GaugeFixture.gauge(directory, Gate.open()).listener(waiting).start()) {
            gauge.capture();
            assertThat(seen.join()).isInstanceOf(IllegalStateException.class).hasMessageContaining("captureAsync");
        }
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.Trigger;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CloseTest {
    @TempDir
    Path directory;

    private final Heard heard = new Heard();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private static List<String> ourThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("heapgauge"))
                .toList();
    }

    private List<Path> ourFiles() throws Exception {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @AfterEach
    void noThreadIsLeft() {
        assertThat(ourThreads()).isEmpty();
    }

    @Test
    void nothingIsLeftAfterACapture() throws Exception {
        HeapGauge gauge = GaugeFixture.gauge(directory, Gate.open())
                .meterRegistry(registry)
                .signal("USR1")
                .every(Duration.ofHours(1))
                .listener(heard)
                .start();
        gauge.capture();
        assertThat(ourThreads()).containsExactly("heapgauge-test");
        assertThat(registry.getMeters()).isNotEmpty();
        assertThat(ourFiles()).isNotEmpty();

        gauge.close();

        assertThat(ourThreads()).isEmpty();
        assertThat(registry.getMeters()).isEmpty();
        assertThat(ourFiles()).isEmpty();
        assertThat(directory.resolve("dumps")).isEmptyDirectory();
        assertThat(System.getProperties().stringPropertyNames()).noneMatch(name -> name.startsWith("io.heapgauge."));
        assertThat(gauge.state()).isEqualTo(GaugeState.STOPPED);
        assertThat(heard.events).endsWith("close");
    }

    @Test
    void theDefaultDirectoryGoesAsWell() throws Exception {
        Process process = ForkedJvm.start(InDefaultDirectory.class, List.of("-Djava.io.tmpdir=" + directory));
        assertThat(ForkedJvm.firstLine(process))
                .startsWith(directory.resolve("heapgauge-").toString());
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(directory).isEmptyDirectory();
    }

    /** Captures once and prints the directory while it is there. */
    static final class InDefaultDirectory {
        public static void main(String[] args) {
            try (HeapGauge gauge = HeapGauge.builder()
                    .discoverListeners(false)
                    .engine(Gate.open())
                    .analysis((dump, capture, request) -> Reports.of(capture))
                    .start()) {
                gauge.capture();
                System.out.println(Files.isDirectory(gauge.directory()) ? gauge.directory() : "missing");
            }
        }
    }

    @Test
    void callersThatWaitAreSentHome() throws Exception {
        Gate gate = Gate.closed();
        HeapGauge gauge = GaugeFixture.gauge(directory, gate).listener(heard).start();
        CompletableFuture<HeapReport> answer = gauge.captureAsync(CaptureRequest.of(Trigger.API));
        gate.awaitArrival();
        Thread letThroughSoon = new Thread(() -> {
            await().until(() -> heard.events.contains("coalesced"));
            gate.letThrough();
        });
        letThroughSoon.start();
        CompletableFuture<HeapReport> joined = gauge.captureAsync(CaptureRequest.of(Trigger.JMX));
        gauge.close();
        letThroughSoon.join(10_000);
        for (CompletableFuture<HeapReport> each : List.of(answer, joined)) {
            assertThatThrownBy(each::join)
                    .cause()
                    .isInstanceOfSatisfying(
                            CaptureException.class,
                            e -> assertThat(e.failure().outcome()).isEqualTo(CaptureOutcome.CANCELLED));
        }
        assertThat(heard.events).containsSubsequence("captured", "cancelled", "close");
    }

    @Test
    void aCaptureThatCannotBeStoppedInTimeDoesNotHoldCloseAndCleansUpWhenItIsDone() throws Exception {
        Gate gate = Gate.closed();
        HeapGauge gauge = GaugeFixture.gauge(directory, gate)
                .meterRegistry(registry)
                .closeWait(Duration.ofMillis(200))
                .listener(heard)
                .start();
        CompletableFuture<HeapReport> answer = gauge.captureAsync(CaptureRequest.of(Trigger.API));
        gate.awaitArrival();
        gauge.close();
        assertThatThrownBy(answer::join).cause().hasMessage("cancelled: the gauge 'test' is closed");
        assertThat(gauge.state()).isEqualTo(GaugeState.STOPPED);
        assertThat(registry.getMeters()).isEmpty();

        gate.letThrough();
        await().atMost(Duration.ofSeconds(10)).until(() -> ourThreads().isEmpty());
        assertThat(ourFiles()).isEmpty();
        assertThat(registry.getMeters()).isEmpty();
        assertThat(heard.events).endsWith("cancelled", "close");
        assertThat(gauge.state()).isEqualTo(GaugeState.STOPPED);
    }

    @Test
    void aRequestAfterCloseIsRefused() {
        HeapGauge gauge = GaugeFixture.gauge(directory, Gate.open()).start();
        gauge.close();
        assertThatThrownBy(gauge::capture).hasMessage("refused: the gauge 'test' is closed");
    }

    @Test
    void closingTwiceIsClosingOnce() {
        HeapGauge gauge =
                GaugeFixture.gauge(directory, Gate.open()).listener(heard).start();
        gauge.close();
        gauge.close();
        assertThat(heard.events).containsExactly("start", "close");
    }

    @Test
    void aListenerMayCloseTheGaugeOnItsOwnThread() {
        HeapReportListener closing = new HeapReportListener() {
            private HeapGauge gauge;

            @Override
            public void onStart(HeapGauge started) {
                gauge = started;
            }

            @Override
            public void onReport(HeapReport report) {
                gauge.close();
            }
        };
        HeapGauge gauge =
                GaugeFixture.gauge(directory, Gate.open()).listener(closing).start();
        CompletableFuture<HeapReport> answer = gauge.captureAsync(CaptureRequest.of(Trigger.API));
        await().atMost(Duration.ofSeconds(10)).until(answer::isDone);
        await().atMost(Duration.ofSeconds(10)).until(() -> ourThreads().isEmpty());
        assertThat(directory.resolve("dumps")).isEmptyDirectory();
    }

    @Test
    void aClosedGaugeRegistersNoRoots() {
        HeapGauge gauge = GaugeFixture.gauge(directory, Gate.open()).start();
        gauge.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> gauge.register("late", new Object()))
                .withMessageContaining("closed");
        assertThat(gauge.unregister("late")).isFalse();
        assertThat(gauge.cancel()).isFalse();
    }

    @Test
    void severalGaugesLiveInOneVmAndCloseOnTheirOwn() {
        HeapGauge one = GaugeFixture.gauge(directory, Gate.open()).name("one").start();
        HeapGauge two = GaugeFixture.gauge(directory, Gate.open()).name("two").start();
        one.capture();
        two.capture();
        one.close();
        assertThat(two.capture()).isNotNull();
        two.close();
        assertThat(directory.resolve("dumps")).isEmptyDirectory();
    }

    @Test
    void everyRequestIsAnsweredWhenManyComeWhileTheGaugeCloses() throws Exception {
        HeapGauge gauge = GaugeFixture.gauge(directory, Gate.open()).start();
        List<CompletableFuture<HeapReport>> answers = new CopyOnWriteArrayList<>();
        ExecutorService callers = Executors.newFixedThreadPool(4);
        try {
            for (int caller = 0; caller < 4; caller++) {
                callers.execute(() -> {
                    while (gauge.state() != GaugeState.STOPPED) {
                        answers.add(gauge.captureAsync(CaptureRequest.of(Trigger.API)));
                    }
                });
            }
            await().until(() -> answers.size() > 100);
            gauge.close();
            callers.shutdown();
            assertThat(callers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            callers.shutdownNow();
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> answers.stream().allMatch(CompletableFuture::isDone));
        assertThat(answers).anyMatch(answer -> !answer.isCompletedExceptionally());
    }

    @Test
    void aClosedGaugeMayBeCollectedWhileTheRegistryLivesOn() {
        HeapGauge[] holder = {
            GaugeFixture.gauge(directory, Gate.open())
                    .meterRegistry(registry)
                    .signal("USR1")
                    .start()
        };
        holder[0].capture();
        holder[0].close();
        WeakReference<HeapGauge> gauge = new WeakReference<>(holder[0]);
        holder[0] = null;
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            return gauge.get() == null;
        });
        assertThat(registry.getMeters()).isEmpty();
    }
}

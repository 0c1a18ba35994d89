/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.heapgauge.BrokenAnalysis;
import io.heapgauge.CaptureException;
import io.heapgauge.CaptureFailure;
import io.heapgauge.CaptureRequest;
import io.heapgauge.HeapGauge;
import io.heapgauge.HeapGaugeBuilder;
import io.heapgauge.HeapReportListener;
import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.Trigger;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.ToDoubleFunction;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.Notification;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever goes wrong in a gauge, the host's threads see nothing of it, and everybody who should know is told. */
@Timeout(120)
class IsolationIT {
    @TempDir
    Path directory;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final BrokenAnalysis analysis = new BrokenAnalysis();
    private final Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();
    private final Queue<String> logged = new ConcurrentLinkedQueue<>();
    private final Logger logger = Logger.getLogger("io.heapgauge");
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            logged.add(record.getLevel() + " " + record.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private Thread.UncaughtExceptionHandler before;

    @BeforeEach
    void listen() {
        before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, problem) -> uncaught.add(problem));
        logger.addHandler(handler);
    }

    @AfterEach
    void nothingReachedTheHost() {
        Thread.setDefaultUncaughtExceptionHandler(before);
        logger.removeHandler(handler);
        assertThat(uncaught).isEmpty();
        assertThat(Thread.interrupted()).isFalse();
    }

    private HeapGaugeBuilder gauge() {
        return analysis.in(HeapGauge.builder()
                .name("isolated")
                .directory(directory.resolve("dumps"))
                .meterRegistry(registry)
                .minimumInterval(Duration.ZERO)
                .quickEvery(null)
                .freeSpaceFloor(0)
                .cpuShare(1));
    }

    private double failed() {
        Counter counter =
                registry.find("heapgauge.captures").tag("outcome", "failed").counter();
        return counter == null ? 0 : counter.count();
    }

    static Stream<Runnable> troubles() {
        return Stream.of(
                () -> {
                    throw new OutOfMemoryError("Java heap space");
                },
                () -> recurse(1),
                () -> {
                    throw new IllegalStateException("a fault of ours");
                },
                () -> {
                    throw new NoClassDefFoundError("com/acme/Missing");
                });
    }

    private static int recurse(int depth) {
        return recurse(depth + 1) + 1;
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void an_error_in_the_analysis_is_told_in_log_bean_notification_metric_and_event(Runnable trouble) throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        Queue<Notification> notifications = new ConcurrentLinkedQueue<>();
        Path file = directory.resolve("failures.jfr");
        try (Recording recording = new Recording();
                HeapGauge gauge = gauge().start()) {
            recording.enable("io.heapgauge.CaptureFailure");
            recording.start();
            server.addNotificationListener(
                    JmxClient.gauge("isolated"), (notification, back) -> notifications.add(notification), null, null);
            analysis.next(trouble);
            assertThatThrownBy(gauge::capture).isInstanceOf(CaptureException.class);
            recording.stop();
            recording.dump(file);

            String message = gauge.lastFailure().orElseThrow().message();
            assertThat(message).startsWith("analysis failed: ");
            assertThat(server.getAttribute(JmxClient.gauge("isolated"), "LastError"))
                    .isEqualTo(message);
            await().untilAsserted(() ->
                    assertThat(notifications).extracting(Notification::getType).contains("heapgauge.capture.failed"));
            assertThat(failed()).isOne();
            assertThat(logged).anyMatch(line -> line.startsWith("WARNING") && line.contains(message));
            assertThat(RecordingFile.readAllEvents(file))
                    .filteredOn(event -> event.getEventType().getName().equals("io.heapgauge.CaptureFailure"))
                    .extracting((RecordedEvent event) -> event.getString("message"))
                    .containsExactly(message);

            assertThat(gauge.capture()).as("the next one").isNotNull();
        }
    }

    /** Throws wherever it is called. */
    private static final class Hostile implements HeapReportListener {
        private final boolean errors;

        Hostile(boolean errors) {
            this.errors = errors;
        }

        private void trouble() {
            if (errors) {
                throw new StackOverflowError("of a listener");
            }
            throw new IllegalStateException("of a listener");
        }

        @Override
        public void onStart(HeapGauge gauge) {
            trouble();
        }

        @Override
        public void onRequested(CaptureRequest request) {
            trouble();
        }

        @Override
        public void onCaptureStarted(CaptureRequest request) {
            trouble();
        }

        @Override
        public void onCoalesced(CaptureRequest request) {
            trouble();
        }

        @Override
        public void onCaptured(CaptureFacts capture) {
            trouble();
        }

        @Override
        public void onReport(HeapReport report) {
            trouble();
        }

        @Override
        public void onFailure(CaptureFailure failure) {
            trouble();
        }

        @Override
        public void onClose() {
            trouble();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void listeners_that_throw_everywhere_change_nothing(boolean errors) throws Exception {
        assertThatCode(() -> {
                    try (HeapGauge gauge = gauge().listener(new Hostile(errors)).start()) {
                        assertThat(gauge.capture()).isNotNull();
                        CompletableFuture<HeapReport> one = gauge.captureAsync(CaptureRequest.of(Trigger.API));
                        CompletableFuture<HeapReport> other = gauge.captureAsync(CaptureRequest.of(Trigger.API));
                        assertThat(other.get()).isSameAs(one.get());
                        gauge.setEnabled(false);
                        assertThatThrownBy(gauge::capture).hasMessageContaining("switched off");
                    }
                })
                .doesNotThrowAnyException();
        for (String method : List.of(
                "onStart",
                "onRequested",
                "onCaptureStarted",
                "onCoalesced",
                "onCaptured",
                "onReport",
                "onFailure",
                "onClose")) {
            assertThat(logged).as(method).anyMatch(line -> line.contains("Hostile." + method + " failed"));
        }
    }

    /** Refuses everything, at the beginning or once it is told to. */
    private static final class HostileRegistry extends SimpleMeterRegistry {
        private volatile boolean hostile;

        private void trouble() {
            if (hostile) {
                throw new IllegalStateException("of a registry");
            }
        }

        @Override
        protected <T> io.micrometer.core.instrument.Gauge newGauge(Meter.Id id, T object, ToDoubleFunction<T> value) {
            trouble();
            return super.newGauge(id, object, value);
        }

        @Override
        protected Counter newCounter(Meter.Id id) {
            trouble();
            return super.newCounter(id);
        }

        @Override
        protected Timer newTimer(Meter.Id id, DistributionStatisticConfig statistics, PauseDetector pauses) {
            trouble();
            return super.newTimer(id, statistics, pauses);
        }

        @Override
        public Meter remove(Meter meter) {
            trouble();
            return super.remove(meter);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_registry_that_throws_costs_metrics_only(boolean fromTheStart) {
        HostileRegistry hostile = new HostileRegistry();
        hostile.hostile = fromTheStart;
        assertThatCode(() -> {
                    try (HeapGauge gauge =
                            gauge().meterRegistry((MeterRegistry) hostile).start()) {
                        hostile.hostile = true;
                        assertThat(gauge.capture()).isNotNull();
                        assertThat(gauge.quick()).isNotNull();
                        analysis.next(() -> {
                            throw new IllegalStateException("once");
                        });
                        assertThatThrownBy(gauge::capture).hasMessageContaining("once");
                        assertThat(gauge.capture()).isNotNull();
                    }
                })
                .doesNotThrowAnyException();
        assertThat(logged).anyMatch(line -> line.startsWith("WARNING"));
    }

    @Test
    void a_log_that_throws_leaves_no_caller_waiting() {
        Handler broken = new Handler() {
            @Override
            public void publish(LogRecord record) {
                throw new IllegalStateException("of a log");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        try (HeapGauge gauge = gauge().start()) {
            gauge.capture();
            logger.addHandler(broken);
            try {
                assertThatThrownBy(() -> gauge.capture(new CaptureRequest(Trigger.JMX, null, true)))
                        .as("refused, and the refusal cannot be logged")
                        .isInstanceOf(CaptureException.class)
                        .hasMessageContaining("may not be kept");
                assertThatCode(() -> gauge.captureAsync(CaptureRequest.of(Trigger.JMX))
                                .exceptionally(e -> null)
                                .get())
                        .doesNotThrowAnyException();
            } finally {
                logger.removeHandler(broken);
            }
            assertThat(gauge.capture()).isNotNull();
        }
    }

    @Test
    void an_interrupted_caller_goes_and_the_capture_goes_on() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (HeapGauge gauge = gauge().start()) {
            analysis.next(() -> {
                inside.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            Queue<Throwable> seen = new ConcurrentLinkedQueue<>();
            Thread caller = new Thread(() -> {
                try {
                    gauge.capture();
                } catch (CaptureException e) {
                    seen.add(e);
                }
            });
            caller.start();
            inside.await();
            caller.interrupt();
            caller.join();
            assertThat(seen)
                    .singleElement()
                    .satisfies(e -> assertThat(e).hasMessageContaining("interrupted while waiting"));
            goOn.countDown();
            await().until(() -> gauge.lastReport().isPresent());
        }
    }

    @Test
    void an_interrupted_gauge_thread_is_no_trouble() {
        try (HeapGauge gauge = gauge().start()) {
            analysis.next(() -> Thread.currentThread().interrupt());
            HeapReport report = null;
            try {
                report = gauge.capture();
            } catch (CaptureException e) {
                assertThat(e.failure().message()).startsWith("analysis failed");
            }
            if (report == null) {
                assertThat(failed()).isOne();
            }
            assertThat(gauge.capture()).as("the next one").isNotNull();
        }
    }
}

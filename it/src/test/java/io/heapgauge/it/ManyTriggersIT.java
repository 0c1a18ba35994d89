/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.management.Notification;
import javax.management.RuntimeMBeanException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hundred callers at once, by all four ways in, while the service answers requests: captures stay within the limits, every
 * caller is answered, and nothing is left behind. Five seconds by default, a minute with {@code mvn -Psoak verify}.
 */
class ManyTriggersIT {
    private static final Duration TIME = Duration.ofSeconds(Boolean.getBoolean("heapgauge.soak") ? 60 : 5);
    private static final int CALLERS = 25;
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final Duration MINIMUM_INTERVAL = Duration.ofMillis(500);

    @TempDir
    Path directory;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();
    private final AtomicInteger reports = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger signals = new AtomicInteger();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private volatile boolean stop;

    @FunctionalInterface
    private interface Call {
        void ask() throws Exception;
    }

    @Test
    void a_hundred_callers_are_all_answered_within_the_limits() throws Exception {
        int port = Ports.free();
        try (ForkedJvm service = start(port)) {
            service.awaitLine("service ready");
            try (JmxClient jmx = JmxClient.attach(service.pid())) {
                jmx.invoke(JmxClient.gauge("demo"), "capture", "warm");
                Queue<Notification> notifications = jmx.subscribe(JmxClient.gauge("demo"));
                Counts before = Counts.of(jmx, directory);

                service.send("go");
                List<Thread> callers = new ArrayList<>();
                for (int i = 0; i < CALLERS; i++) {
                    callers.add(caller("jmx", () -> overJmx(jmx)));
                    callers.add(caller("http", () -> overHttp(port)));
                    callers.add(caller("signal", () -> {
                        service.signal("USR1");
                        signals.incrementAndGet();
                    }));
                }
                long began = System.nanoTime();
                callers.forEach(Thread::start);
                Thread.sleep(TIME.toMillis());
                stop = true;
                for (Thread caller : callers) {
                    caller.join(LIMIT.toMillis());
                    assertThat(caller.isAlive()).as(caller.getName()).isFalse();
                }
                service.send("stop");
                String[] api = service.awaitLine("api ").split(" ");
                double seconds = (System.nanoTime() - began) / 1e9;

                assertThat(wrong).isEmpty();
                assertThat(api[3])
                        .as("neither report nor refusal: " + service.output())
                        .isEqualTo("0");
                assertThat(api[4]).as("deadlocked threads").isEqualTo("0");
                assertThat(Long.parseLong(api[1]) + Long.parseLong(api[2])).isEqualTo(Long.parseLong(api[0]));
                long captures = captures(notifications);
                assertThat(captures)
                        .as("captures in %.1f s", seconds)
                        .isPositive()
                        .isLessThanOrEqualTo((long) (seconds / (MINIMUM_INTERVAL.toMillis() / 1e3)) + 1);
                everyWishIsCounted(port, api);

                await().atMost(LIMIT)
                        .untilAsserted(() -> Counts.of(jmx, directory).isNoMoreThan(before));
                Thread.sleep(MINIMUM_INTERVAL.toMillis());
                assertThat(jmx.invoke(JmxClient.gauge("demo"), "capture", "last"))
                        .asString()
                        .contains("Heap of");
                System.out.printf(
                        "%d captures in %.1f s; jmx and http: %d reports, %d refusals; api: %s; %d signals%n",
                        captures, seconds, reports.get(), refusals.get(), String.join(" ", api), signals.get());
            }
        }
    }

    private Thread caller(String kind, Call call) {
        return new Thread(
                () -> {
                    while (!stop) {
                        try {
                            call.ask();
                            Thread.sleep(kind.equals("signal") ? 100 : 20);
                        } catch (Exception e) {
                            wrong.add(kind + " " + e);
                        }
                    }
                },
                kind + "-caller");
    }

    private void overJmx(JmxClient jmx) throws Exception {
        try {
            assertThat(jmx.invoke(JmxClient.gauge("demo"), "capture", "many"))
                    .asString()
                    .contains("Heap of");
            reports.incrementAndGet();
        } catch (RuntimeMBeanException e) {
            assertThat(e.getCause()).hasMessageContaining("refused: the last capture ended");
            refusals.incrementAndGet();
        }
    }

    private void overHttp(int port) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/heapgauge"))
                        .timeout(LIMIT)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"label\":\"many\"}"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 429);
        (answer.statusCode() == 200 ? reports : refusals).incrementAndGet();
    }

    private static long captures(Queue<Notification> notifications) {
        return notifications.stream()
                .filter(notification -> notification.getType().equals("heapgauge.capture.started"))
                .count();
    }

    /** What the metrics count is what the callers have asked; the kernel merges signals that it has not yet delivered. */
    private void everyWishIsCounted(int port, String[] api) throws IOException {
        PrometheusText metrics = PrometheusText.scrape(URI.create("http://127.0.0.1:" + port + "/actuator/prometheus"));
        assertThat(wishes(metrics, "api")).isEqualTo(Long.parseLong(api[0]));
        assertThat(wishes(metrics, "jmx") + wishes(metrics, "http")).isEqualTo(reports.get() + refusals.get() + 1);
        assertThat(wishes(metrics, "signal")).isPositive().isLessThanOrEqualTo(signals.get());
    }

    private static long wishes(PrometheusText metrics, String trigger) {
        long sum = 0;
        for (String outcome : List.of("success", "coalesced", "refused", "failed", "cancelled")) {
            sum += (long) metrics.value(
                            "heapgauge_captures_total", Map.of("trigger", trigger, "outcome", outcome, "mode", "full"))
                    .orElse(0);
        }
        return sum;
    }

    /** What must not grow. */
    private record Counts(long gaugeThreads, long files, long descriptors) {
        static Counts of(JmxClient jmx, Path directory) throws IOException {
            ThreadMXBean threads = jmx.platform(ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
            long gaugeThreads = Stream.of(threads.getThreadInfo(threads.getAllThreadIds()))
                    .filter(thread -> thread != null && thread.getThreadName().startsWith("heapgauge-"))
                    .count();
            UnixOperatingSystemMXBean system =
                    jmx.platform(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME, UnixOperatingSystemMXBean.class);
            try (Stream<Path> files = Files.walk(directory.resolve("dumps"))) {
                return new Counts(
                        gaugeThreads,
                        files.filter(file -> !file.toString().endsWith(".json")).count(),
                        system.getOpenFileDescriptorCount());
            }
        }

        void isNoMoreThan(Counts before) {
            assertThat(gaugeThreads).as("threads of the gauge").isLessThanOrEqualTo(before.gaugeThreads);
            assertThat(files).as("files of the gauge").isLessThanOrEqualTo(before.files);
            // connections of the callers close in their own time
            assertThat(descriptors).as("open files").isLessThanOrEqualTo(before.descriptors + CALLERS + 10);
        }
    }

    private ForkedJvm start(int port) throws IOException {
        return ForkedJvm.start(
                Jdk.all().get(0),
                directory,
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        TriggeredService.class.getName(),
                        Integer.toString(CALLERS),
                        "--server.port=" + port,
                        "--demo.sessions.restored=500",
                        "--demo.visits-per-second=20",
                        "--demo.first-capture-after=1h",
                        "--heapgauge.every=1h",
                        "--heapgauge.quick-every=1h",
                        "--heapgauge.daily-limit=1000000",
                        "--heapgauge.analysis.cpu-share=1",
                        "--heapgauge.minimum-interval=" + MINIMUM_INTERVAL.toMillis() + "ms",
                        "--heapgauge.directory=" + directory.resolve("dumps")));
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.it.OpenLoopLoad.Answer;
import io.heapgauge.it.OpenLoopLoad.Answers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo under load, measured once a minute for half an hour: what its users notice outside of the pauses, beside stretches
 * without before and after; and whether the process stays as it was, beside a twin that is under the same load at the same
 * time and never measured. {@code mvn -Psoak verify} runs it and leaves its table in {@code target/continuous.md}.
 */
@EnabledIfSystemProperty(named = "heapgauge.soak", matches = "true")
class ContinuousSoakIT {
    private static final ObjectName GAUGE = JmxClient.gauge("demo");
    private static final int SESSIONS = 300_000;
    private static final int PER_SECOND = 200;
    private static final int MINUTES = Integer.getInteger("heapgauge.continuous.minutes", 30);
    private static final Duration WITHOUT = Duration.ofMinutes(Math.max(1, MINUTES / 4));
    private static final int WARMING = 100;
    private static final double BUDGET = 0.001;
    private static final long MOST_GROWTH_KIB = 8 << 10;

    /** A pause is told with its length and the moment right before it; what it held up is served after it. */
    private static final Duration SLACK = Duration.ofMillis(50);

    @TempDir
    Path directory;

    /** What was seen while the one process was measured, and the other was not. */
    private record Watched(List<Pause> pauses, List<Sample> samples, List<Sample> twin) {}

    /** Without measuring, before and after; with it, all and outside of the pauses; the twin's at that same time. */
    private record Latencies(Answers before, Answers after, Answers with, Answers outside, Answers twin) {}

    /** A snapshot. */
    private record Pause(Instant at, long nanos) {
        boolean touches(Answer answer, Instant due) {
            Instant answered = due.plusNanos(answer.nanos());
            return answered.isAfter(at) && due.isBefore(at.plusNanos(nanos).plus(SLACK));
        }
    }

    /** The process at one moment. */
    private record Sample(long residentKib, long threads, long descriptors, long children) {
        static Sample of(long pid) throws IOException {
            Path proc = Path.of("/proc", Long.toString(pid));
            List<String> status = Files.readAllLines(proc.resolve("status"));
            try (Stream<Path> open = Files.list(proc.resolve("fd"))) {
                return new Sample(
                        number(status, "VmRSS:"),
                        number(status, "Threads:"),
                        open.count(),
                        ProcessHandle.of(pid).orElseThrow().children().count());
            }
        }

        private static long number(List<String> status, String key) {
            String line = status.stream()
                    .filter(each -> each.startsWith(key))
                    .findFirst()
                    .orElseThrow();
            return Long.parseLong(line.replaceAll("\\D+", ""));
        }
    }

    @Test
    void half_an_hour_of_measuring_leaves_the_service_as_it_was() throws Exception {
        int port = Ports.free();
        int twinPort = Ports.free();
        AtomicBoolean over = new AtomicBoolean();
        try (ForkedJvm demo = startDemo("measured", port);
                ForkedJvm twin = startDemo("twin", twinPort)) {
            demo.awaitLine("First capture in");
            twin.awaitLine("First capture in");
            try (JmxClient jmx = JmxClient.attach(demo.pid());
                    JmxClient twinJmx = JmxClient.attach(twin.pid())) {
                OpenLoopLoad load = new OpenLoopLoad(port, PER_SECOND);
                OpenLoopLoad twinLoad = new OpenLoopLoad(twinPort, PER_SECOND);
                CompletableFuture<List<Answer>> twinAnswers =
                        CompletableFuture.supplyAsync(() -> twinLoad.each(() -> !over.get()));
                CompletableFuture<Void> warming = CompletableFuture.allOf(warm(jmx), warm(twinJmx));
                load.during(() -> !warming.isDone());
                warming.join();
                enable(jmx, false);
                enable(twinJmx, false);
                Object lastOfTwin = twinJmx.attribute(GAUGE, "LastCaptureTime");
                Answers before = load.during(WITHOUT);
                enable(jmx, true);
                Watched watched = new Watched(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
                CompletableFuture<Void> watching = watch(jmx, demo.pid(), twin.pid(), watched);
                long from = System.nanoTime();
                List<Answer> with = load.each(() -> !watching.isDone());
                long to = System.nanoTime();
                watching.join();
                double share = (Double) jmx.attribute(GAUGE, "ContinuousPausedShare");
                enable(jmx, false);
                Answers after = load.during(WITHOUT);
                over.set(true);
                List<Answer> all = twinAnswers.join();
                assertThat(Answers.of(all).failed()).isZero();
                assertThat(twinJmx.attribute(GAUGE, "LastCaptureTime")).isEqualTo(lastOfTwin);
                Latencies latencies = new Latencies(
                        before,
                        after,
                        Answers.of(with),
                        outside(with, watched.pauses()),
                        outside(
                                all.stream()
                                        .filter(answer -> answer.due() >= from && answer.due() < to)
                                        .toList(),
                                watched.pauses()));
                write(latencies, watched, share);
                assertThat(watched.pauses()).hasSizeGreaterThanOrEqualTo(MINUTES * 4 / 5);
                assertThat(share).isLessThanOrEqualTo(BUDGET);
                assertThat(latencies.with().failed()).isZero();
                requireNoTrend(watched);
            }
        } finally {
            over.set(true);
        }
    }

    private static Answers outside(List<Answer> answers, List<Pause> pauses) {
        long offset = System.currentTimeMillis() * 1_000_000 - System.nanoTime();
        return Answers.of(answers.stream()
                .filter(answer -> pauses.stream().noneMatch(pause -> pause.touches(answer, at(answer, offset))))
                .toList());
    }

    private static Instant at(Answer answer, long offset) {
        long nanos = answer.due() + offset;
        return Instant.ofEpochSecond(nanos / 1_000_000_000, nanos % 1_000_000_000);
    }

    /** Has the VM compile what measuring needs, which takes memory of its own once. */
    private static CompletableFuture<Void> warm(JmxClient jmx) {
        return CompletableFuture.runAsync(() -> {
            try {
                for (int i = 0; i < WARMING; i++) {
                    jmx.invoke(GAUGE, "quick");
                    TimeUnit.MILLISECONDS.sleep(200);
                }
            } catch (JMException | IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void enable(JmxClient jmx, boolean enabled) throws JMException, IOException {
        jmx.set(GAUGE, new Attribute("Enabled", enabled));
    }

    /** Looks every half second for a new snapshot, and every few seconds at the processes. */
    private static CompletableFuture<Void> watch(JmxClient jmx, long pid, long twin, Watched watched) {
        return CompletableFuture.runAsync(() -> {
            List<Pause> pauses = watched.pauses();
            long end = System.nanoTime() + Duration.ofMinutes(MINUTES).toNanos();
            try {
                Date last = (Date) jmx.attribute(GAUGE, "LastCaptureTime");
                for (int look = 0; System.nanoTime() < end; look++) {
                    Date at = (Date) jmx.attribute(GAUGE, "LastCaptureTime");
                    if (!at.equals(last)) {
                        last = at;
                        double millis = (Double) jmx.attribute(GAUGE, "LastPauseMillis");
                        pauses.add(new Pause(at.toInstant(), (long) (millis * 1e6)));
                    }
                    if (look % 20 == 0) {
                        watched.samples().add(Sample.of(pid));
                        watched.twin().add(Sample.of(twin));
                    }
                    TimeUnit.MILLISECONDS.sleep(500);
                }
            } catch (JMException | IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Resident memory may grow as that of the twin does, which is as young and as busy; all else may not. */
    private static void requireNoTrend(Watched watched) {
        List<Sample> samples = watched.samples();
        assertThat(grown(samples, Sample::residentKib) - grown(watched.twin(), Sample::residentKib))
                .as("resident memory beyond the twin's, KiB")
                .isLessThan(MOST_GROWTH_KIB);
        assertThat(grown(samples, Sample::threads)).as("threads").isLessThanOrEqualTo(2);
        assertThat(grown(samples, Sample::descriptors)).as("descriptors").isLessThanOrEqualTo(2);
        assertThat(grown(samples, Sample::children)).as("children").isZero();
    }

    /** Median of the last third less that of the first. */
    private static long grown(List<Sample> samples, ToLongFunction<Sample> part) {
        int third = samples.size() / 3;
        return median(samples.subList(samples.size() - third, samples.size()), part)
                - median(samples.subList(0, third), part);
    }

    private static long median(List<Sample> samples, ToLongFunction<Sample> part) {
        return samples.stream()
                .mapToLong(part)
                .sorted()
                .skip(samples.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    private static void write(Latencies latencies, Watched watched, double share) throws IOException {
        Answers without = Answers.together(List.of(latencies.before(), latencies.after()));
        long[] nanos =
                watched.pauses().stream().mapToLong(Pause::nanos).sorted().toArray();
        String text = String.format(
                        Locale.ROOT,
                        "Demo service, %d requests per second, %d minutes, %d snapshots: pauses of %.1f ms (median) to %.1f ms,"
                                + " share paused %.5f of the time (budget %.3f).%n99th percentiles: %.2f ms before, %.2f ms after,"
                                + " %.2f ms with measuring, %.2f ms of that outside of the pauses: %.2f times that without"
                                + " (before : after %.2f). The twin at the same time %.2f ms.%n",
                        PER_SECOND,
                        MINUTES,
                        nanos.length,
                        nanos[nanos.length / 2] / 1e6,
                        nanos[nanos.length - 1] / 1e6,
                        share,
                        BUDGET,
                        latencies.before().millisAt(0.99),
                        latencies.after().millisAt(0.99),
                        latencies.with().millisAt(0.99),
                        latencies.outside().millisAt(0.99),
                        latencies.outside().millisAt(0.99) / without.millisAt(0.99),
                        latencies.before().millisAt(0.99) / latencies.after().millisAt(0.99),
                        latencies.twin().millisAt(0.99))
                + "Grown from the first third to the last: " + growth(watched.samples())
                + "; the twin, never measured: "
                + growth(watched.twin()) + ".\n";
        Files.writeString(Path.of("target", "continuous.md"), text);
        System.out.print(text);
    }

    private static String growth(List<Sample> samples) {
        return String.format(
                Locale.ROOT,
                "resident %d KiB, threads %d, descriptors %d, children %d",
                grown(samples, Sample::residentKib),
                grown(samples, Sample::threads),
                grown(samples, Sample::descriptors),
                grown(samples, Sample::children));
    }

    private ForkedJvm startDemo(String name, int port) throws IOException {
        return ForkedJvm.start(
                Jdk.all().get(0),
                Files.createDirectory(directory.resolve(name)),
                List.of(
                        "-Xms2g",
                        "-Xmx2g",
                        "-XX:+AlwaysPreTouch",
                        "-jar",
                        System.getProperty("heapgauge.demo.jar"),
                        "--server.port=" + port,
                        "--demo.sessions.restored=" + SESSIONS,
                        "--demo.sessions.maximum=" + SESSIONS,
                        "--demo.visits-per-second=1",
                        "--demo.first-capture-after=1h",
                        "--heapgauge.engine=auto",
                        "--heapgauge.every=1m",
                        "--heapgauge.minimum-interval=0s",
                        "--heapgauge.daily-limit=1000",
                        "--heapgauge.continuous.capture-on-growth=false",
                        "--heapgauge.directory=" + directory.resolve(name).resolve("dumps")));
    }
}

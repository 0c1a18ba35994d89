/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapgauge.it.OpenLoopLoad.Answers;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the users of a service notice of an analysis in its process: latencies at a fixed rate of requests while a dump of a
 * gigabyte is analysed, against latencies without, and two stretches without against each other as the control. It takes
 * minutes and a quiet machine; {@code mvn -Psoak verify} runs it and leaves its table in {@code target/latency.md}.
 */
@EnabledIfSystemProperty(named = "heapgauge.soak", matches = "true")
class LatencyIT {
    private static final ObjectName GAUGE = JmxClient.gauge("demo");
    private static final int SESSIONS = 900_000;
    private static final int PER_SECOND = 200;
    private static final int ROUNDS = Integer.getInteger("heapgauge.latency.rounds", 3);
    private static final String SHARE = System.getProperty("heapgauge.latency.share", "0.5");
    private static final String MODE = System.getProperty("heapgauge.latency.mode", "in-process");

    /** Analyses after which little of them is left to compile. */
    private static final int WARMING_ANALYSES = 5;

    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration WARMING = Duration.ofSeconds(90);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration SETTLING = Duration.ofSeconds(2);
    private static final long MOST_HEAP_GROWTH = 32 << 20;

    @TempDir
    Path directory;

    /** One round, or all of them as one; as a row: 99th percentiles. */
    private record Round(Answers idle, Answers idleAgain, Answers analysing) {
        static Round together(List<Round> rounds) {
            return new Round(
                    Answers.together(rounds.stream().map(Round::idle).toList()),
                    Answers.together(rounds.stream().map(Round::idleAgain).toList()),
                    Answers.together(rounds.stream().map(Round::analysing).toList()));
        }

        private double millisWithout(double share) {
            return Answers.together(List.of(idle, idleAgain)).millisAt(share);
        }

        String percentile(double share) {
            double without = millisWithout(share);
            double with = analysing.millisAt(share);
            return String.format(
                    Locale.ROOT, "| %.1f | %.2f ms | %.2f ms | %.2f |", 100 * share, without, with, with / without);
        }

        String row(String name) {
            return String.format(
                    Locale.ROOT,
                    "| %s | %.2f ms | %.2f ms | %.2f ms | %.2f | %.2f | %,d |",
                    name,
                    idle.millisAt(0.99),
                    idleAgain.millisAt(0.99),
                    analysing.millisAt(0.99),
                    idleAgain.millisAt(0.99) / idle.millisAt(0.99),
                    analysing.millisAt(0.99) / millisWithout(0.99),
                    analysing.nanos().length);
        }
    }

    @Test
    void requests_hardly_notice_that_a_gigabyte_is_analysed() throws Exception {
        int port = Ports.free();
        try (ForkedJvm demo = startDemo(port)) {
            demo.awaitLine("First capture in");
            try (JmxClient jmx = JmxClient.attach(demo.pid())) {
                OpenLoopLoad load = new OpenLoopLoad(port, PER_SECOND);
                load.during(WARMING); // both sides
                Round first = round(jmx, load); // most of an analysis runs interpreted, and is compiled meanwhile
                for (int i = 1; i < WARMING_ANALYSES; i++) {
                    capture(jmx).join(); // and the analysis
                }
                List<Round> rounds = new ArrayList<>();
                for (int i = 0; i < ROUNDS; i++) {
                    rounds.add(round(jmx, load));
                }
                long dumpBytes = (Long) jmx.attribute(GAUGE, "LastDumpBytes");
                long growth = heapGrowth(jmx);
                write(first, rounds, dumpBytes, growth);
                assertThat(dumpBytes).isGreaterThan(900_000_000);
                assertThat(growth).as("Java heap that an analysis takes").isLessThan(MOST_HEAP_GROWTH);
            }
        }
    }

    /** Idle before and after, so that what only gets better or worse with time falls on both sides. */
    private static Round round(JmxClient jmx, OpenLoopLoad load) {
        Answers idle = load.during(IDLE);
        CompletableFuture<Void> report = capture(jmx);
        awaitAnalysis(jmx);
        Answers analysing = load.during(() -> !report.isDone());
        report.join();
        await().pollDelay(SETTLING).until(() -> true);
        Answers idleAgain = load.during(IDLE);
        for (Answers answers : List.of(idle, idleAgain, analysing)) {
            assertThat(answers.failed()).as("requests that failed").isZero();
        }
        return new Round(idle, idleAgain, analysing);
    }

    private static CompletableFuture<Void> capture(JmxClient jmx) {
        return CompletableFuture.runAsync(() -> {
            try {
                jmx.invoke(GAUGE, "capture", "latency");
            } catch (JMException | IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** The pause is over, and what piled up in it has been served. */
    private static void awaitAnalysis(JmxClient jmx) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> jmx.attribute(GAUGE, "State").equals("analyzing"));
        await().pollDelay(SETTLING).until(() -> true);
    }

    /** By how much the live objects grow while an analysis runs, at its worst. */
    private static long heapGrowth(JmxClient jmx) throws IOException {
        MemoryMXBean memory = jmx.platform(ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
        memory.gc();
        long before = memory.getHeapMemoryUsage().getUsed();
        CompletableFuture<Void> report = capture(jmx);
        awaitAnalysis(jmx);
        long most = 0;
        while (!report.isDone()) {
            memory.gc();
            most = Math.max(most, memory.getHeapMemoryUsage().getUsed());
            await().pollDelay(SETTLING).until(() -> true); // in a collection the analysis stands still as well
        }
        report.join();
        return most - before;
    }

    private void write(Round first, List<Round> rounds, long dumpBytes, long growth) throws IOException {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "Demo service, %d requests per second, dump of %,d bytes, analysis %s at a share of %s of a core; 99th"
                        + " percentiles. Java heap taken by an analysis, after collections: %,d bytes.%n%n"
                        + "| round | idle | idle after | analysing | idle after : idle | analysing : idle | requests while"
                        + " analysing |%n|---|---|---|---|---|---|---|%n",
                PER_SECOND,
                dumpBytes,
                MODE,
                SHARE,
                growth));
        table.append(first.row("first of the JVM")).append('\n');
        for (int i = 0; i < rounds.size(); i++) {
            table.append(rounds.get(i).row(String.valueOf(i + 1))).append('\n');
        }
        Round all = Round.together(rounds);
        table.append(all.row("all")).append('\n');
        table.append("\n| percentile | without | analysing | ratio |\n|---|---|---|---|\n");
        for (double share : new double[] {0.5, 0.9, 0.95, 0.98, 0.99, 0.999}) {
            table.append(all.percentile(share)).append('\n');
        }
        Files.writeString(Path.of("target", "latency.md"), table);
        System.out.println(table);
    }

    private ForkedJvm startDemo(int port) throws IOException {
        return ForkedJvm.start(
                Jdk.all().get(0),
                directory,
                List.of(
                        "-Xms4g",
                        "-Xmx4g",
                        "-XX:+AlwaysPreTouch", // a page's first touch is no matter of an analysis
                        "-jar",
                        System.getProperty("heapgauge.demo.jar"),
                        "--server.port=" + port,
                        "--demo.sessions.restored=" + SESSIONS,
                        "--demo.sessions.maximum=" + 2 * SESSIONS,
                        "--demo.visits-per-second=1",
                        "--demo.first-capture-after=1h",
                        "--heapgauge.every=1h",
                        "--heapgauge.quick-every=1h",
                        "--heapgauge.minimum-interval=0s",
                        "--heapgauge.scratch-budget=2GB",
                        "--heapgauge.analysis.cpu-share=" + SHARE,
                        "--heapgauge.analysis.mode=" + MODE,
                        "--heapgauge.directory=" + directory.resolve("dumps")));
    }
}

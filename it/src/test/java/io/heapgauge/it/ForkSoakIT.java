/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.measure.GcReachability;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.source.HprofSource;
import io.heapgauge.analysis.store.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Snapshot after snapshot of a process that allocates, contends for locks, loads and unloads classes and starts threads: each
 * is right, and the process stays as it was. A thousand with {@code -Psoak}, on every JDK.
 */
@EnabledOnOs(OS.LINUX)
class ForkSoakIT {
    private static final boolean SOAK = Boolean.getBoolean("heapgauge.soak");
    private static final int SNAPSHOTS = Integer.getInteger("heapgauge.snapshots", SOAK ? 1_000 : 12);
    private static final long MOST_GROWTH = 32 << 20;

    @TempDir
    Path directory;

    static Stream<Arguments> runs() {
        List<String> collectors = List.of("-XX:+UseG1GC", "-XX:+UseParallelGC", "-XX:+UseSerialGC");
        return Jdk.all().stream()
                .limit(SOAK ? Long.MAX_VALUE : 1)
                .flatMap(jdk -> collectors.stream().map(collector -> Arguments.of(jdk, collector)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("runs")
    void a_busy_process_survives_its_snapshots(Jdk jdk, String collector) throws Exception {
        List<String> arguments = List.of(
                collector,
                "-Xms96m",
                "-Xmx96m",
                "-XX:+AlwaysPreTouch", // a heap's first touch is no growth
                "-cp",
                System.getProperty("java.class.path"),
                "io.heapgauge.ForkSoakProgram",
                directory.toString(),
                Integer.toString(SNAPSHOTS));
        try (ForkedJvm jvm = ForkedJvm.start(jdk, directory, arguments)) {
            int status = jvm.awaitExit(Duration.ofMinutes(60));
            assumeFalse(jvm.output().contains("refused: this jar has no native part"), jvm.output());
            assertThat(status).as(jvm.output()).isZero();
            String done = jvm.awaitLine("done: ");
            System.out.println(jdk + " " + collector + ": " + done + ", resident "
                    + Long.parseLong(jvm.awaitLine("resident ")) / 1024 + " KiB more");
            assertThat(done).matches(".* steps [1-9]\\d*(/[1-9]\\d*){3}");
            assertThat(jvm.awaitLine("missed ")).isEqualTo("0");
            assertThat(jvm.awaitLine("children ")).isEqualTo("0");
            assertThat(Long.parseLong(jvm.awaitLine("descriptors "))).isLessThanOrEqualTo(2);
            assertThat(Long.parseLong(jvm.awaitLine("resident "))).isLessThan(MOST_GROWTH);
            assertThat(heldReached(directory.resolve("last.hprof")))
                    .as("objects that only the frames of virtual threads hold")
                    .isEqualTo(Long.parseLong(jvm.awaitLine("held ")));
        }
    }

    /** Objects that GC roots reach of those that only frames of virtual threads hold. */
    private long heldReached(Path dump) throws IOException {
        HprofSource source = HprofSource.open(dump, HprofSource.Options.DEFAULT, Monitor.NONE);
        try (Scratch scratch = Scratch.mapped(directory, RetainedSizes.SCRATCH_BYTES)) {
            HeapGraph graph = HeapGraph.build(source, RetainedSizes.NO_RULES, scratch, Monitor.NONE);
            GcReachability reached = GcReachability.of(graph, scratch, Monitor.NONE);
            return BusyThreads.objects(source.types(), reached.byType(), BusyThreads.Held.class);
        }
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.ReportJson;
import io.heapgauge.analysis.report.Size;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A capture counts what the VM's own class histogram counts, type by type, under every collector of every JDK. With
 * {@code -Dheapgauge.histogram.objects=5000000} on heaps of that size and with other object layouts too.
 */
@Tag("once")
class HistogramIT {
    private static final long SMALL = 1_000_000;
    private static final long OBJECTS = Long.getLong("heapgauge.histogram.objects", SMALL);
    private static final long SEED = 42;
    private static final double SHARE = 0.001;
    private static final double BYTES_SHARE = 0.005;
    private static final int TOP = 50;
    private static final List<String> ROWS = new ArrayList<>();

    /** Most objects of one type that the histogram call and the capture themselves may hold at their time. */
    private static final long OWN_OBJECTS = 5;

    /**
     * Class objects of the VM's shared archive whose classes are not loaded lie in the heap, so the histogram counts them,
     * and HotSpot's dump leaves them out; with -Xshare:off the counts are equal.
     */
    private static final String CLASS_OBJECTS = "java.lang.Class";

    private static final long MOST_ARCHIVED_CLASSES = 500;

    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("runs")
    void a_capture_counts_what_the_class_histogram_counts(Jdk jdk, String flags) throws Exception {
        measure(jdk, flags);
        VmHistogram before = VmHistogram.parse(Files.readString(directory.resolve("before.txt")));
        VmHistogram after = VmHistogram.parse(Files.readString(directory.resolve("after.txt")));
        HeapReport report = report();
        VmHistogram ours = VmHistogram.of(report);
        List<String> explained = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (String type : before.largest(TOP)) {
            long off = distance(
                    ours.of(type).objects(),
                    before.of(type).objects(),
                    after.of(type).objects());
            if (Math.abs(off) > SHARE * before.of(type).objects()) {
                (isExplained(type, off) ? explained : faults).add(String.format(Locale.ROOT, "%s %+d", type, off));
            }
        }
        ROWS.add(row(flags, before, report, explained, faults));
        assertThat(report.types()).hasSize(report.typeCount());
        assertThat(before.total().objects()).isGreaterThan(OBJECTS);
        assertThat(faults).isEmpty();
        // each histogram call leaves its own text in the heap, so the truth lies between the two
        long objects = report.totals().all().objects();
        long bytes = report.totals().all().bytes();
        assertThat(Math.abs(distance(
                        objects, before.total().objects(), after.total().objects())))
                .isLessThan((long) (SHARE * before.total().objects()));
        assertThat(Math.abs(
                        distance(bytes, before.total().bytes(), after.total().bytes())))
                .isLessThan((long) (BYTES_SHARE * before.total().bytes()));
    }

    @AfterAll
    static void tellTheFigures() throws Exception {
        String head =
                "| JVM | flags | objects, VM | objects, ours | off % | bytes, VM | bytes, ours | off % | of the top "
                        + TOP + " explained | not explained |\n|---|---|---|---|---|---|---|---|---|---|\n";
        Files.writeString(Path.of("target", "histogram.md"), head + String.join("", ROWS));
    }

    private void measure(Jdk jdk, String flags) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(flags.split(" ")));
        long heapMegabytes = 1024 + OBJECTS * 400 / 1_000_000;
        arguments.addAll(List.of("-Xms" + heapMegabytes + "m", "-Xmx" + heapMegabytes + "m"));
        arguments.addAll(List.of("-cp", System.getProperty("java.class.path"), HistogramProgram.class.getName()));
        arguments.addAll(List.of(directory.toString(), Long.toString(OBJECTS), Long.toString(SEED)));
        try (ForkedJvm jvm = ForkedJvm.start(jdk, directory, arguments)) {
            assertThat(jvm.awaitExit(Duration.ofMinutes(5))).as(jvm.output()).isZero();
        }
    }

    private HeapReport report() throws Exception {
        try (InputStream in = Files.newInputStream(directory.resolve("report.json"))) {
            return ReportJson.read(in);
        }
    }

    private static boolean isExplained(String type, long off) {
        boolean archived = type.equals(CLASS_OBJECTS) && off < 0 && -off <= MOST_ARCHIVED_CLASSES;
        return archived || Math.abs(off) <= OWN_OBJECTS;
    }

    /** How far a number is above or below the stretch between two others; 0 within. */
    private static long distance(long number, long one, long other) {
        return number - Math.max(Math.min(one, other), Math.min(Math.max(one, other), number));
    }

    private static double difference(long number, long expected) {
        return Math.abs(number - expected) / (double) expected;
    }

    private static String row(
            String flags, VmHistogram vm, HeapReport report, List<String> explained, List<String> faults) {
        Size theirs = vm.total();
        Size ours = report.totals().all();
        return String.format(
                Locale.ROOT,
                "| %s | `%s` | %d | %d | %.4f | %d | %d | %.4f | %s | %s |%n",
                report.capture().jvm().version(),
                flags,
                theirs.objects(),
                ours.objects(),
                100 * difference(ours.objects(), theirs.objects()),
                theirs.bytes(),
                ours.bytes(),
                100 * difference(ours.bytes(), theirs.bytes()),
                String.join(", ", explained),
                String.join(", ", faults));
    }

    private static Stream<Arguments> runs() {
        return Jdk.all().stream().flatMap(jdk -> flags(jdk).map(flags -> Arguments.of(jdk, flags)));
    }

    private static Stream<String> flags(Jdk jdk) {
        Stream<String> collectors = Stream.of("-XX:+UseG1GC", "-XX:+UseParallelGC", "-XX:+UseSerialGC", "-XX:+UseZGC");
        if (OBJECTS <= SMALL) {
            return collectors;
        }
        Stream<String> layouts = Stream.of("-XX:-UseCompressedOops");
        Stream<String> compact = Stream.of("-XX:+UseCompactObjectHeaders");
        return Stream.concat(collectors, jdk.feature() >= 25 ? Stream.concat(layouts, compact) : layouts);
    }
}

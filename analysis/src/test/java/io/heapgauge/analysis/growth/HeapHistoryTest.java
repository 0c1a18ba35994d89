/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.Growth;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.HeapTotals;
import io.heapgauge.analysis.report.JvmFacts;
import io.heapgauge.analysis.report.PauseSource;
import io.heapgauge.analysis.report.SampleReports;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.report.Suspect;
import io.heapgauge.analysis.report.Trend;
import io.heapgauge.analysis.report.Trigger;
import io.heapgauge.analysis.report.TypeSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeapHistoryTest {
    private static final Instant START = Instant.parse("2026-11-24T00:00:00Z");
    private static final long HEAP = 1_000_000_000;
    private static final String LEAK = "com.acme.Leak";
    private static final int SERIES = 1_000;

    private static HeapReport report(int quarter, Map<String, Long> types) {
        List<TypeSummary> rows = new ArrayList<>();
        types.forEach((name, bytes) -> rows.add(new TypeSummary(name, bytes / 10, bytes, 10, null)));
        long all = rows.stream().mapToLong(TypeSummary::bytes).sum();
        HeapReport sample = SampleReports.typesOnly(new Size(all / 10, all), rows.size());
        CaptureFacts facts = new CaptureFacts(
                "test",
                "hotspot",
                Trigger.API,
                null,
                START.plus(Duration.ofMinutes(15L * quarter)),
                1,
                1,
                PauseSource.OBSERVED_GAP,
                1,
                null,
                JvmFacts.UNKNOWN);
        return new HeapReport(
                facts,
                sample.analysis(),
                new HeapTotals(new Size(all / 10, all), null, null, null),
                rows,
                rows.size(),
                List.of(),
                List.of());
    }

    private static Growth growth(List<HeapReport> reports) {
        List<HeapPoint> before = reports.subList(0, reports.size() - 1).stream()
                .map(HeapPoint::of)
                .toList();
        return new HeapHistory(before, null).upTo(reports.get(reports.size() - 1));
    }

    private static List<String> suspects(Growth growth) {
        return growth.suspects().stream().map(Suspect::trend).map(Trend::name).toList();
    }

    /** A leak of a percent of the heap per capture, in small objects with large arrays, among types that vary. */
    private static List<HeapReport> leaking(long seed, int captures, boolean leaks) {
        Random random = new Random(seed);
        int[] phases = random.ints(10, 0, 4).toArray();
        List<HeapReport> reports = new ArrayList<>();
        for (int capture = 0; capture < captures; capture++) {
            Map<String, Long> types = new LinkedHashMap<>();
            long leaked = leaks ? capture * HEAP / 100 : 0;
            types.put("byte[]", HEAP / 2 + leaked * 9 / 10 + noise(random, HEAP / 2, 0.002));
            types.put(LEAK, HEAP / 50 + leaked / 10);
            for (int i = 0; i < 5; i++) {
                types.put("com.acme.Stable" + i, HEAP / 40 + noise(random, HEAP / 40, 0.004));
            }
            for (int i = 0; i < 5; i++) {
                long tooth = (capture + phases[i]) % (2 + i % 3);
                types.put("com.acme.Sawtooth" + i, HEAP / 60 + tooth * HEAP / 200 + noise(random, HEAP / 60, 0.01));
            }
            reports.add(report(capture, types));
        }
        return reports;
    }

    private static long noise(Random random, long size, double share) {
        return (long) (size * share * random.nextGaussian());
    }

    @Test
    void a_leak_of_a_percent_per_capture_is_the_first_suspect_after_five() {
        int wrong = 0;
        for (int seed = 0; seed < SERIES; seed++) {
            List<String> suspects = suspects(growth(leaking(seed, 5, true)));
            assertThat(suspects).as("seed " + seed).startsWith(LEAK);
            assertThat(suspects).as("seed " + seed).noneMatch(name -> name.contains("Sawtooth"));
            wrong += (int)
                    suspects.stream().filter(name -> name.contains("Stable")).count();
        }
        // five points in order by chance, and far enough apart
        assertThat(wrong).as("stable types named in 5,000 series").isLessThan(10);
    }

    @Test
    void nothing_is_named_where_nothing_leaks() {
        int named = 0;
        for (int seed = 0; seed < SERIES; seed++) {
            named += growth(leaking(seed, 8, false)).suspects().size();
        }
        assertThat(named).as("suspects in 12,000 series").isLessThan(10);
    }

    @Test
    void four_captures_are_too_few_to_accuse() {
        assertThat(growth(leaking(1, 4, true)).suspects()).isEmpty();
    }

    @Test
    void the_slope_is_per_hour_and_an_outlier_does_not_move_it() {
        List<HeapReport> reports = new ArrayList<>();
        for (int capture = 0; capture < 9; capture++) {
            reports.add(
                    report(capture, Map.of("com.acme.A", capture == 4 ? 90_000_000L : 1_000_000L + capture * 1_000L)));
        }
        Trend trend = growth(reports).types().get(0);
        assertThat(trend.bytesPerHour()).isEqualTo(4_000);
        assertThat(trend.grownBytes()).isEqualTo(8_000);
        assertThat(trend.bytes()).isEqualTo(1_008_000);
        assertThat(trend.certainty()).isGreaterThan(0.99);
    }

    @Test
    void a_type_that_appears_and_one_that_disappears_count_from_and_to_nothing() {
        Growth growth = growth(List.of(
                report(0, Map.of("com.acme.Old", 100L, "com.acme.Same", 50L)),
                report(1, Map.of("com.acme.New", 300L, "com.acme.Same", 50L))));
        assertThat(growth.sinceBaseline())
                .extracting(change -> change.type() + " " + change.deltaBytes())
                .containsExactly("com.acme.New 300", "com.acme.Old -100");
        assertThat(growth.types())
                .extracting(Trend::name)
                .startsWith("com.acme.New")
                .endsWith("com.acme.Old");
        assertThat(growth.since()).isEqualTo(START);
        assertThat(growth.baselineAt()).isEqualTo(START);
    }

    @Test
    void a_marked_baseline_takes_the_place_of_the_first_capture() {
        HeapReport first = report(0, Map.of("com.acme.A", 100L));
        HeapReport marked = report(1, Map.of("com.acme.A", 150L));
        HeapReport now = report(2, Map.of("com.acme.A", 170L));
        Growth growth =
                new HeapHistory(List.of(HeapPoint.of(first), HeapPoint.of(marked)), HeapPoint.of(marked)).upTo(now);
        assertThat(growth.baselineAt()).isEqualTo(marked.capture().startedAt());
        assertThat(growth.sinceBaseline().get(0).deltaBytes()).isEqualTo(20);
    }

    @Test
    void one_capture_alone_has_no_trends() {
        Growth growth = HeapHistory.NONE.upTo(report(0, Map.of("com.acme.A", 100L)));
        assertThat(growth.captures()).isOne();
        assertThat(growth.types()).isEmpty();
        assertThat(growth.sinceBaseline()).isEmpty();
    }

    @Test
    void many_points_take_a_sample_of_their_slopes() {
        List<HeapReport> reports = new ArrayList<>();
        for (int capture = 0; capture < 500; capture++) {
            reports.add(report(capture, Map.of("com.acme.A", 1_000_000L + capture * 100L)));
        }
        assertThat((double) growth(reports).types().get(0).bytesPerHour()).isCloseTo(400, within(1.0));
    }
}

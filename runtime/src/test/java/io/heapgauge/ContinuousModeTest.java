/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heapgauge.analysis.report.CaptureProduct;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.PastCapture;
import io.heapgauge.analysis.report.RootState;
import io.heapgauge.analysis.report.Trigger;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A gauge that measures this very VM in snapshots by itself. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class ContinuousModeTest {
    @TempDir
    Path directory;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<Leaked> leak = new ArrayList<>();

    /** What grows. */
    private static final class Leaked {
        long a, b, c;
    }

    private HeapGaugeBuilder builder() {
        return HeapGauge.builder()
                .directory(directory)
                .minimumInterval(Duration.ZERO)
                .engine(EngineChoice.AUTO)
                .quickEvery(null)
                .freeSpaceFloor(0)
                .cpuShare(1)
                .discoverListeners(false)
                .meterRegistry(registry)
                .root("leak", leak);
    }

    private static void requireSnapshots(HeapGauge gauge) {
        await().until(() -> !gauge.engine().name().isEmpty());
        assumeTrue(
                gauge.engine().name().equals(ForkEngine.NAME),
                () -> gauge.engine().reason());
    }

    private double meter(String name) {
        return registry.get(name).gauge().value();
    }

    @Test
    void roots_are_measured_without_a_dump_and_growth_is_looked_at_with_one() {
        try (HeapGauge gauge = builder()
                .every(Duration.ofSeconds(1))
                .continuous(new ContinuousMode(0.1, true))
                .start()) {
            requireSnapshots(gauge);
            await().atMost(1, TimeUnit.MINUTES)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> {
                        leak.addAll(Stream.generate(Leaked::new).limit(300).toList());
                        return gauge.lastReport().isPresent();
                    });
            HeapReport full = gauge.lastReport().orElseThrow();
            assertThat(full.capture().trigger()).isEqualTo(Trigger.GROWTH);
            assertThat(full.growth().suspects().get(0)).satisfies(suspect -> {
                assertThat(suspect.trend().name()).isEqualTo(Leaked.class.getName());
                assertThat(suspect.paths()).isNotNull();
            });
            List<PastCapture> before = gauge.history(CaptureMode.QUICK);
            assertThat(before).hasSizeGreaterThanOrEqualTo(5);
            assertThat(before).allSatisfy(past -> {
                assertThat(past.capture().product()).isEqualTo(CaptureProduct.MEASURES);
                assertThat(past.capture().trigger()).isEqualTo(Trigger.INTERVAL);
                assertThat(past.roots())
                        .singleElement()
                        .satisfies(root -> assertThat(root.state()).isEqualTo(RootState.MEASURED));
            });
            assertThat(gauge.history(CaptureMode.FULL)).hasSize(1);
            assertThat(gauge.historyOf(full)).hasSizeGreaterThan(before.size());
            ContinuousState state = gauge.continuous().orElseThrow();
            assertThat(state.wanted()).isEqualTo(Duration.ofSeconds(1));
            assertThat(state.pausedShare()).isPositive().isLessThanOrEqualTo(0.1);
            assertThat(meter("heapgauge.continuous.interval")).isGreaterThanOrEqualTo(1);
            assertThat(meter("heapgauge.continuous.paused")).isPositive();
            assertThat(meter("heapgauge.continuous.copied")).isNotNegative();
            assertThat(registry.get("heapgauge.root.owned")
                            .tag("root", "leak")
                            .gauge()
                            .value())
                    .isPositive();
        }
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void the_interval_of_counts_serves_as_well() {
        try (HeapGauge gauge = builder()
                .quickEvery(Duration.ofSeconds(1))
                .continuous(new ContinuousMode(0.1, true))
                .start()) {
            requireSnapshots(gauge);
            await().until(() -> gauge.latestReport().isPresent());
            assertThat(gauge.latestReport().orElseThrow().capture().product()).isEqualTo(CaptureProduct.MEASURES);
            assertThat(gauge.continuous()).isPresent();
        }
    }

    @Test
    void without_the_mode_the_interval_is_that_of_full_captures() {
        try (HeapGauge gauge =
                builder().every(Duration.ofSeconds(1)).continuous(null).start()) {
            requireSnapshots(gauge);
            await().atMost(30, TimeUnit.SECONDS).until(() -> gauge.lastReport().isPresent());
            assertThat(gauge.lastReport().orElseThrow().capture().trigger()).isEqualTo(Trigger.INTERVAL);
            assertThat(gauge.continuous()).isEmpty();
            assertThat(meter("heapgauge.continuous.interval")).isNaN();
        }
    }

    @Test
    void where_there_are_no_snapshots_the_interval_is_that_of_full_captures() {
        try (HeapGauge gauge = builder()
                .engine(EngineChoice.HOTSPOT)
                .every(Duration.ofSeconds(1))
                .start()) {
            await().atMost(30, TimeUnit.SECONDS).until(() -> gauge.lastReport().isPresent());
            assertThat(gauge.lastReport().orElseThrow().capture().engine()).isEqualTo(HotspotEngine.NAME);
            assertThat(gauge.continuous()).isEmpty();
        }
    }
}

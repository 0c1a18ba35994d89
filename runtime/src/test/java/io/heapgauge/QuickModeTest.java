/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.Level;
import io.heapgauge.analysis.report.Trigger;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class QuickModeTest {
    static final class Marked {
        final long value = 1;
    }

    @TempDir
    Path directory;

    /** One array for all tests: quick mode counts garbage too. */
    private static final Marked[] MARKED =
            Stream.generate(Marked::new).limit(12_345).toArray(Marked[]::new);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private HeapGaugeBuilder gauge() {
        return GaugeFixture.gauge(directory, Gate.open())
                .meterRegistry(registry)
                .root("marked", MARKED)
                .minimumInterval(Duration.ZERO);
    }

    private double size(String type) {
        return registry.get("heapgauge.type.size").tag("type", type).gauge().value();
    }

    @Test
    void theVmCountsItsObjectsAndNoFileIsWritten() throws IOException {
        try (HeapGauge gauge = gauge().topTypes(1_000).reportTypes(100_000).start()) {
            HeapReport report = gauge.quick();
            assertThat(report.capture().isQuick()).isTrue();
            assertThat(report.capture().dumpBytes()).isZero();
            assertThat(report.capture().pauseNanos()).isPositive();
            assertThat(report.capture().memory()).isNotNull();
            assertThat(report.analysis().level()).isEqualTo(Level.TYPES);
            assertThat(report.type(Marked.class.getName())).hasValueSatisfying(row -> {
                assertThat(row.objects()).isEqualTo(MARKED.length);
                assertThat(row.bytes()).isEqualTo(MARKED.length * 24L);
            });
            assertThat(report.type(Marked[].class.getTypeName())).isPresent();
            assertThat(size(Marked.class.getName())).isEqualTo(MARKED.length * 24.0);
            assertThat(gauge.lastQuickReport()).contains(report);
            assertThat(gauge.lastReport()).isEmpty();
            try (Stream<Path> files = Files.walk(directory)) {
                assertThat(files.filter(file -> file.toString().endsWith(".hprof")))
                        .isEmpty();
            }
        }
    }

    @Test
    void aQuickReportLeavesTheSizesOfRootsAsTheLastFullOneGaveThem() {
        try (HeapGauge gauge = gauge().engine(new HotspotEngine("default"))
                .analysis(AnalysisPort.REAL)
                .start()) {
            gauge.capture();
            double owned = registry.get("heapgauge.root.owned").gauge().value();
            assertThat(owned).isPositive();
            gauge.quick();
            assertThat(registry.get("heapgauge.root.owned").gauge().value()).isEqualTo(owned);
            assertThat(registry.get("heapgauge.heap.size")
                            .tag("state", "reachable")
                            .gauge()
                            .value())
                    .isPositive();
            assertThat(registry.get("heapgauge.captures")
                            .tags("mode", "quick", "outcome", "success")
                            .counter()
                            .count())
                    .isOne();
        }
    }

    @Test
    void itRunsByItself() {
        try (HeapGauge gauge = gauge().quickEvery(Duration.ofSeconds(1)).start()) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> gauge.lastQuickReport().isPresent());
            assertThat(gauge.lastQuickReport().orElseThrow().capture().trigger())
                    .isEqualTo(Trigger.INTERVAL);
            assertThat(gauge.lastFailure()).isEmpty();
        }
    }

    @Test
    void aDumpThatIsToBeKeptIsNoMatterForIt() {
        assertThatThrownBy(() -> new CaptureRequest(Trigger.API, null, true, CaptureMode.QUICK, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("quick mode writes no dump");
    }

    @Test
    void aQuickRequestSharesTheFullCaptureThatIsUnderWay() throws Exception {
        Gate gate = Gate.closed();
        try (HeapGauge gauge = GaugeFixture.gauge(directory, gate).start()) {
            var full = gauge.captureAsync(CaptureRequest.of(Trigger.API));
            gate.awaitArrival();
            var quick = gauge.captureAsync(CaptureRequest.quick(Trigger.API));
            gate.letThrough();
            assertThat(quick.get()).isSameAs(full.get());
        }
    }

    @Test
    void nothingIsCapturedWhileItIsSwitchedOff() {
        try (HeapGauge gauge = gauge().start()) {
            gauge.setEnabled(false);
            assertThatThrownBy(gauge::quick).hasMessageContaining("switched off");
            assertThatThrownBy(gauge::capture).hasMessageContaining("switched off");
            assertThat(gauge.isEnabled()).isFalse();
            gauge.setEnabled(true);
            assertThat(gauge.quick()).isNotNull();
        }
    }
}

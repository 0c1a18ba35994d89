/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heapgauge.analysis.report.AnalysisFacts;
import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.HeapTotals;
import io.heapgauge.analysis.report.JvmFacts;
import io.heapgauge.analysis.report.Level;
import io.heapgauge.analysis.report.PauseSource;
import io.heapgauge.analysis.report.RootSummary;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.report.Trigger;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeapGaugeMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private static HeapGaugeMetrics bound(MeterRegistry registry, int topTypes) {
        HeapGaugeMetrics metrics = new HeapGaugeMetrics(Tags.empty(), topTypes);
        metrics.bindTo(registry);
        return metrics;
    }

    private static HeapReport report() {
        return Reports.of(
                Reports.capture(Trigger.SIGNAL),
                List.of(
                        Reports.type("byte[]", 50, 6_000),
                        Reports.type("com.acme.Session", 20, 2_000),
                        Reports.type("int[]", 10, 1_000)),
                List.of(Reports.root("sessions", 4_000, 3_000), Reports.goneRoot("catalog")));
    }

    private static void everything(HeapGaugeMetrics metrics) {
        metrics.onCaptured(Reports.capture(Trigger.SIGNAL));
        metrics.onReport(report());
        metrics.onCoalesced(CaptureRequest.of(Trigger.JMX));
        metrics.onFailure(new CaptureFailure(
                "default", Trigger.API, null, CaptureMode.FULL, Instant.now(), CaptureOutcome.REFUSED, "too soon"));
    }

    private double gauge(String name, String... tags) {
        return registry.get(name).tags(tags).gauge().value();
    }

    @Test
    void theLargestTypesHaveRowsAndTheRestIsOther() {
        bound(registry, 2).onReport(report());
        assertThat(gauge("heapgauge.type.size", "type", "byte[]")).isEqualTo(6_000);
        assertThat(gauge("heapgauge.type.objects", "type", "com.acme.Session")).isEqualTo(20);
        assertThat(gauge("heapgauge.type.size", "type", "other")).isEqualTo(2_000);
        assertThat(gauge("heapgauge.type.objects", "type", "other")).isEqualTo(30);
        assertThat(registry.find("heapgauge.type.size").gauges()).hasSize(3);
    }

    @Test
    void aNextReportReplacesValuesAndRows() {
        HeapGaugeMetrics metrics = bound(registry, 2);
        metrics.onReport(report());
        metrics.onReport(Reports.of(
                Reports.capture(Trigger.API),
                List.of(Reports.type("byte[]", 60, 7_000), Reports.type("long[]", 9, 900)),
                List.of(Reports.root("catalog", 400, 300), Reports.goneRoot("sessions"))));
        assertThat(gauge("heapgauge.type.size", "type", "byte[]")).isEqualTo(7_000);
        assertThat(gauge("heapgauge.type.size", "type", "long[]")).isEqualTo(900);
        assertThat(registry.find("heapgauge.type.size")
                        .tag("type", "com.acme.Session")
                        .gauge())
                .isNull();
        for (String meter : List.of("heapgauge.root.reachable", "heapgauge.root.owned", "heapgauge.root.retained")) {
            assertThat(registry.find(meter).gauges())
                    .as(meter)
                    .extracting(gauge -> gauge.getId().getTag("root"))
                    .containsExactly("catalog");
        }
        assertThat(registry.find("heapgauge.root.objects").gauges())
                .extracting(gauge -> gauge.getId().getTag("root"))
                .containsOnly("catalog");
    }

    @Test
    void aClassThatIsCalledOtherCountsWithTheRest() {
        bound(registry, 1)
                .onReport(
                        Reports.of(Reports.capture(Trigger.API), List.of(Reports.type("other", 10, 1_000)), List.of()));
        assertThat(gauge("heapgauge.type.size", "type", "other")).isEqualTo(10_000);
    }

    @Test
    void rootsHaveReachableOwnedAndRetainedSizes() {
        bound(registry, 2).onReport(report());
        assertThat(gauge("heapgauge.root.reachable", "root", "sessions")).isEqualTo(4_000);
        assertThat(gauge("heapgauge.root.owned", "root", "sessions")).isEqualTo(3_000);
        assertThat(gauge("heapgauge.root.objects", "root", "sessions", "measure", "reachable"))
                .isEqualTo(400);
        assertThat(gauge("heapgauge.root.objects", "root", "sessions", "measure", "owned"))
                .isEqualTo(300);
        assertThat(gauge("heapgauge.root.retained", "root", "sessions")).isEqualTo(1_500);
        assertThat(gauge("heapgauge.root.objects", "root", "sessions", "measure", "retained"))
                .isEqualTo(150);
        assertThat(registry.find("heapgauge.root.reachable")
                        .tag("root", "catalog")
                        .gauge())
                .as("a root that is gone has no size, not size zero")
                .isNull();
    }

    @Test
    void aRetainedSizeThatTheLevelDoesNotKnowHasNoRowAndTheOthersStay() {
        HeapGaugeMetrics metrics = bound(registry, 2);
        metrics.onReport(report());
        RootSummary sessions = Reports.root("sessions", 4_000, 3_000);
        metrics.onReport(Reports.of(
                Reports.capture(Trigger.API),
                List.of(),
                List.of(new RootSummary(
                        sessions.name(),
                        sessions.spec(),
                        sessions.state(),
                        null,
                        1,
                        sessions.reachable(),
                        sessions.owned(),
                        null))));
        assertThat(registry.find("heapgauge.root.retained").gauges()).isEmpty();
        assertThat(gauge("heapgauge.root.owned", "root", "sessions")).isEqualTo(3_000);
        assertThat(registry.find("heapgauge.root.objects").gauges())
                .extracting(gauge -> gauge.getId().getTag("measure"))
                .containsExactlyInAnyOrder("reachable", "owned");
    }

    @Test
    void theHeapIsSplitByHowItIsReached() {
        bound(registry, 2).onReport(report());
        assertThat(gauge("heapgauge.heap.size", "state", "reachable")).isEqualTo(8_000);
        assertThat(gauge("heapgauge.heap.size", "state", "weakly_held")).isEqualTo(500);
        assertThat(gauge("heapgauge.heap.objects", "state", "not_reached")).isEqualTo(15);
    }

    @Test
    void whatTheAnalysisDidNotWalkHasNoRow() {
        HeapGaugeMetrics metrics = bound(registry, 2);
        metrics.onReport(report());
        metrics.onReport(new HeapReport(
                Reports.capture(Trigger.API),
                new AnalysisFacts(Level.TYPES, "no room", "test", 1, 0, 1, 0, 0, 0),
                new HeapTotals(new Size(1, 16), null, null, null),
                List.of(),
                0,
                List.of(),
                List.of()));
        assertThat(registry.find("heapgauge.heap.size").gauges()).isEmpty();
        assertThat(registry.find("heapgauge.heap.objects").gauges()).isEmpty();
    }

    @Test
    void everyCaptureIsTimedEvenWhenItsAnalysisFails() {
        HeapGaugeMetrics metrics = bound(registry, 2);
        metrics.onCaptured(Reports.capture(Trigger.API));
        Timer capture = registry.get("heapgauge.capture").tag("mode", "full").timer();
        Timer pause =
                registry.get("heapgauge.capture.pause").tag("engine", "test").timer();
        assertThat(capture.totalTime(TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(pause.totalTime(TimeUnit.SECONDS)).isEqualTo(0.5);
        metrics.onReport(report());
        assertThat(capture.count()).isOne();
        assertThat(registry.get("heapgauge.analysis").timer().totalTime(TimeUnit.SECONDS))
                .isEqualTo(3);
    }

    @Test
    void aPauseThatNobodyMeasuredIsNotRecordedAsZero() {
        bound(registry, 2)
                .onCaptured(new CaptureFacts(
                        "default",
                        "test",
                        Trigger.API,
                        null,
                        Instant.now(),
                        1,
                        0,
                        PauseSource.UNKNOWN,
                        1,
                        null,
                        JvmFacts.UNKNOWN));
        assertThat(registry.get("heapgauge.capture").tag("mode", "full").timer().count())
                .isOne();
        assertThat(registry.get("heapgauge.capture.pause")
                        .tag("engine", "hotspot")
                        .timer()
                        .count())
                .isZero();
    }

    @Test
    void capturesAreCountedByTriggerAndOutcome() {
        everything(bound(registry, 2));
        assertThat(registry.get("heapgauge.captures")
                        .tags("trigger", "signal", "outcome", "success")
                        .counter()
                        .count())
                .isOne();
        assertThat(registry.get("heapgauge.captures")
                        .tags("trigger", "jmx", "outcome", "coalesced")
                        .counter()
                        .count())
                .isOne();
        assertThat(registry.get("heapgauge.captures")
                        .tags("trigger", "api", "outcome", "refused")
                        .counter()
                        .count())
                .isOne();
    }

    @Test
    void theRegistryHoldsTheValuesItself() {
        HeapGaugeMetrics metrics = bound(registry, 2);
        metrics.onReport(report());
        System.gc();
        assertThat(registry.getMeters())
                .filteredOn(Gauge.class::isInstance)
                .hasSizeGreaterThan(10)
                .allSatisfy(gauge -> assertThat(((Gauge) gauge).value()).isNotNaN());
    }

    @Test
    void theAgeIsUnknownBeforeTheFirstReportAndThenSeconds() {
        HeapGaugeMetrics metrics = bound(registry, 2);
        assertThat(gauge("heapgauge.report.age")).isNaN();
        metrics.onReport(report());
        assertThat(gauge("heapgauge.report.age")).isCloseTo(0, within(10.0));
    }

    @Test
    void everyMeterHasADescriptionAUnitAndTheTags() {
        HeapGaugeMetrics metrics = new HeapGaugeMetrics(Tags.of("region", "eu"), 2);
        metrics.bindTo(registry);
        everything(metrics);
        assertThat(registry.getMeters()).isNotEmpty().allSatisfy(meter -> {
            assertThat(meter.getId().getDescription()).isNotBlank();
            assertThat(meter.getId().getBaseUnit()).isNotBlank();
            assertThat(meter.getId().getTag("region")).isEqualTo("eu");
        });
    }

    @Test
    void aRegistryBoundLaterShowsTheLastReport() {
        HeapGaugeMetrics metrics = bound(new SimpleMeterRegistry(), 2);
        metrics.onReport(report());
        metrics.bindTo(registry);
        assertThat(gauge("heapgauge.type.size", "type", "byte[]")).isEqualTo(6_000);
    }

    @Test
    void closingRemovesEveryMeterAndNothingComesBack() {
        HeapGaugeMetrics metrics = bound(registry, 2);
        Gauge foreign = Gauge.builder("other.gauge", () -> 1).register(registry);
        everything(metrics);
        metrics.onClose();
        everything(metrics);
        metrics.bindTo(registry);
        assertThat(registry.getMeters()).containsExactly(foreign);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "heapgauge_type_size_bytes{type=\"byte[]\"} 6000.0",
                "heapgauge_type_objects{type=\"other\"} 30.0",
                "heapgauge_heap_size_bytes{state=\"reachable\"} 8000.0",
                "heapgauge_heap_objects{state=\"weakly_held\"} 5.0",
                "heapgauge_root_reachable_bytes{root=\"sessions\"} 4000.0",
                "heapgauge_root_owned_bytes{root=\"sessions\"} 3000.0",
                "heapgauge_root_retained_bytes{root=\"sessions\"} 1500.0",
                "heapgauge_root_objects{measure=\"owned\",root=\"sessions\"} 300.0",
                "heapgauge_root_objects{measure=\"retained\",root=\"sessions\"} 150.0",
                "heapgauge_capture_seconds_count{mode=\"full\"} 1",
                "heapgauge_capture_seconds_sum{mode=\"full\"} 2.0",
                "heapgauge_capture_seconds_max{mode=\"full\"} 2.0",
                "heapgauge_capture_pause_seconds_sum{engine=\"test\",mode=\"full\"} 0.5",
                "heapgauge_analysis_seconds_sum 3.0",
                "heapgauge_captures_total{mode=\"full\",outcome=\"success\",trigger=\"signal\"} 1.0",
                "heapgauge_captures_total{mode=\"full\",outcome=\"refused\",trigger=\"api\"} 1.0",
                "heapgauge_report_age_seconds "
            })
    void prometheusScrapesIt(String line) {
        PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        prometheus.config().onMeterRegistrationFailed((id, reason) -> {
            throw new AssertionError(id + ": " + reason);
        });
        everything(bound(prometheus, 2));
        assertThat(prometheus.scrape().lines()).anyMatch(scraped -> scraped.startsWith(line));
    }
}

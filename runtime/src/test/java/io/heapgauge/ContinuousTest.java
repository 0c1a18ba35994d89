/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.Growth;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.Suspect;
import io.heapgauge.analysis.report.Trend;
import io.heapgauge.analysis.report.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ContinuousTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final List<CaptureRequest> asked = new ArrayList<>();
    private List<String> growing = List.of();
    private boolean refuses;
    private long now;
    private Continuous continuous = continuous(ContinuousMode.DEFAULT);

    private Continuous continuous(ContinuousMode mode) {
        return new Continuous(mode, MINUTE, this::capture, () -> now);
    }

    /** A capture with a pause of half a second. */
    private Optional<HeapReport> capture(CaptureRequest request) {
        asked.add(request);
        if (refuses) {
            return Optional.empty();
        }
        CaptureFacts facts = Reports.capture(request.trigger());
        return Optional.of(Reports.of(facts).with(growth(growing)));
    }

    private static Growth growth(List<String> types) {
        List<Suspect> suspects = types.stream()
                .map(type -> new Suspect(new Trend(type, 1_000_000, 500_000, 500_000, 0.99), null))
                .toList();
        return new Growth(Instant.EPOCH, 6, List.of(), List.of(), suspects, Instant.EPOCH, List.of());
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private long fullCaptures() {
        return asked.stream()
                .filter(request -> request.mode() == CaptureMode.FULL)
                .count();
    }

    @Test
    void each_turn_measures_once_and_waits_as_long_as_the_pause_asks_for() {
        assertThat(continuous.turn()).isEqualTo(Duration.ofSeconds(500).toNanos());
        assertThat(asked).containsExactly(CaptureRequest.quick(Trigger.INTERVAL));
        assertThat(continuous.state().interval()).isEqualTo(Duration.ofSeconds(500));
    }

    @Test
    void a_refusal_costs_nothing() {
        refuses = true;
        assertThat(continuous.turn()).isEqualTo(MINUTE.toNanos());
        assertThat(continuous.state().pausedShare()).isZero();
    }

    @Test
    void what_begins_to_grow_is_looked_at_by_a_full_capture_once() {
        continuous.turn();
        growing = List.of("com.acme.Session");
        continuous.turn();
        assertThat(asked).endsWith(CaptureRequest.quick(Trigger.INTERVAL), CaptureRequest.of(Trigger.GROWTH));
        pass(Duration.ofHours(2));
        continuous.turn();
        assertThat(fullCaptures()).isEqualTo(1);
        growing = List.of("com.acme.Session", "com.acme.Order");
        continuous.turn();
        assertThat(fullCaptures()).isEqualTo(2);
    }

    @Test
    void not_more_than_once_an_hour_whatever_grows() {
        for (int minute = 0; minute < 120; minute++) {
            growing = List.of("com.acme.Type" + minute);
            continuous.turn();
            pass(MINUTE);
        }
        assertThat(fullCaptures()).isEqualTo(2);
    }

    @Test
    void what_goes_on_growing_is_looked_at_again_a_day_later() {
        growing = List.of("com.acme.Session");
        for (int hour = 0; hour < 49; hour++) {
            continuous.turn();
            pass(Duration.ofHours(1));
        }
        assertThat(fullCaptures()).isEqualTo(3);
    }

    @Test
    void nothing_is_captured_where_that_is_not_wanted() {
        continuous = continuous(new ContinuousMode(0.001, false));
        growing = List.of("com.acme.Session");
        Stream.generate(continuous::turn).limit(5).forEach(next -> pass(Duration.ofNanos(next)));
        assertThat(asked).hasSize(5).allMatch(request -> request.mode() == CaptureMode.QUICK);
    }
}

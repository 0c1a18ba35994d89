/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.Growth;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.MemoryFacts;
import io.heapgauge.analysis.report.Trigger;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Measures in snapshots again and again, and asks for a full capture where a type begins to grow. Used on the gauge's thread,
 * save for its state.
 */
final class Continuous {
    private static final System.Logger LOG = System.getLogger(Continuous.class.getName());
    private static final long BETWEEN_CAPTURES_NANOS = Duration.ofHours(1).toNanos();
    private static final long BETWEEN_CAPTURES_OF_TYPE_NANOS =
            Duration.ofDays(1).toNanos();

    private final ContinuousMode mode;
    private final Duration wanted;
    private final PauseBudget budget;
    private final Function<CaptureRequest, Optional<HeapReport>> capture;
    private final LongSupplier clock;
    private final Map<String, Long> explained = new HashMap<>();
    private boolean capturedBefore;
    private long capturedAt;

    /**
     * Does nothing yet.
     *
     * @param mode what it may spend
     * @param wanted time between two measurements
     * @param capture captures on the calling thread; empty where it was refused or failed
     * @param clock nanoseconds that only go forward
     */
    Continuous(
            ContinuousMode mode,
            Duration wanted,
            Function<CaptureRequest, Optional<HeapReport>> capture,
            LongSupplier clock) {
        this.mode = mode;
        this.wanted = wanted;
        this.capture = capture;
        this.clock = clock;
        budget = new PauseBudget(wanted, mode.pauseBudget());
    }

    ContinuousState state() {
        return budget.state();
    }

    /** Measures once; gives the nanoseconds until the next time. */
    long turn() {
        Optional<HeapReport> report = capture.apply(CaptureRequest.quick(Trigger.INTERVAL));
        long next = report.map(HeapReport::capture).map(this::spent).orElse(wanted.toNanos());
        if (mode.captureOnGrowth()) {
            report.map(HeapReport::growth).ifPresent(this::look);
        }
        return next;
    }

    private long spent(CaptureFacts facts) {
        MemoryFacts memory = facts.memory();
        return budget.spent(facts.pauseNanos(), memory == null ? 0 : memory.minorFaults());
    }

    private void look(Growth growth) {
        long now = clock.getAsLong();
        explained.values().removeIf(at -> now - at >= BETWEEN_CAPTURES_OF_TYPE_NANOS);
        List<String> fresh = growth.suspects().stream()
                .map(suspect -> suspect.trend().name())
                .filter(type -> !explained.containsKey(type))
                .toList();
        if (fresh.isEmpty() || capturedBefore && now - capturedAt < BETWEEN_CAPTURES_NANOS) {
            return;
        }
        capturedBefore = true;
        capturedAt = now;
        LOG.log(System.Logger.Level.INFO, "{0} began to grow: a full capture looks what holds it", fresh.get(0));
        if (capture.apply(CaptureRequest.of(Trigger.GROWTH)).isPresent()) {
            fresh.forEach(type -> explained.put(type, now));
        }
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.report.Trigger;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What captures by itself, on the gauge's thread: the intervals and the look at the old generation. */
final class Schedules {
    private static final System.Logger LOG = System.getLogger(Schedules.class.getName());

    /** Services of a fleet that start together shall not stand still together. */
    private static final double JITTER = 0.1;

    private static final Duration PRESSURE_LOOK = Duration.ofSeconds(5);

    private final Settings.Schedule schedule;
    private final GaugeWorker worker;
    private final Captures captures;

    Schedules(Settings.Schedule schedule, GaugeWorker worker, Captures captures) {
        this.schedule = schedule;
        this.worker = worker;
        this.captures = captures;
    }

    void begin() {
        again(schedule.every(), CaptureRequest.of(Trigger.INTERVAL));
        again(schedule.quickEvery(), CaptureRequest.quick(Trigger.INTERVAL));
        MemoryPressure rule = schedule.memoryPressure();
        if (rule != null) {
            watch(rule);
        }
    }

    private void again(@Nullable Duration interval, CaptureRequest request) {
        if (interval == null) {
            return;
        }
        double later = 1 + JITTER * ThreadLocalRandom.current().nextDouble();
        long nanos = (long) (interval.toNanos() * later);
        worker.laterUnlessEnding(nanos, TimeUnit.NANOSECONDS, () -> {
            try {
                captures.runNow(request);
            } finally {
                again(interval, request);
            }
        });
    }

    private void watch(MemoryPressure rule) {
        Optional<OldGeneration> old = OldGeneration.ofThisVm();
        if (old.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "no captures on memory pressure: this VM's collector shows neither an old generation nor a single heap");
            return;
        }
        long look = Math.max(1, Math.min(PRESSURE_LOOK.toNanos(), rule.lasting().toNanos() / 2));
        look(old.get(), new PressureTrigger(rule), Math.max(look, TimeUnit.MILLISECONDS.toNanos(100)));
    }

    private void look(OldGeneration old, PressureTrigger trigger, long nanos) {
        worker.laterUnlessEnding(nanos, TimeUnit.NANOSECONDS, () -> {
            try {
                if (trigger.fires(old.usedShare(), System.nanoTime())) {
                    captures.runNow(CaptureRequest.of(Trigger.PRESSURE));
                }
            } finally {
                look(old, trigger, nanos);
            }
        });
    }
}

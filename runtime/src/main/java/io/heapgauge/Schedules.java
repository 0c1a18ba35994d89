/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.report.Trigger;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What captures by itself, on the gauge's thread: the intervals and the look at the old generation. */
final class Schedules {
    private static final System.Logger LOG = System.getLogger(Schedules.class.getName());

    /** Services of a fleet that start together shall not stand still together. */
    private static final double JITTER = 0.1;

    private static final Duration PRESSURE_LOOK = Duration.ofSeconds(5);

    private final Settings.Schedule schedule;
    private final boolean hugePages;
    private final GaugeWorker worker;
    private final Captures captures;
    private final Engines engines;
    private volatile @Nullable Continuous continuous;

    Schedules(Settings settings, GaugeWorker worker, Captures captures, Engines engines) {
        schedule = settings.schedule();
        hugePages = settings.work().hugePages();
        this.worker = worker;
        this.captures = captures;
        this.engines = engines;
    }

    /** To be called on the gauge's thread. */
    void begin() {
        Duration measuring = schedule.every() != null ? schedule.every() : schedule.quickEvery();
        if (schedule.continuous() != null && measuring != null && engines.fork() != null) {
            Continuous begun = new Continuous(schedule.continuous(), measuring, captures::runNow, System::nanoTime);
            continuous = begun;
            again(measuring.toNanos(), begun::turn);
        } else {
            again(schedule.every(), CaptureRequest.of(Trigger.INTERVAL));
            again(schedule.quickEvery(), CaptureRequest.quick(Trigger.INTERVAL));
        }
        MemoryPressure rule = schedule.memoryPressure();
        if (rule != null) {
            watch(rule);
        }
        if (hugePages && engines.fork() != null) {
            collapse(new HugePages(Snapshot::collapse), 0);
        }
    }

    private void collapse(HugePages pages, long nanos) {
        worker.laterUnlessEnding(
                nanos, TimeUnit.NANOSECONDS, () -> pages.turn().ifPresent(next -> collapse(pages, next)));
    }

    /** How it measures by itself in snapshots; null where it does not. */
    @Nullable
    ContinuousState continuousState() {
        Continuous begun = continuous;
        return begun == null ? null : begun.state();
    }

    private void again(@Nullable Duration interval, CaptureRequest request) {
        if (interval != null) {
            again(interval.toNanos(), () -> {
                captures.runNow(request);
                return interval.toNanos();
            });
        }
    }

    /** After a time, and then after as long a time as each turn says. */
    private void again(long nanos, LongSupplier turn) {
        double later = 1 + JITTER * ThreadLocalRandom.current().nextDouble();
        worker.laterUnlessEnding((long) (nanos * later), TimeUnit.NANOSECONDS, () -> {
            long next = nanos;
            try {
                next = turn.getAsLong();
            } finally {
                again(next, turn);
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

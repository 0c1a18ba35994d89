/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.monitor.Progress;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks after one analysis from a thread of its own: one that makes no progress, or takes too long, is cancelled, and its
 * stack trace is logged; one that does not heed that is given up.
 */
final class AnalysisWatchdog implements Progress, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(AnalysisWatchdog.class.getName());
    private static final long PATIENCE_SECONDS = 5;

    private final String gaugeName;
    private final Limits limits;
    private final Thread analysing;
    private final Progress progress;
    private final Consumer<String> cancel;
    private final Consumer<String> giveUp;
    private final Thread watching;
    private final long startNanos = System.nanoTime();
    private volatile boolean closed;
    private volatile String phase = "starting";
    private volatile long movedNanos = startNanos;

    /**
     * How long an analysis may take.
     *
     * @param stall longest time without progress
     * @param total longest time altogether
     * @param grace how long it may take to heed a cancel
     */
    record Limits(Duration stall, Duration total, Duration grace) {
        private static final int LOOKS = 20;

        static Limits of(Duration total) {
            return new Limits(Duration.ofMinutes(5), total, Duration.ofSeconds(30));
        }

        private long lookNanos() {
            long shortest = Math.min(Math.min(stall.toNanos(), total.toNanos()), grace.toNanos());
            return Math.max(1_000_000, Math.min(TimeUnit.SECONDS.toNanos(1), shortest / LOOKS));
        }
    }

    private AnalysisWatchdog(
            String gaugeName, Limits limits, Progress progress, Consumer<String> cancel, Consumer<String> giveUp) {
        this.gaugeName = gaugeName;
        this.limits = limits;
        this.analysing = Thread.currentThread();
        this.progress = progress;
        this.cancel = cancel;
        this.giveUp = giveUp;
        watching = GaugeThreads.newDaemon(GaugeThreads.PREFIX + gaugeName + "-watchdog", this::watch);
    }

    /**
     * Watches an analysis on the calling thread, until it is closed.
     *
     * @param gaugeName part of the thread's name
     * @param limits how long the analysis may take
     * @param progress is told what the watchdog is told
     * @param cancel hears why the analysis shall stop; called at most once, on the watchdog's thread
     * @param giveUp hears why nobody shall wait for it any more; called at most once, on the watchdog's thread
     */
    static AnalysisWatchdog watch(
            String gaugeName, Limits limits, Progress progress, Consumer<String> cancel, Consumer<String> giveUp) {
        AnalysisWatchdog watchdog = new AnalysisWatchdog(gaugeName, limits, progress, cancel, giveUp);
        watchdog.watching.start();
        return watchdog;
    }

    @Override
    public void at(String phaseNow, double fraction) {
        phase = phaseNow;
        movedNanos = System.nanoTime();
        progress.at(phaseNow, fraction);
    }

    private void watch() {
        try {
            String reason = awaitTrouble();
            if (reason != null) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "gauge ''{0}'': {1}; it was here:\n{2}",
                        gaugeName,
                        reason,
                        stack());
                cancel.accept(reason);
                long cancelled = System.nanoTime();
                while (!closed && System.nanoTime() - cancelled < limits.grace().toNanos()) {
                    LockSupport.parkNanos(limits.lookNanos());
                }
                if (!closed) {
                    giveUp.accept(reason + ", and it does not heed the cancel");
                }
            }
        } catch (RuntimeException | Error e) { // nobody else would hear of it
            LOG.log(System.Logger.Level.WARNING, "gauge '" + gaugeName + "': its watchdog failed", e);
        }
    }

    private @Nullable String awaitTrouble() {
        while (!closed) {
            long now = System.nanoTime();
            if (now - movedNanos > limits.stall().toNanos()) {
                return "the analysis has made no progress for " + Texts.seconds(limits.stall()) + " while " + phase;
            }
            if (now - startNanos > limits.total().toNanos()) {
                return "the analysis takes longer than " + Texts.seconds(limits.total())
                        + ", the limit HeapGaugeBuilder.analysisTimeout; it is " + phase;
            }
            LockSupport.parkNanos(limits.lookNanos());
        }
        return null;
    }

    private String stack() {
        return Arrays.stream(analysing.getStackTrace())
                .map(frame -> "\tat " + frame)
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(watching);
        Waiting.forEndOf(watching, PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}

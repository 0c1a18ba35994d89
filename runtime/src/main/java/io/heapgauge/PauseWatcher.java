/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sees how long all Java threads stand still: a thread that sleeps for {@link #PERIOD_NANOS} again and again, and remembers
 * by how much it overslept at worst. A thread that is about to return from its sleep while the VM is at a safepoint
 * waits for the end of the safepoint, so the longest gap is the pause, plus scheduling noise.
 */
final class PauseWatcher implements AutoCloseable {
    private static final long PERIOD_NANOS = 1_000_000;
    private static final long PATIENCE_SECONDS = 5;

    private final CountDownLatch watching = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean stopped;
    private volatile long longestGapNanos;

    private PauseWatcher(String gaugeName) {
        thread = GaugeThreads.newDaemon(GaugeThreads.PREFIX + gaugeName + "-pause", this::watch);
    }

    /** Returns when the thread is watching. */
    static PauseWatcher start(String gaugeName) {
        PauseWatcher watcher = new PauseWatcher(gaugeName);
        watcher.thread.start();
        Waiting.forLatch(watcher.watching, PATIENCE_SECONDS, TimeUnit.SECONDS);
        return watcher;
    }

    private void watch() {
        long before = System.nanoTime();
        while (!stopped) {
            watching.countDown();
            LockSupport.parkNanos(PERIOD_NANOS);
            long now = System.nanoTime();
            longestGapNanos = Math.max(longestGapNanos, now - before);
            before = now;
        }
    }

    /** Ends the watch and tells the longest time by which the thread overslept. */
    long stop() {
        close();
        return Math.max(0, longestGapNanos - PERIOD_NANOS);
    }

    @Override
    public void close() {
        stopped = true;
        Waiting.forEndOf(thread, PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}

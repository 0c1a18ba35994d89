/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import java.util.concurrent.locks.LockSupport;

/** Serves a request every few milliseconds, by a schedule that waits for nobody: what comes late is served late. */
final class Heartbeat extends Thread {
    private static final long EVERY_NANOS = 5_000_000;

    private final long start = System.nanoTime();
    private volatile long served;
    private volatile long latestNanos;

    private Heartbeat() {
        super("heartbeat");
        setDaemon(true);
    }

    static Heartbeat begin() {
        Heartbeat heartbeat = new Heartbeat();
        heartbeat.start();
        return heartbeat;
    }

    @Override
    public void run() {
        for (long request = 1; ; request++) {
            long due = start + request * EVERY_NANOS;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            latestNanos = Math.max(latestNanos, System.nanoTime() - due);
            served = request;
        }
    }

    long served() {
        return served;
    }

    /** The longest time that a request waited. */
    long latestNanos() {
        return latestNanos;
    }

    /** Requests that are due and not served, but for those of the last moment. */
    long missed() {
        long due = (System.nanoTime() - start) / EVERY_NANOS;
        LockSupport.parkNanos(100 * EVERY_NANOS);
        return Math.max(0, due - served);
    }
}

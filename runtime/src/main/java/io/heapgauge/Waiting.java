/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Bounded waiting that an interrupt does not cut short; the thread's interrupt status survives. */
final class Waiting {
    private Waiting() {}

    @FunctionalInterface
    private interface Wait {
        boolean within(long nanos) throws InterruptedException;
    }

    /** Tells whether the latch reached zero in time. */
    static boolean forLatch(CountDownLatch latch, long time, TimeUnit unit) {
        return uninterrupted(nanos -> latch.await(nanos, TimeUnit.NANOSECONDS), unit.toNanos(time));
    }

    /** Tells whether the thread has ended in time. */
    static boolean forEndOf(Thread thread, long time, TimeUnit unit) {
        return uninterrupted(
                nanos -> {
                    TimeUnit.NANOSECONDS.timedJoin(thread, nanos);
                    return !thread.isAlive();
                },
                unit.toNanos(time));
    }

    /** Tells whether the process has ended in time. */
    static boolean forExitOf(Process process, long time, TimeUnit unit) {
        return uninterrupted(nanos -> process.waitFor(nanos, TimeUnit.NANOSECONDS), unit.toNanos(time));
    }

    private static boolean uninterrupted(Wait wait, long nanos) {
        long deadline = System.nanoTime() + nanos;
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return wait.within(Math.max(1, deadline - System.nanoTime()));
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

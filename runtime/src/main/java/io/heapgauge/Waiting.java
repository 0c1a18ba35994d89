/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Waiting that an interrupt does not cut short; the thread's interrupt status survives. */
final class Waiting {
    private Waiting() {}

    @FunctionalInterface
    private interface Wait<T, E extends Exception> {
        T once() throws InterruptedException, E;
    }

    /** Tells whether the latch reached zero in time. */
    static boolean forLatch(CountDownLatch latch, long time, TimeUnit unit) {
        long deadline = System.nanoTime() + unit.toNanos(time);
        return uninterrupted(() -> latch.await(left(deadline), TimeUnit.NANOSECONDS));
    }

    /** Tells whether the thread has ended in time. */
    static boolean forEndOf(Thread thread, long time, TimeUnit unit) {
        long deadline = System.nanoTime() + unit.toNanos(time);
        return uninterrupted(() -> {
            TimeUnit.NANOSECONDS.timedJoin(thread, left(deadline));
            return !thread.isAlive();
        });
    }

    /** Tells whether the process has ended in time. */
    static boolean forExitOf(Process process, long time, TimeUnit unit) {
        long deadline = System.nanoTime() + unit.toNanos(time);
        return uninterrupted(() -> process.waitFor(left(deadline), TimeUnit.NANOSECONDS));
    }

    /** What a task comes to, however long that takes. */
    static <T> T forResultOf(Future<T> task) throws ExecutionException {
        return uninterrupted(task::get);
    }

    private static long left(long deadline) {
        return Math.max(1, deadline - System.nanoTime());
    }

    private static <T, E extends Exception> T uninterrupted(Wait<T, E> wait) throws E {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return wait.once();
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

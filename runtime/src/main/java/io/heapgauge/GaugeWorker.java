/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The gauge's one thread: captures, analyses and the interval take turns on it. */
final class GaugeWorker extends ScheduledThreadPoolExecutor {
    private static final System.Logger LOG = System.getLogger(GaugeWorker.class.getName());

    private final Runnable atEnd;
    private volatile @Nullable Thread thread;

    /**
     * Makes the worker; {@link #begin} starts its thread.
     *
     * @param gaugeName part of the thread's name
     * @param atEnd runs once the last task is done, however late that is
     */
    GaugeWorker(String gaugeName, Runnable atEnd) {
        super(1);
        this.atEnd = atEnd;
        setThreadFactory(task -> {
            Thread made = GaugeThreads.newDaemon(GaugeThreads.PREFIX + gaugeName, task);
            thread = made;
            return made;
        });
        setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        setRemoveOnCancelPolicy(true);
    }

    /** Starts the thread now: later, in the middle of trouble, it might not be had. */
    void begin() {
        prestartCoreThread();
    }

    boolean isCurrentThread() {
        return Thread.currentThread() == thread;
    }

    /**
     * Runs a task in its turn and waits for it.
     *
     * @throws IOException if it failed
     * @throws IllegalStateException if called on this very thread, interrupted, or after the end
     */
    <T> T call(Callable<T> task) throws IOException {
        if (isCurrentThread()) {
            throw new IllegalStateException("it would wait for itself on the gauge's own thread");
        }
        try {
            return submit(task).get();
        } catch (RejectedExecutionException | CancellationException e) {
            throw new IllegalStateException("the gauge is closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the gauge", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? new IOException(io.getMessage(), io) : new IOException(e);
        }
    }

    /** Runs a task after a while, if it is not ending by then. */
    void laterUnlessEnding(long delay, TimeUnit unit, Runnable task) {
        if (!isShutdown()) {
            try {
                schedule(task, delay, unit);
            } catch (RejectedExecutionException e) {
                LOG.log(System.Logger.Level.DEBUG, "the gauge ends at this very moment", e);
            }
        }
    }

    /** Takes no more tasks and drops those that wait; the running one goes on, uninterrupted. Tells whether it ended. */
    boolean endWithin(Duration wait) {
        shutdown();
        Thread last = thread;
        return last == null || (!isCurrentThread() && Waiting.forEndOf(last, wait.toNanos(), TimeUnit.NANOSECONDS));
    }

    @Override
    protected void terminated() {
        atEnd.run();
        super.terminated();
    }
}

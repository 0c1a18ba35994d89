/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.monitor.Crew;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A thread for long work that the application's threads go before. To Linux all threads of a VM are equal, whatever priority
 * Java gives them: one that wakes up may wait for milliseconds until the one that runs has had its slice. A thread can be told
 * to have a lower rank and to give way at once, by the native part, and not be told otherwise again; so it is one for the work
 * alone. Where the native part is not loaded the calling thread does the work.
 */
final class BackgroundThread {
    private static final System.Logger LOG = System.getLogger(BackgroundThread.class.getName());

    /** As for the process of a snapshot. */
    private static final int NICE = 10;

    private static final long SLICE_NANOS = 100_000_000;

    private BackgroundThread() {}

    /** Work with a result. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /**
     * Does the work, and returns when it is over. An interrupt of the calling thread meanwhile is kept for afterwards.
     *
     * @param name what the thread is called
     * @param work what it does
     * @return its result
     * @throws IOException if the work did; its other failures come through as well
     */
    static <T> T run(String name, Work<T> work) throws IOException {
        if (!ForkSupport.isLoaded()) {
            return work.run();
        }
        FutureTask<T> task = new FutureTask<>(() -> {
            giveWay();
            return work.run();
        });
        try {
            GaugeThreads.newDaemon(name, task).start();
        } catch (OutOfMemoryError e) {
            LOG.log(System.Logger.Level.DEBUG, "no thread of its own can be had for the work", e);
            return work.run();
        }
        try {
            return Waiting.forResultOf(task);
        } catch (ExecutionException e) {
            Crew.rethrow(e.getCause());
            throw new IllegalStateException(e.getCause()); // work throws no other checked exceptions
        }
    }

    private static void giveWay() {
        int error = NativeSnapshot.lowerPriority0(NICE, SLICE_NANOS);
        if (error != 0) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "the system does not lower a thread''s priority: {0}",
                    Errno.text(error));
        }
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.monitor;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Threads that do a piece of work together with the calling one. */
public final class Crew {
    private Crew() {}

    /**
     * Runs some work on the calling thread and some on daemon threads beside it, and returns when all of it is over. An
     * interrupt of the calling thread meanwhile is kept for afterwards, so the helpers' work has to have an end.
     *
     * @param name what the helpers' threads are called
     * @param own work of the calling thread; throws nothing
     * @param helpers the others' work, a thread for each; throws nothing
     */
    public static void together(String name, Runnable own, List<? extends Runnable> helpers) {
        List<Thread> threads =
                helpers.stream().map(helper -> new Thread(helper, name)).toList();
        threads.forEach(thread -> {
            thread.setDaemon(true);
            thread.start();
        });
        own.run();
        boolean interrupted = false;
        for (Thread thread : threads) {
            interrupted |= join(thread);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean join(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }

    /**
     * Throws on the calling thread what failed on another one.
     *
     * @param failure what was caught there, or null for nothing
     * @throws IOException if it is one
     */
    public static void rethrow(@Nullable Throwable failure) throws IOException {
        if (failure instanceof IOException e) {
            throw e;
        } else if (failure instanceof RuntimeException e) {
            throw e;
        } else if (failure instanceof Error e) {
            throw e;
        }
    }
}

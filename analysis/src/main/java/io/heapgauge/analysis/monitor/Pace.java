/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.monitor;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Keeps long work to a share of one processor: it works for a fifth of a millisecond and rests in proportion. Java's
 * priorities of threads would not do: on Linux they have no effect. Time at work is wall time, so that work which is kept
 * waiting by others rests more than it must. A rest that lasts longer than asked for, as short ones do, makes the next one
 * shorter. For one thread.
 */
public final class Pace {
    private static final long WORK_NANOS = 200_000;
    private static final long LONGEST_REST_NANOS = 50_000_000;
    /** Work breathes far more often; a longer stretch was a pause of the VM. */
    private static final long LONGEST_WORK_NANOS = 100_000_000;
    /** What has been rested in advance counts up to this much. */
    private static final long MOST_IN_ADVANCE_NANOS = 1_000_000;

    private final double restPerWork;
    private final LongSupplier clock;
    private final LongConsumer rest;
    private long workSince;
    /** Rest that is due; less than 0 of what has been rested in advance. */
    private long due;

    /**
     * With another clock, for tests.
     *
     * @param share of one processor, above 0 and at most 1
     * @param clock nanoseconds that only go forward
     * @param rest rests for so many nanoseconds
     */
    Pace(double share, LongSupplier clock, LongConsumer rest) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share of a processor " + share + ": above 0 and at most 1");
        }
        restPerWork = (1 - share) / share;
        this.clock = clock;
        this.rest = rest;
        workSince = clock.getAsLong();
    }

    /**
     * A pace for work that begins now.
     *
     * @param share of one processor, above 0 and at most 1, which never rests
     * @return the pace
     * @throws IllegalArgumentException if the share is out of range
     */
    public static Pace ofShare(double share) {
        return new Pace(share, System::nanoTime, Pace::rest);
    }

    /**
     * Rests if it is time for it. To be called every few milliseconds.
     *
     * @param cancel cuts the rest short
     */
    void breathe(CancelSignal cancel) {
        if (restPerWork == 0) {
            return;
        }
        long worked = Math.min(clock.getAsLong() - workSince, LONGEST_WORK_NANOS);
        if (worked < WORK_NANOS) {
            return;
        }
        due += (long) (worked * restPerWork);
        workSince = clock.getAsLong();
        while (due > 0 && !cancel.isCancelled()) {
            rest.accept(Math.min(due, LONGEST_REST_NANOS));
            long now = clock.getAsLong();
            due -= now - workSince;
            workSince = now;
        }
        due = Math.max(due, -MOST_IN_ADVANCE_NANOS);
    }

    /** A thread that was interrupted would not rest at all; it stays interrupted. */
    private static void rest(long nanos) {
        long end = System.nanoTime() + nanos;
        boolean interrupted = false;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

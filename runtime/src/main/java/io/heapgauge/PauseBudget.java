/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Spaces snapshots so that a share of the time, and no more, is spent on them: each is followed by as long a time as its own
 * pause makes necessary. Safe for use by several threads.
 */
final class PauseBudget {
    /** A fault that copies a page takes half a microsecond on bare metal and some on a virtual machine. */
    static final long NANOS_PER_FAULT = 2_000;

    /** Copying slows single threads down, and stops none. */
    static final double COPY_BUDGET = 10;

    private static final long REMEMBERED_NANOS = Duration.ofHours(1).toNanos();

    private final long wantedNanos;
    private final double budget;
    private final Deque<Turn> turns = new ArrayDeque<>();

    /** A snapshot and the time that belongs to it, to the next. */
    private record Turn(long pauseNanos, long copyNanos, long intervalNanos) {}

    PauseBudget(Duration wanted, double budget) {
        wantedNanos = wanted.toNanos();
        this.budget = budget;
    }

    /**
     * A snapshot was taken.
     *
     * @param pauseNanos how long the application stood still
     * @param faults page faults while its process lived
     * @return nanoseconds until the next one may begin
     */
    synchronized long spent(long pauseNanos, long faults) {
        long copyNanos = faults * NANOS_PER_FAULT;
        double needed = Math.max(pauseNanos / budget, copyNanos / (budget * COPY_BUDGET));
        long interval = Math.max(wantedNanos, (long) Math.min(needed, Long.MAX_VALUE / 2.0));
        turns.addLast(new Turn(pauseNanos, copyNanos, interval));
        long remembered = turns.stream().mapToLong(Turn::intervalNanos).sum();
        while (turns.size() > 1 && remembered - turns.getFirst().intervalNanos() >= REMEMBERED_NANOS) {
            remembered -= turns.removeFirst().intervalNanos();
        }
        return interval;
    }

    /** What was spent lately, and what follows from the last snapshot. */
    synchronized ContinuousState state() {
        double nanos = Math.max(1, turns.stream().mapToLong(Turn::intervalNanos).sum());
        return new ContinuousState(
                Duration.ofNanos(wantedNanos),
                Duration.ofNanos(turns.isEmpty() ? wantedNanos : turns.getLast().intervalNanos()),
                turns.stream().mapToLong(Turn::pauseNanos).sum() / nanos,
                turns.stream().mapToLong(Turn::copyNanos).sum() / nanos,
                budget);
    }
}

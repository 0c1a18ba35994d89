/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How long the application will stand still for a capture, learned from those before it: the worst pause per byte of used
 * heap of the last few. Not safe for use by several threads.
 */
final class PauseForecast {
    private static final int REMEMBERED = 5;
    private static final double GIB = 1L << 30;
    /** In a small heap most of a pause has nothing to do with its size, and would weigh too much in a large one. */
    private static final long LEAST_HEAP_BYTES = 256 << 20;

    private final double assumedNanosPerByte;
    private final Deque<Double> nanosPerByte = new ArrayDeque<>();

    /**
     * Knows nothing yet.
     *
     * @param assumedPerGib what is expected per GiB of used heap as long as nothing was learned
     */
    PauseForecast(Duration assumedPerGib) {
        assumedNanosPerByte = assumedPerGib.toNanos() / GIB;
    }

    /** A pause was seen. */
    void learn(long usedHeapBytes, long pauseNanos) {
        nanosPerByte.addLast((double) pauseNanos / Math.max(LEAST_HEAP_BYTES, usedHeapBytes));
        if (nanosPerByte.size() > REMEMBERED) {
            nanosPerByte.removeFirst();
        }
    }

    /** Whether anything was learned. */
    boolean hasLearned() {
        return !nanosPerByte.isEmpty();
    }

    /** The pause to be expected with this much heap in use. */
    Duration expected(long usedHeapBytes) {
        double worst =
                nanosPerByte.stream().mapToDouble(Double::doubleValue).max().orElse(assumedNanosPerByte);
        return Duration.ofNanos((long) (worst * usedHeapBytes));
    }

    /** The same in words, with where it comes from. */
    String explained(long usedHeapBytes) {
        String source = hasLearned()
                ? "as learned from " + nanosPerByte.size() + " before"
                : Texts.seconds(Duration.ofNanos((long) (assumedNanosPerByte * GIB)))
                        + " per GiB are assumed before the first";
        return Texts.seconds(expected(usedHeapBytes)) + " with " + Texts.mebibytes(usedHeapBytes) + " of heap in use, "
                + source;
    }
}

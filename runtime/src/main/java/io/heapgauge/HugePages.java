/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Has the used heap put into huge pages between captures, a few at a time, so that a fork has one entry to copy where there
 * were 512. Ends by itself where the kernel cannot do it or where it hurts. For one thread.
 */
final class HugePages {
    private static final System.Logger LOG = System.getLogger(HugePages.class.getName());
    private static final int PAGES_PER_STEP = 4;
    /** While a page is put together the process's page faults wait. */
    private static final long HURTS_NANOS = Duration.ofMillis(50).toNanos();

    private static final int MOST_IN_A_ROW = 3;
    /** So much longer than it works it rests: a twentieth of a processor. */
    private static final int REST_PER_WORK = 19;

    private static final long LEAST_REST_NANOS = Duration.ofMillis(20).toNanos();
    private static final long BETWEEN_PASSES_NANOS = Duration.ofSeconds(30).toNanos();
    /** EINVAL of Linux: of all pages where the kernel does not know the advice, and of those that are not the heap's alone. */
    private static final int INVALID = 22;

    private final Stepper stepper;
    private long from;
    private int hurtInARow;
    private long refusedInPass;
    private long pagesInPass;
    private boolean invalidInPass;

    /** Puts some pages together. */
    @FunctionalInterface
    interface Stepper {
        /**
         * Does one step.
         *
         * @param from where it begins, 0 for the start of the heap
         * @param pages how many at the most
         * @return what it did; null if this is no time for it
         */
        @Nullable
        Step step(long from, int pages);
    }

    /**
     * What one step has done.
     *
     * @param next where the next one begins, 0 at the end of the heap
     * @param pages huge ones, those that were so before among them
     * @param refused by the kernel
     * @param error errno of the last refusal, or 0
     * @param slowestNanos of one page
     */
    record Step(long next, int pages, int refused, int error, long slowestNanos) {
        static Step of(long[] values) {
            return new Step(values[0], (int) values[1], (int) values[2], (int) values[3], values[4]);
        }
    }

    HugePages(Stepper stepper) {
        this.stepper = stepper;
    }

    /** Does one step; gives the nanoseconds until the next, or nothing if there must be none. A kernel without pages left ends a pass. */
    OptionalLong turn() {
        long start = System.nanoTime();
        Step step = stepper.step(from, PAGES_PER_STEP);
        if (step == null) {
            return OptionalLong.of(BETWEEN_PASSES_NANOS);
        }
        pagesInPass += step.pages;
        refusedInPass += step.refused;
        hurtInARow = step.slowestNanos > HURTS_NANOS ? hurtInARow + 1 : 0;
        if (hurtInARow == MOST_IN_A_ROW) {
            return end("pages took up to " + step.slowestNanos / 1_000_000 + " ms, which the application may notice");
        }
        boolean noneLeft = step.pages == 0 && step.refused > 0 && step.error != INVALID;
        invalidInPass |= step.error == INVALID;
        from = noneLeft ? 0 : step.next;
        if (from == 0) {
            return passed();
        }
        return OptionalLong.of(Math.max(LEAST_REST_NANOS, REST_PER_WORK * (System.nanoTime() - start)));
    }

    private OptionalLong passed() {
        LOG.log(
                System.Logger.Level.DEBUG,
                "{0} huge pages of heap, {1} refused by the kernel",
                pagesInPass,
                refusedInPass);
        if (pagesInPass == 0 && invalidInPass) {
            return end("this kernel does not put pages together on request, as Linux does since 6.1");
        }
        pagesInPass = 0;
        refusedInPass = 0;
        invalidInPass = false;
        return OptionalLong.of(BETWEEN_PASSES_NANOS);
    }

    private static OptionalLong end(String why) {
        LOG.log(System.Logger.Level.INFO, "the heap is put into huge pages no more: {0}", why);
        return OptionalLong.empty();
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The native part of the fork engine, {@code src/main/c}: to be called only once {@link NativeLibrary} has loaded it. One
 * snapshot at a time: between {@link #take0} and the end of its child nobody else may take one.
 */
final class NativeSnapshot {
    /** Answers of {@link #poll0}. */
    static final int RUNNING = -1;

    /** Somebody else has waited for the child. */
    static final int LOST = -2;

    /** Above it a signal's number. */
    static final int SIGNALLED = 256;

    /** No bytes are there yet, negative as {@link #read0} says it: EAGAIN of Linux. */
    static final int NOTHING_YET = -11;

    private NativeSnapshot() {}

    /** Learns the VM; null if it can be served, else why not. */
    static native @Nullable String check0();

    /**
     * Forks at a safepoint.
     *
     * @return {@link Taken}'s fields
     */
    static native long[] take0(
            Object sentinel,
            int product,
            byte @Nullable [] path,
            byte @Nullable [] rules,
            byte[] @Nullable [] kept,
            byte @Nullable [] plan,
            Object @Nullable [] entries,
            int options,
            int processes,
            int nice,
            int seconds);

    /**
     * Has the kernel put heap into huge pages.
     *
     * @param from where to begin, 0 for the start of the heap
     * @param most how many pages
     * @return {@link HugePages.Step}'s fields
     */
    static native long[] collapse0(long from, int most);

    /**
     * Makes the calling thread one that others go before, for good.
     *
     * @param nice by how much its priority is lowered
     * @param sliceNanos how long it would run on if nobody woke up
     * @return 0 or errno
     */
    static native int lowerPriority0(int nice, long sliceNanos);

    /** {@link #RUNNING}, {@link #LOST}, the exit code, or {@link #SIGNALLED} and more. */
    static native int poll0(int child);

    /** Ends the child at once. */
    static native void stop0(int child);

    /** Bytes read, 0 at the end, or the negative errno. */
    static native int read0(int descriptor, byte[] into);

    static native void close0(int descriptor);

    /** {@link Outcome}'s fields, of the child that was forked last. */
    static native long[] outcome0();

    static native String message0();

    static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    /** Where taking a snapshot may fail; the order is that of the native part. */
    enum Stage {
        DONE,
        FILE,
        PIPE,
        RULES,
        TOOLS,
        MISMATCH,
        UNSEEN,
        FORK
    }

    /**
     * What became of a fork.
     *
     * @param stage where it failed, or DONE
     * @param detail errno, or an error of the tool interface
     * @param child process id
     * @param readable descriptor of the pipe, or -1
     * @param pauseNanos from the request for a safepoint to its end
     * @param forkNanos of that, the fork itself
     * @param spareNanos of that, keeping unallocated heap out of it
     * @param spared stretches kept out
     * @param atOnce whether no thread had to be halted before the VM reported the first GC root
     */
    record Taken(
            Stage stage,
            int detail,
            int child,
            int readable,
            long pauseNanos,
            long forkNanos,
            long spareNanos,
            int spared,
            boolean atOnce) {
        static Taken of(long[] values) {
            return new Taken(
                    Stage.values()[(int) values[0]],
                    (int) values[1],
                    (int) values[2],
                    (int) values[3],
                    values[4],
                    values[5],
                    values[6],
                    (int) values[7],
                    values[8] != 0);
        }
    }

    /** How far a child is; the order is that of the native part. */
    enum Phase {
        FORKED,
        ROOTS,
        WALK,
        DONE,
        FAILED
    }

    /**
     * What a child says of itself.
     *
     * @param phase how far it is
     * @param error errno, or 0
     * @param errorDetail a number that belongs to the message
     * @param beat changes while it works
     * @param totalBytes of heap to be walked
     * @param walkedBytes of them
     * @param objects seen so far
     * @param classes loaded
     * @param roots found
     * @param writtenBytes length of its file
     * @param lostStretches how often the next object had to be looked for
     * @param lostBytes what lies in between
     * @param tableBytes the child's own memory
     * @param rootsNanos time for the roots
     * @param walkNanos time for the rest
     */
    record Outcome(
            Phase phase,
            int error,
            long errorDetail,
            long beat,
            long totalBytes,
            long walkedBytes,
            long objects,
            long classes,
            long roots,
            long writtenBytes,
            long lostStretches,
            long lostBytes,
            long tableBytes,
            long rootsNanos,
            long walkNanos) {
        static Outcome now() {
            long[] values = outcome0();
            return new Outcome(
                    Phase.values()[(int) values[0]],
                    (int) values[1],
                    values[2],
                    values[3],
                    values[4],
                    values[5],
                    values[6],
                    values[7],
                    values[8],
                    values[9],
                    values[10],
                    values[11],
                    values[12],
                    values[13],
                    values[14]);
        }

        double fraction() {
            return totalBytes == 0 ? 0 : Math.min(1, (double) walkedBytes / totalBytes);
        }
    }
}

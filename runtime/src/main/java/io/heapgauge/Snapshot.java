/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.monitor.AnalysisCancelledException;
import io.heapgauge.analysis.monitor.CancelSignal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A copy of this process at work: forked at a safepoint, then looked after until it has ended, well or by force. One at a
 * time in this class loader; others wait.
 *
 * @param taken the fork and its pause
 * @param outcome what the child said at its end
 * @param message what it wrote to its pipe; empty for a dump
 * @param nanos from the request to the child's end
 */
record Snapshot(NativeSnapshot.Taken taken, NativeSnapshot.Outcome outcome, byte[] message, long nanos) {
    /** While the VM lists the roots in the child, a lock that nobody will ever release may hold it up. */
    private static final long LONGEST_SILENCE_NANOS = 5_000_000_000L;

    private static final int TRIES = 3;
    private static final long LOOK_NANOS = 2_000_000;
    private static final long MEMORY_LOOK_NANOS = 100_000_000;
    private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

    /** Nothing was forked; another engine may be used instead. */
    static final class NotForked extends IOException {
        private static final long serialVersionUID = 1L;

        NotForked(String message) {
            super(message);
        }
    }

    /** The child did not come to its end for a reason that another try may not meet. */
    static final class Stuck extends IOException {
        private static final long serialVersionUID = 1L;

        Stuck(String message) {
            super(message);
        }
    }

    /**
     * Forks, and waits for the child; again where the child hung in the VM's own code.
     *
     * @param request what it shall do
     * @param cancel ends it at once
     * @param progress hears the share of the heap that is walked
     * @param available bytes of memory that are left, to end it before the host suffers
     * @throws NotForked if there is no child
     * @throws Stuck if it hung each time
     * @throws AnalysisCancelledException if it was cancelled
     * @throws IOException if the child failed
     */
    static Snapshot take(SnapshotRequest request, CancelSignal cancel, DoubleConsumer progress, LongSupplier available)
            throws IOException {
        ONE_AT_A_TIME.lock();
        try {
            for (int left = TRIES; ; left--) {
                try {
                    return takeOnce(request, cancel, progress, available);
                } catch (Stuck e) {
                    if (left == 1) {
                        throw e;
                    }
                    request.discard();
                }
            }
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    /** The same for a short one that nobody cancels or watches, however little memory is left. */
    static Snapshot take(SnapshotRequest request) throws IOException {
        return take(request, CancelSignal.NEVER, any -> {}, () -> Long.MAX_VALUE);
    }

    /** Has heap put into huge pages; null while somebody takes a snapshot. */
    static HugePages.@Nullable Step collapse(long from, int pages) {
        if (!ONE_AT_A_TIME.tryLock()) {
            return null;
        }
        try {
            return HugePages.Step.of(NativeSnapshot.collapse0(from, pages));
        } finally {
            ONE_AT_A_TIME.unlock();
        }
    }

    private static Snapshot takeOnce(
            SnapshotRequest request, CancelSignal cancel, DoubleConsumer progress, LongSupplier available)
            throws IOException {
        long start = System.nanoTime();
        NativeSnapshot.Taken taken = request.take();
        if (taken.stage() != NativeSnapshot.Stage.DONE) {
            throw notForked(taken, request);
        }
        return new Care(taken, request.mostAnswerBytes(), cancel, progress, available).untilEnd(start);
    }

    private static IOException notForked(NativeSnapshot.Taken taken, SnapshotRequest request) {
        String error = Errno.text(taken.detail());
        return switch (taken.stage()) {
            case FILE -> new IOException("cannot create " + request.file() + ": " + error);
            case PIPE -> new NotForked("no pipe can be had: " + error);
            case RULES -> new NotForked("no memory for a request to the fork engine");
            case TOOLS -> new NotForked("the VM's tool interface refused the snapshot: JVMTI error " + taken.detail());
            case MISMATCH -> new NotForked("this VM passes roots in another way than those that were proven");
            case UNSEEN -> new NotForked("the VM reported no root to fork at");
            case FORK -> new NotForked("the system refused the fork: " + error + Errno.forkAdvice(taken.detail()));
            case DONE -> throw new IllegalStateException("it was forked");
        };
    }

    /** Looks after one child. */
    private static final class Care {
        private final NativeSnapshot.Taken taken;
        private final int mostAnswerBytes;
        private final CancelSignal cancel;
        private final DoubleConsumer progress;
        private final LongSupplier available;
        private final ByteArrayOutputStream message = new ByteArrayOutputStream();
        private final byte[] chunk = new byte[8192];
        private int descriptor;
        private long lastBeat = -1;
        private long lastSign = System.nanoTime();
        private long lastMemoryLook = lastSign;

        Care(
                NativeSnapshot.Taken taken,
                int mostAnswerBytes,
                CancelSignal cancel,
                DoubleConsumer progress,
                LongSupplier available) {
            this.taken = taken;
            this.mostAnswerBytes = mostAnswerBytes;
            this.cancel = cancel;
            this.progress = progress;
            this.available = available;
            descriptor = taken.readable();
        }

        Snapshot untilEnd(long start) throws IOException {
            int status = NativeSnapshot.RUNNING;
            boolean interrupted = false;
            try {
                while (status == NativeSnapshot.RUNNING) {
                    readMessage();
                    status = NativeSnapshot.poll0(taken.child());
                    if (status == NativeSnapshot.RUNNING) {
                        look();
                        LockSupport.parkNanos(LOOK_NANOS);
                        interrupted |= Thread.interrupted(); // the child is waited for all the same
                    }
                }
                readMessage();
            } finally {
                if (status == NativeSnapshot.RUNNING) {
                    end();
                }
                if (descriptor >= 0) {
                    NativeSnapshot.close0(descriptor);
                }
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
            NativeSnapshot.Outcome outcome = NativeSnapshot.Outcome.now();
            requireSuccess(status, outcome);
            return new Snapshot(taken, outcome, message.toByteArray(), System.nanoTime() - start);
        }

        private void readMessage() throws IOException {
            while (descriptor >= 0) {
                int read = NativeSnapshot.read0(descriptor, chunk);
                if (read == NativeSnapshot.NOTHING_YET) {
                    return;
                }
                if (read < 0) {
                    throw new IOException("the snapshot's answer cannot be read: " + Errno.text(-read));
                }
                if (read == 0) {
                    NativeSnapshot.close0(descriptor);
                    descriptor = -1;
                    return;
                }
                message.write(chunk, 0, read);
                if (message.size() > mostAnswerBytes) {
                    throw new IOException("the snapshot's answer is longer than " + mostAnswerBytes + " bytes");
                }
            }
        }

        private void look() throws IOException {
            if (cancel.isCancelled()) {
                throw new AnalysisCancelledException("writing the dump");
            }
            NativeSnapshot.Outcome now = NativeSnapshot.Outcome.now();
            progress.accept(now.fraction());
            if (now.beat() != lastBeat || now.phase().compareTo(NativeSnapshot.Phase.WALK) >= 0) {
                lastBeat = now.beat();
                lastSign = System.nanoTime();
            } else if (System.nanoTime() - lastSign > LONGEST_SILENCE_NANOS) {
                throw new Stuck("the snapshot's process hung while the VM listed the roots in it, and was ended");
            }
            if (System.nanoTime() - lastMemoryLook > MEMORY_LOOK_NANOS) {
                lookAtMemory();
                lastMemoryLook = System.nanoTime();
            }
        }

        private void lookAtMemory() throws IOException {
            long left = available.getAsLong();
            if (left < ForkMemory.LEAST_WHILE_FORKED) {
                throw new IOException("the snapshot was given up, because memory runs out: " + Texts.mebibytes(left)
                        + " are left, and pages that the application writes to are copied while it lives");
            }
        }

        private void end() {
            NativeSnapshot.stop0(taken.child());
            while (NativeSnapshot.poll0(taken.child()) == NativeSnapshot.RUNNING) {
                LockSupport.parkNanos(LOOK_NANOS); // SIGKILL cannot be put off; freeing its memory takes a moment
            }
        }

        private static void requireSuccess(int status, NativeSnapshot.Outcome outcome) throws IOException {
            boolean done = outcome.phase() == NativeSnapshot.Phase.DONE;
            if (done && (status == 0 || status == NativeSnapshot.LOST)) {
                return;
            }
            if (outcome.phase() == NativeSnapshot.Phase.FAILED) {
                throw new IOException(
                        NativeSnapshot.message0() + (outcome.error() == 0 ? "" : ": " + Errno.text(outcome.error())));
            }
            throw new IOException("the snapshot's process ended before its work was done: " + end(status));
        }

        private static String end(int status) {
            if (status == NativeSnapshot.LOST) {
                return "how, only somebody else in this process knows, who waited for it";
            }
            return status > NativeSnapshot.SIGNALLED
                    ? "signal " + (status - NativeSnapshot.SIGNALLED)
                    : "exit code " + status;
        }
    }
}

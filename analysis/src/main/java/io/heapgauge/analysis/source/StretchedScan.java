/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import io.heapgauge.analysis.hprof.HprofStretches;
import io.heapgauge.analysis.hprof.HprofVisitor;
import io.heapgauge.analysis.monitor.Crew;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Reads a dump with several threads, the calling one among them: each takes the next stretch that nobody has taken. */
final class StretchedScan implements Closeable {
    private final HprofStretches stretches;
    private final AtomicInteger next = new AtomicInteger();
    private int failedStretch = Integer.MAX_VALUE;
    private @Nullable Throwable failure;
    /** The calling thread's. */
    private final HprofStretches.Reader reader;

    /** @param visitor is heard on the calling thread */
    StretchedScan(HprofStretches stretches, HprofVisitor visitor) throws IOException {
        this.stretches = stretches;
        reader = stretches.open(visitor);
    }

    /** Reads stretches on the calling thread alone until enough is known. */
    void begin(BooleanSupplier enough) throws IOException {
        while (!enough.getAsBoolean() && next.get() < stretches.count()) {
            reader.read(next.getAndIncrement());
        }
    }

    /**
     * Reads all that is left.
     *
     * @param visitors one for each further thread
     * @throws IOException the failure of the earliest stretch that failed
     */
    void finish(List<? extends HprofVisitor> visitors) throws IOException {
        // a helper is at most one stretch behind
        Crew.together(
                "heapgauge-scan",
                () -> readStretches(reader),
                visitors.stream().map(visitor -> (Runnable) () -> help(visitor)).toList());
        Crew.rethrow(failure());
    }

    private void help(HprofVisitor visitor) {
        try (HprofStretches.Reader own = stretches.open(visitor)) {
            readStretches(own);
        } catch (Throwable t) { // carried over to the calling thread, whatever it is
            fail(-1, t);
        }
    }

    private void readStretches(HprofStretches.Reader from) {
        int stretch = -1;
        try {
            for (stretch = next.getAndIncrement(); stretch < stretches.count(); stretch = next.getAndIncrement()) {
                from.read(stretch);
            }
        } catch (Throwable t) { // carried over to the calling thread, whatever it is
            fail(stretch, t);
        }
    }

    private synchronized void fail(int stretch, Throwable t) {
        next.set(stretches.count());
        if (failure == null || stretch < failedStretch) {
            failure = t;
            failedStretch = stretch;
        }
    }

    private synchronized @Nullable Throwable failure() {
        return failure;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}

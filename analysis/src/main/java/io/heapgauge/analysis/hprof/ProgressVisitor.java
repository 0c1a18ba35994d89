/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.hprof;

import java.util.function.DoubleConsumer;

/** A visitor that tells how far the file has been read. */
public abstract class ProgressVisitor implements HprofVisitor {
    private final DoubleConsumer progress;

    /**
     * A visitor.
     *
     * @param progress hears the share of the file that has been read, from 0 to 1; an exception ends the scan
     */
    protected ProgressVisitor(DoubleConsumer progress) {
        this.progress = progress;
    }

    @Override
    public final void progress(long offset, long fileBytes) {
        progress.accept((double) offset / fileBytes);
    }
}

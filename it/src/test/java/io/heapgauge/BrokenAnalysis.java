/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import java.util.concurrent.atomic.AtomicReference;

/** Lets a test break the analysis of a gauge, for the gauge's own hook is not public. */
public final class BrokenAnalysis {
    private final AtomicReference<Runnable> trouble = new AtomicReference<>();

    /** The next analysis runs this first, once. */
    public void next(Runnable what) {
        trouble.set(what);
    }

    /** Puts it into a builder. */
    public HeapGaugeBuilder in(HeapGaugeBuilder builder) {
        return builder.analysis((dump, capture, request) -> {
            Runnable what = trouble.getAndSet(null);
            if (what != null) {
                what.run();
            }
            return AnalysisPort.REAL.analyze(dump, capture, request);
        });
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.report.HeapReport;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The gauge that a service embeds. */
public final class HeapGauge implements AutoCloseable {
    private HeapGauge() {}

    /**
     * Starts from the defaults.
     *
     * @return a builder
     */
    public static HeapGaugeBuilder builder() {
        throw new UnsupportedOperationException();
    }

    /**
     * The gauge's name, {@code default} unless set.
     *
     * @return the name, part of the MXBean's object name
     */
    public String name() {
        throw new UnsupportedOperationException();
    }

    /**
     * Captures and analyses now, waiting for the report.
     *
     * @return the report
     * @throws CaptureException if there is none
     */
    public HeapReport capture() {
        throw new UnsupportedOperationException();
    }

    /**
     * Captures and analyses now, waiting for the report.
     *
     * @param request what asks, and how
     * @return the report
     * @throws CaptureException if there is none
     */
    public HeapReport capture(CaptureRequest request) {
        throw new UnsupportedOperationException();
    }

    /**
     * Asks for a capture without waiting.
     *
     * @param request what asks, and how
     * @return completed with the report, or exceptionally with a {@link CaptureException}
     */
    public CompletableFuture<HeapReport> captureAsync(CaptureRequest request) {
        throw new UnsupportedOperationException();
    }

    /**
     * The last report.
     *
     * @return empty before the first
     */
    public Optional<HeapReport> lastReport() {
        throw new UnsupportedOperationException();
    }

    /**
     * The last failure or refusal.
     *
     * @return empty while there was none
     */
    public Optional<CaptureFailure> lastFailure() {
        throw new UnsupportedOperationException();
    }

    /**
     * What it is doing.
     *
     * @return the state at this moment
     */
    public GaugeState state() {
        throw new UnsupportedOperationException();
    }

    /**
     * What the running capture is doing, in words.
     *
     * @return a phase, empty when idle
     */
    public String phase() {
        throw new UnsupportedOperationException();
    }

    /**
     * Share of the current phase that is done.
     *
     * @return 0 to 1
     */
    public double progress() {
        throw new UnsupportedOperationException();
    }

    /**
     * Asks the running capture to stop.
     *
     * @return whether one was running
     */
    public boolean cancel() {
        throw new UnsupportedOperationException();
    }

    /** Stops, and takes back all that was registered. */
    @Override
    public void close() {}
}

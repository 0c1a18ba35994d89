/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.report.HeapReport;
import java.nio.file.Path;
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

    /**
     * Measures what an object owns from the next capture on. The object is held weakly.
     *
     * @param rootName the name in reports and metrics: not blank, at most 128 characters, no control characters
     * @param object the object
     * @throws IllegalArgumentException if the name is not accepted or taken
     * @throws IllegalStateException if the gauge is closed
     */
    public void register(String rootName, Object object) {
        throw new UnsupportedOperationException();
    }

    /**
     * Measures a root no more, whether it came from the builder or from {@link #register}.
     *
     * @param rootName the root's name
     * @return whether there was one
     */
    public boolean unregister(String rootName) {
        throw new UnsupportedOperationException();
    }

    /**
     * Whether callers may have a dump kept after its analysis.
     *
     * @return the builder's {@code allowKeep}
     */
    public boolean keepAllowed() {
        throw new UnsupportedOperationException();
    }

    /**
     * Where dumps go; those that are kept lie in its sub-directory {@code kept}.
     *
     * @return an absolute path; the directory may not exist while there is nothing in it
     */
    public Path directory() {
        throw new UnsupportedOperationException();
    }

    /** Stops, and takes back all that was registered. */
    @Override
    public void close() {}
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.HeapReport;

/**
 * Hears what a gauge does; the port that every publisher plugs into. Implementations named in
 * {@code META-INF/services/io.heapgauge.HeapReportListener} are found by themselves, one instance per gauge.
 *
 * <p>{@link #onStart} and {@link #onClose} are called on the thread that starts or closes the gauge, the others on the
 * gauge's analyzer thread, one at a time, save that a request,
 * its refusal, and its joining another are told on the thread that asked. What an implementation throws is
 * logged and does not reach the host.
 */
public interface HeapReportListener {
    /**
     * The gauge has started and accepts captures.
     *
     * @param gauge the gauge, for its whole life
     */
    default void onStart(HeapGauge gauge) {}

    /**
     * Somebody or something asked for a capture, whatever becomes of it. Called on the thread that asked.
     *
     * @param request what was asked, and by whom
     */
    default void onRequested(CaptureRequest request) {}

    /**
     * A capture begins; the application is about to be paused.
     *
     * @param request what asked for it
     */
    default void onCaptureStarted(CaptureRequest request) {}

    /**
     * A request joined a capture that was already under way, and shares its end. Called on the thread that asked.
     *
     * @param request the request that joined
     */
    default void onCoalesced(CaptureRequest request) {}

    /**
     * The heap is written and its pause is over; the analysis begins. Told for every capture, whatever becomes of its
     * analysis.
     *
     * @param capture how it went; {@code dumpName} is not yet known
     */
    default void onCaptured(CaptureFacts capture) {}

    /**
     * A capture was analysed.
     *
     * @param report what it says; {@link CaptureFacts#isQuick()} tells one of quick mode, of which {@link CaptureFacts#product()}
     *     tells whether it knows roots or types only
     */
    default void onReport(HeapReport report) {}

    /**
     * A capture was refused, failed or was cancelled.
     *
     * @param failure what happened
     */
    default void onFailure(CaptureFailure failure) {}

    /** The gauge is closing; whatever the implementation registered must be gone when this returns. */
    default void onClose() {}
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.report.Trigger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A capture that gave no report.
 *
 * @param gauge name of the gauge
 * @param trigger what had asked
 * @param label the caller's label, or null
 * @param mode how much was to be found out
 * @param at when it ended
 * @param outcome {@link CaptureOutcome#REFUSED}, {@link CaptureOutcome#FAILED} or {@link CaptureOutcome#CANCELLED}
 * @param message what happened, for people: names the file, the offset or the limit and what to do
 */
public record CaptureFailure(
        String gauge,
        Trigger trigger,
        @Nullable String label,
        CaptureMode mode,
        Instant at,
        CaptureOutcome outcome,
        String message) {
    /**
     * What became of a request just now.
     *
     * @param gauge name of the gauge
     * @param request what had been asked
     * @param outcome how it ended
     * @param message what happened
     * @return the failure
     */
    static CaptureFailure of(String gauge, CaptureRequest request, CaptureOutcome outcome, String message) {
        return new CaptureFailure(
                gauge, request.trigger(), request.label(), request.mode(), Instant.now(), outcome, message);
    }
}

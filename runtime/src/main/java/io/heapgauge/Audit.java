/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.report.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * One line per wish for a capture: what asked, who, and what was decided. Written to a logger of its own, so that it can go
 * where such lines are kept. What the service itself asks for, by its own code or its schedule, is told at level DEBUG only.
 */
final class Audit {
    /** Name of the logger. */
    static final String LOGGER = "io.heapgauge.audit";

    private static final System.Logger LOG = System.getLogger(LOGGER);

    private final String gaugeName;

    Audit(String gaugeName) {
        this.gaugeName = gaugeName;
    }

    /**
     * Tells of a wish.
     *
     * @param request what was asked
     * @param refusal why it was refused, or null
     * @param joined whether it shares a capture that was under way, where it was not refused
     */
    void asked(CaptureRequest request, @Nullable String refusal, boolean joined) {
        boolean routine =
                request.by() == null && (request.trigger() == Trigger.INTERVAL || request.trigger() == Trigger.API);
        String decision = refusal != null ? refusal : joined ? "joined the one under way" : "accepted";
        LOG.log(
                routine ? System.Logger.Level.DEBUG : System.Logger.Level.INFO,
                "heap capture: gauge={0} mode={1} trigger={2} by={3} label={4} keep={5}: {6}",
                gaugeName,
                request.mode().id(),
                request.trigger().id(),
                request.by() == null ? "unknown" : request.by(),
                request.label() == null ? "none" : request.label(),
                request.keepDump(),
                decision);
    }
}

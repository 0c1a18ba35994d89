/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import java.util.Locale;

/** How a wish for a capture ended. */
public enum CaptureOutcome {
    /** A report was published. */
    SUCCESS,
    /** It joined a capture that was already under way and shares its end. */
    COALESCED,
    /** A limit forbade it; nothing was captured. */
    REFUSED,
    /** Capture or analysis went wrong. */
    FAILED,
    /** Somebody cancelled it. */
    CANCELLED;

    /**
     * The name used in metric tags and events.
     *
     * @return the constant's name in lower case
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import java.util.Locale;

/** How the pause of a capture became known. */
public enum PauseSource {
    /** The engine timed the safepoint itself. */
    SAFEPOINT,
    /** The longest gap that a watching thread saw while the capture ran; includes scheduling noise. */
    OBSERVED_GAP,
    /** Nobody measured it, for example because the dump was written elsewhere. */
    UNKNOWN;

    /**
     * The name used in JSON and events.
     *
     * @return the constant's name in lower case with dashes
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

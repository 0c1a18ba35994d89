/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.report.CaptureFacts;
import java.util.Locale;

/** How much a capture finds out, and what it costs the application. */
public enum CaptureMode {
    /** A dump of the heap and its analysis. */
    FULL,
    /** Without a dump: a snapshot measures types and roots, or the VM counts objects by type. A short pause. */
    QUICK;

    /**
     * The name used in metric tags and events.
     *
     * @return the constant's name in lower case
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The mode of a capture. */
    static CaptureMode of(CaptureFacts capture) {
        return capture.isQuick() ? QUICK : FULL;
    }
}

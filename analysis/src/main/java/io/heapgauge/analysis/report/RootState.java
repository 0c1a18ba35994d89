/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import java.util.Locale;

/** What is known of a configured root in one capture. */
public enum RootState {
    /** The root was found and its sizes are given. */
    MEASURED,
    /** Nothing in the capture is this root: collected, never created, or its class is not loaded. */
    GONE,
    /** It is in the capture but no GC root reaches it. */
    NOT_REACHED,
    /** The analysis ran at a level that does not walk the graph. */
    NOT_MEASURED;

    /**
     * The name used in JSON, JMX and events.
     *
     * @return the constant's name in lower case with dashes
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import java.util.Locale;

/** What asked for a capture. */
public enum Trigger {
    /** A call of the library's own API. */
    API,
    /** An operation of the MXBean. */
    JMX,
    /** An operating system signal. */
    SIGNAL,
    /** The configured interval. */
    INTERVAL,
    /** An old generation that stayed full. */
    PRESSURE,
    /** Types that began to grow between the gauge's own measurements. */
    GROWTH,
    /** An HTTP request, for example to the Actuator endpoint. */
    HTTP,
    /** A VM that ran out of memory and left a dump. */
    OOM,
    /** A person at the command line, with a dump that something else wrote. */
    CLI;

    /**
     * The name used in JSON, metric tags and events.
     *
     * @return the constant's name in lower case
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}

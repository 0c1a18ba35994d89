/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.report.PauseSource;

/**
 * What a capture cost the application.
 *
 * @param engine the engine that took it, as reports name it
 * @param captureNanos wall time until the file was complete
 * @param pauseNanos how long the application stood still, 0 where unknown
 * @param pauseSource how that is known
 * @param whole whether the dump has all contents; false where they were left out as the task asked
 */
record CaptureTimes(String engine, long captureNanos, long pauseNanos, PauseSource pauseSource, boolean whole) {
    /** A capture with all contents. */
    CaptureTimes(String engine, long captureNanos, long pauseNanos, PauseSource pauseSource) {
        this(engine, captureNanos, pauseNanos, pauseSource, true);
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.jfr;

import io.heapgauge.OptionalModuleListener;

/**
 * Writes a gauge's reports and failures into the JDK's flight recordings; found by {@link java.util.ServiceLoader}. The
 * events are {@code io.heapgauge.Capture}, {@code Analysis}, {@code TypeSummary}, {@code RootSize},
 * {@code Retainer} and {@code CaptureFailure}. The last report is written again at the start of every chunk, so that a recording started later
 * still holds it: those events say {@code repeated = true}, and {@code capture} tells one report from another.
 *
 * <p>Does nothing in a JVM without the module {@code jdk.jfr}.
 */
public final class JfrPublisher extends OptionalModuleListener {
    /** Makes a publisher for one gauge; it registers nothing before {@link #onStart}. */
    public JfrPublisher() {
        super("jdk.jfr", "JFR events", gauge -> new GaugeEvents());
    }
}

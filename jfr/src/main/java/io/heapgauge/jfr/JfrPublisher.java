/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.jfr;

import io.heapgauge.CaptureFailure;
import io.heapgauge.CaptureRequest;
import io.heapgauge.HeapGauge;
import io.heapgauge.HeapReportListener;
import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.HeapReport;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Writes a gauge's reports and failures into the JDK's flight recordings; found by {@link java.util.ServiceLoader}. The
 * events are {@code io.heapgauge.Capture}, {@code Analysis}, {@code TypeSummary}, {@code RootSize},
 * {@code Retainer} and {@code CaptureFailure}. The last report is written again at the start of every chunk, so that a recording started later
 * still holds it: those events say {@code repeated = true}, and {@code capture} tells one report from another.
 *
 * <p>Does nothing in a JVM without the module {@code jdk.jfr}, for which reason neither this class's fields nor its
 * signatures name a class of that module.
 */
public final class JfrPublisher implements HeapReportListener {
    private static final Logger LOG = System.getLogger(JfrPublisher.class.getName());

    private HeapReportListener delegate = new HeapReportListener() {};

    /** Makes a publisher for one gauge; it registers nothing before {@link #onStart}. */
    public JfrPublisher() {}

    @Override
    public void onStart(HeapGauge gauge) {
        if (ModuleLayer.boot().findModule("jdk.jfr").isEmpty()) {
            LOG.log(Level.INFO, "heapgauge: no JFR events, this JVM has no module jdk.jfr");
            return;
        }
        delegate = new GaugeEvents();
        delegate.onStart(gauge);
    }

    @Override
    public void onCaptureStarted(CaptureRequest request) {
        delegate.onCaptureStarted(request);
    }

    @Override
    public void onCaptured(CaptureFacts capture) {
        delegate.onCaptured(capture);
    }

    @Override
    public void onReport(HeapReport report) {
        delegate.onReport(report);
    }

    @Override
    public void onFailure(CaptureFailure failure) {
        delegate.onFailure(failure);
    }

    @Override
    public void onClose() {
        delegate.onClose();
    }
}

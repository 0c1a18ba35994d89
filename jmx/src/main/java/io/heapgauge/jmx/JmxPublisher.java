/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.jmx;

import io.heapgauge.CaptureFailure;
import io.heapgauge.CaptureRequest;
import io.heapgauge.HeapGauge;
import io.heapgauge.HeapReportListener;
import io.heapgauge.analysis.report.HeapReport;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Registers a gauge as {@code io.heapgauge:type=HeapGauge,name=<name>} in the platform's MBean server while it is open;
 * found by {@link java.util.ServiceLoader}. Does nothing in a JVM without the module {@code java.management}, for
 * which reason neither this class's fields nor its signatures name a class of that module.
 *
 * @see HeapGaugeMXBean
 */
public final class JmxPublisher implements HeapReportListener {
    private static final Logger LOG = System.getLogger(JmxPublisher.class.getName());

    private HeapReportListener delegate = new HeapReportListener() {};

    /** Makes a publisher for one gauge; it registers nothing before {@link #onStart}. */
    public JmxPublisher() {}

    @Override
    public void onStart(HeapGauge gauge) {
        if (ModuleLayer.boot().findModule("java.management").isEmpty()) {
            LOG.log(Level.INFO, "heapgauge: no MXBean, this JVM has no module java.management");
            return;
        }
        delegate = new GaugeRegistration(gauge.name());
        delegate.onStart(gauge);
    }

    @Override
    public void onCaptureStarted(CaptureRequest request) {
        delegate.onCaptureStarted(request);
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

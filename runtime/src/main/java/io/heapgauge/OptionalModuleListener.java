/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.HeapReport;
import java.util.function.Function;

/**
 * A listener whose work needs a module that a small JVM may lack: it looks for the module when the gauge starts, and hands
 * everything on to the listener that does the work, or does nothing. Subclasses name no class of that module in their fields
 * and signatures, so that they load anywhere.
 */
public abstract class OptionalModuleListener implements HeapReportListener {
    private final String module;
    private final String without;
    private final Function<HeapGauge, HeapReportListener> worker;
    private HeapReportListener delegate = new HeapReportListener() {};

    /**
     * Says what is needed.
     *
     * @param module name of the module
     * @param without what the gauge goes without where the module is missing, for the log
     * @param worker makes the listener that does the work; only called where the module is there
     */
    protected OptionalModuleListener(String module, String without, Function<HeapGauge, HeapReportListener> worker) {
        this.module = module;
        this.without = without;
        this.worker = worker;
    }

    @Override
    public final void onStart(HeapGauge gauge) {
        if (ModuleLayer.boot().findModule(module).isEmpty()) {
            System.getLogger(getClass().getName())
                    .log(System.Logger.Level.INFO, "heapgauge: no {0}, this JVM has no module {1}", without, module);
            return;
        }
        delegate = worker.apply(gauge);
        delegate.onStart(gauge);
    }

    @Override
    public final void onRequested(CaptureRequest request) {
        delegate.onRequested(request);
    }

    @Override
    public final void onCaptureStarted(CaptureRequest request) {
        delegate.onCaptureStarted(request);
    }

    @Override
    public final void onCoalesced(CaptureRequest request) {
        delegate.onCoalesced(request);
    }

    @Override
    public final void onCaptured(CaptureFacts capture) {
        delegate.onCaptured(capture);
    }

    @Override
    public final void onReport(HeapReport report) {
        delegate.onReport(report);
    }

    @Override
    public final void onFailure(CaptureFailure failure) {
        delegate.onFailure(failure);
    }

    @Override
    public final void onClose() {
        delegate.onClose();
    }
}

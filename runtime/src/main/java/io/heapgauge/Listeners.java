/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.HeapReport;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/** Tells all listeners, in order; what one of them throws is logged and stops neither the others nor the gauge. */
final class Listeners implements HeapReportListener {
    private static final System.Logger LOG = System.getLogger(Listeners.class.getName());
    private static final int MOST_BROKEN_PROVIDERS = 16;

    private final List<HeapReportListener> all;
    private volatile boolean closed;

    Listeners(List<HeapReportListener> all) {
        this.all = List.copyOf(all);
    }

    /** One instance of every listener that the class path offers and this VM can run. */
    static List<HeapReportListener> discover() {
        List<HeapReportListener> found = new ArrayList<>();
        Iterator<HeapReportListener> providers = ServiceLoader.load(
                        HeapReportListener.class, HeapGauge.class.getClassLoader())
                .iterator();
        int broken = 0;
        while (broken < MOST_BROKEN_PROVIDERS) {
            try {
                if (!providers.hasNext()) {
                    break;
                }
                found.add(providers.next());
            } catch (ServiceConfigurationError | LinkageError e) {
                broken++;
                LOG.log(
                        System.Logger.Level.INFO,
                        "a heapgauge listener cannot run in this VM and is left out: " + e,
                        e);
            }
        }
        return found;
    }

    @Override
    public void onStart(HeapGauge gauge) {
        tell("onStart", listener -> listener.onStart(gauge));
    }

    @Override
    public void onRequested(CaptureRequest request) {
        tell("onRequested", listener -> listener.onRequested(request));
    }

    @Override
    public void onCaptureStarted(CaptureRequest request) {
        tell("onCaptureStarted", listener -> listener.onCaptureStarted(request));
    }

    @Override
    public void onCoalesced(CaptureRequest request) {
        tell("onCoalesced", listener -> listener.onCoalesced(request));
    }

    @Override
    public void onCaptured(CaptureFacts capture) {
        tell("onCaptured", listener -> listener.onCaptured(capture));
    }

    @Override
    public void onReport(HeapReport report) {
        tell("onReport", listener -> listener.onReport(report));
    }

    @Override
    public void onFailure(CaptureFailure failure) {
        tell("onFailure", listener -> listener.onFailure(failure));
    }

    @Override
    public void onClose() {
        tell("onClose", HeapReportListener::onClose);
        closed = true;
    }

    private void tell(String method, Consumer<HeapReportListener> call) {
        if (closed) {
            return; // a capture that could not be stopped in time must not revive what onClose took back
        }
        for (HeapReportListener listener : all) {
            try {
                call.accept(listener);
            } catch (Throwable e) { // an Error of a listener must not reach the host either
                LOG.log(
                        System.Logger.Level.WARNING,
                        "heapgauge listener " + listener.getClass().getName() + "." + method + " failed",
                        e);
            }
        }
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.HeapReport;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what a gauge told. */
final class Heard implements HeapReportListener {
    final List<String> events = new CopyOnWriteArrayList<>();
    final List<CaptureFailure> failures = new CopyOnWriteArrayList<>();

    @Override
    public void onStart(HeapGauge gauge) {
        events.add("start");
    }

    @Override
    public void onCaptureStarted(CaptureRequest request) {
        events.add("capture started");
    }

    @Override
    public void onCoalesced(CaptureRequest request) {
        events.add("coalesced");
    }

    @Override
    public void onCaptured(CaptureFacts capture) {
        events.add("captured");
    }

    @Override
    public void onReport(HeapReport report) {
        events.add("report");
    }

    @Override
    public void onFailure(CaptureFailure failure) {
        events.add(failure.outcome().id());
        failures.add(failure);
    }

    @Override
    public void onClose() {
        events.add("close");
    }
}

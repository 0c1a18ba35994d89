/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.jfr;

import io.heapgauge.CaptureFailure;
import io.heapgauge.CaptureRequest;
import io.heapgauge.HeapGauge;
import io.heapgauge.HeapReportListener;
import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.CaptureProduct;
import io.heapgauge.analysis.report.HeapReport;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns what one gauge tells into events, and remembers its last report for recordings that start later. */
final class GaugeEvents implements HeapReportListener {
    // these two are under way on the gauge's analyzer thread
    private CaptureEvent capture = new CaptureEvent();
    private AnalysisEvent analysis = new AnalysisEvent();

    private volatile @Nullable HeapReport lastReport;

    @Override
    public void onStart(HeapGauge gauge) {
        EventTypes.use(this);
    }

    @Override
    public void onCaptureStarted(CaptureRequest request) {
        capture = new CaptureEvent();
        capture.begin();
    }

    @Override
    public void onCaptured(CaptureFacts facts) {
        capture.end();
        capture.of(facts, false).commit();
        analysis = new AnalysisEvent();
        analysis.begin();
    }

    @Override
    public void onReport(HeapReport report) {
        TypeSummaryEvent.commitAll(report, false);
        if (report.capture().product() == CaptureProduct.TYPES) {
            return; // it knows nothing else
        }
        lastReport = report;
        analysis.of(report, false).commit();
        RootSizeEvent.commitAll(report, false);
        RetainerEvent.commitAll(report, false);
        TypeGrowthEvent.commitAll(report, false);
    }

    @Override
    public void onFailure(CaptureFailure failure) {
        new CaptureFailureEvent(failure).commit();
    }

    @Override
    public void onClose() {
        EventTypes.release(this);
    }

    /** What to tell again; asked for by the flight recorder on a thread of its own or the one that starts a recording. */
    Optional<HeapReport> lastReport() {
        return Optional.ofNullable(lastReport);
    }
}

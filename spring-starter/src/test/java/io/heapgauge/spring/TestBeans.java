/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.spring;

import io.heapgauge.CaptureFailure;
import io.heapgauge.HeapGauge;
import io.heapgauge.HeapReportListener;
import io.heapgauge.analysis.report.HeapReport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Application beans for the tests. */
final class TestBeans {
    private TestBeans() {}

    /** Something to measure. */
    interface Cache {
        void add(String value);
    }

    static class StringCache implements Cache {
        private final List<String> values = new ArrayList<>();

        StringCache() {
            for (int i = 0; i < 1_000; i++) {
                values.add("value-" + i);
            }
        }

        @Override
        public void add(String value) {
            values.add(value);
        }
    }

    static final class Recorder implements HeapReportListener {
        final List<HeapReport> reports = new CopyOnWriteArrayList<>();
        final List<CaptureFailure> failures = new CopyOnWriteArrayList<>();
        volatile int started;
        volatile int closed;

        @Override
        public void onStart(HeapGauge gauge) {
            started++;
        }

        @Override
        public void onReport(HeapReport report) {
            reports.add(report);
        }

        @Override
        public void onFailure(CaptureFailure failure) {
            failures.add(failure);
        }

        @Override
        public void onClose() {
            closed++;
        }
    }
}

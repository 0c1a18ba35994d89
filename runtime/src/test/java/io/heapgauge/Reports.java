/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.report.AnalysisFacts;
import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.HeapTotals;
import io.heapgauge.analysis.report.JvmFacts;
import io.heapgauge.analysis.report.Level;
import io.heapgauge.analysis.report.OwnershipSummary;
import io.heapgauge.analysis.report.PauseSource;
import io.heapgauge.analysis.report.RootState;
import io.heapgauge.analysis.report.RootSummary;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.report.Trigger;
import io.heapgauge.analysis.report.TypeSummary;
import java.time.Instant;
import java.util.List;

/** Small reports with figures that are easy to tell apart. */
final class Reports {
    private Reports() {}

    static CaptureFacts capture(Trigger trigger) {
        return new CaptureFacts(
                "default",
                "test",
                trigger,
                null,
                Instant.now(),
                2_000_000_000L,
                500_000_000L,
                PauseSource.OBSERVED_GAP,
                1_000,
                null,
                JvmFacts.UNKNOWN);
    }

    static HeapReport of(CaptureFacts capture, List<TypeSummary> types, List<RootSummary> roots) {
        AnalysisFacts analysis = new AnalysisFacts(Level.RETAINED, "all fits", "test", 3_000_000_000L, 0, 4, 5, 0, 0);
        HeapTotals totals =
                new HeapTotals(new Size(100, 10_000), new Size(80, 8_000), new Size(5, 500), new Size(15, 1_500));
        return new HeapReport(capture, analysis, totals, types, types.size(), roots, List.of());
    }

    static HeapReport of(CaptureFacts capture) {
        return of(capture, List.of(type("byte[]", 50, 6_000), type("com.acme.Session", 20, 2_000)), List.of());
    }

    static TypeSummary type(String name, long objects, long bytes) {
        return new TypeSummary(name, objects, bytes, bytes / objects, null);
    }

    static RootSummary root(String name, long reachableBytes, long ownedBytes) {
        return new RootSummary(
                name,
                "registered:" + name,
                RootState.MEASURED,
                null,
                1,
                new OwnershipSummary(new Size(reachableBytes / 10, reachableBytes), List.of(), 0),
                new OwnershipSummary(new Size(ownedBytes / 10, ownedBytes), List.of(), 0),
                new Size(ownedBytes / 20, ownedBytes / 2));
    }

    static RootSummary goneRoot(String name) {
        return new RootSummary(
                name, "registered:" + name, RootState.GONE, "the object was collected", 0, null, null, null);
    }
}

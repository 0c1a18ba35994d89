/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.jfr;

import io.heapgauge.analysis.report.AnalysisFacts;
import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.HeapTotals;
import io.heapgauge.analysis.report.JvmFacts;
import io.heapgauge.analysis.report.Level;
import io.heapgauge.analysis.report.OwnershipSummary;
import io.heapgauge.analysis.report.PauseSource;
import io.heapgauge.analysis.report.RetainedObject;
import io.heapgauge.analysis.report.RootState;
import io.heapgauge.analysis.report.RootSummary;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.report.Trigger;
import io.heapgauge.analysis.report.TypeSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reports with known numbers. */
final class SampleReports {
    static final Instant STARTED_AT = Instant.parse("2026-11-24T10:15:30.250Z");

    private SampleReports() {}

    /** Two measured roots of three, 60 types of which the report keeps all, two retainers, everything walked. */
    static HeapReport walked(String gauge) {
        List<TypeSummary> types = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            long bytes = 60_000 - 1_000L * i;
            types.add(new TypeSummary("com.acme.Type" + i, 10, bytes, bytes / 10, new Size(9, bytes - 500)));
        }
        List<RootSummary> roots = List.of(
                measured("sessions", "registered:sessions", new Size(70, 7_340_032), new Size(40, 5_242_880)),
                measured("catalog", "static:com.acme.Catalog#CACHE", new Size(30, 3_000), new Size(20, 2_000)),
                new RootSummary(
                        "worker", "thread:worker", RootState.GONE, "no thread of this name", 0, null, null, null));
        return new HeapReport(
                capture(gauge, PauseSource.OBSERVED_GAP),
                new AnalysisFacts(Level.RETAINED, "asked for", "vm flags", 20_000_000, 4_096, 700, 2_000, 1, 0),
                new HeapTotals(
                        new Size(600, 1_830_000), new Size(540, 1_800_000), new Size(10, 10_000), new Size(50, 20_000)),
                types,
                60,
                roots,
                List.of(
                        new RetainedObject(0x7f00a8, "com.acme.SessionCache", 24, 6_291_456, 0),
                        new RetainedObject(0x7f0010, "class com.acme.Catalog", 120, 2_500, 0)));
    }

    /** Two types and a root, at the level that does not walk. */
    static HeapReport notWalked(String gauge) {
        return new HeapReport(
                capture(gauge, PauseSource.UNKNOWN),
                new AnalysisFacts(Level.TYPES, "scratch budget of 1 MiB", "inferred", 1_000_000, 0, 700, 0, 0, 0),
                new HeapTotals(new Size(30, 3_000), null, null, null),
                List.of(
                        new TypeSummary("byte[]", 20, 2_000, 200, null),
                        new TypeSummary("java.lang.String", 10, 1_000, 100, null)),
                2,
                List.of(new RootSummary(
                        "sessions",
                        "registered:sessions",
                        RootState.NOT_MEASURED,
                        "level types does not walk",
                        0,
                        null,
                        null,
                        null)),
                List.of());
    }

    static CaptureFacts capture(String gauge, PauseSource pauseSource) {
        return new CaptureFacts(
                gauge,
                "hotspot",
                Trigger.SIGNAL,
                "before-deploy",
                STARTED_AT,
                90_000_000,
                pauseSource == PauseSource.UNKNOWN ? 0 : 75_000_000,
                pauseSource,
                10_485_760,
                null,
                JvmFacts.UNKNOWN);
    }

    private static RootSummary measured(String name, String spec, Size reachable, Size owned) {
        return new RootSummary(
                name,
                spec,
                RootState.MEASURED,
                null,
                1,
                new OwnershipSummary(reachable, List.of(), 0),
                new OwnershipSummary(owned, List.of(), 0),
                new Size(3, 2_097_152));
    }
}

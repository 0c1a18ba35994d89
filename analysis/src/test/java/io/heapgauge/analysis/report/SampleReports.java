/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import java.time.Instant;
import java.util.List;

/** Reports made by hand. */
public final class SampleReports {
    private static final Instant STARTED_AT = Instant.parse("2026-11-24T03:19:10.123456789Z");

    private SampleReports() {}

    /** Nothing is null. */
    public static HeapReport full() {
        return full(List.of(
                new RetainedObject(0x7f00a8L, "com.acme.Session", 10, 50, 0),
                new RetainedObject(0x7f00b8L, "byte[]", 40, 40, 0x7f00a8L)));
    }

    /** The same with retainers of the caller's. */
    public static HeapReport full(List<RetainedObject> retainers) {
        CaptureFacts capture = new CaptureFacts(
                "shop",
                "hotspot",
                Trigger.JMX,
                "nightly \"run\"",
                STARTED_AT,
                812_000_000,
                640_000_000,
                PauseSource.OBSERVED_GAP,
                1_610_612_736,
                "shop-4711.hprof",
                new JvmFacts("OpenJDK 64-Bit Server VM", "17.0.15+6", "G1 Young Generation, G1 Old Generation", 4711L),
                new MemoryFacts(
                        new MemoryReading(1_000, 4_000, 9_000L, null, null, null, null),
                        new MemoryReading(1_010, 4_000, 9_020L, 9_500L, 12_000L, 16_000L, 77L)));
        AnalysisFacts analysis =
                new AnalysisFacts(Level.RETAINED, "asked for", "the VM's flags", 1_240_000_000, 2048, 68, 12_000, 3, 1);
        WeaklyHeld weakly = new WeaklyHeld(new Size(2, 20), new Size(7, 150), Size.ZERO, new Size(1, 30));
        HeapTotals totals =
                new HeapTotals(new Size(100, 4000), new Size(70, 3000), weakly.total(), new Size(20, 800), weakly);
        List<TypeSummary> types = List.of(
                new TypeSummary("byte[]", 50, 2000, 1016, new Size(40, 1800)),
                new TypeSummary("java.lang.String", 48, 1152, 24, new Size(29, 696)),
                new TypeSummary("com.acme.Ünïcode", 2, 848, 424, new Size(1, 424), 65_536));
        OwnershipSummary owned =
                new OwnershipSummary(new Size(6, 60), List.of(new TypeSummary("com.acme.Session", 6, 60, 10, null)), 1);
        OwnershipSummary reachable = new OwnershipSummary(
                new Size(10, 100),
                List.of(
                        new TypeSummary("com.acme.Session", 6, 60, 10, null),
                        new TypeSummary("com.acme.Product", 4, 40, 10, null)),
                2);
        List<RootSummary> roots = List.of(
                new RootSummary(
                        "sessions",
                        "registered:sessions",
                        RootState.MEASURED,
                        null,
                        1,
                        reachable,
                        owned,
                        new Size(5, 50)),
                new RootSummary(
                        "catalog",
                        "static:com.acme.Catalog#INSTANCE",
                        RootState.GONE,
                        "no class com.acme.Catalog",
                        0,
                        null,
                        null,
                        null));
        List<RetainedGroup> held = List.of(new RetainedGroup("com.acme.Session", new Size(3, 30), 2_900));
        return new HeapReport(capture, analysis, totals, types, 3, roots, retainers, held, null);
    }

    /** One measured root, at the level that walks and knows no retained sizes. */
    public static HeapReport owned() {
        HeapReport full = full();
        RootSummary sessions = full.roots().get(0);
        AnalysisFacts analysis =
                new AnalysisFacts(Level.OWNED, "asked for", "the VM's flags", 1_000_000, 1024, 68, 12_000, 0, 0);
        return new HeapReport(
                full.capture(),
                analysis,
                full.totals(),
                full.types(),
                full.typeCount(),
                List.of(new RootSummary(
                        sessions.name(),
                        sessions.spec(),
                        sessions.state(),
                        sessions.detail(),
                        sessions.starts(),
                        sessions.reachable(),
                        sessions.owned(),
                        null)),
                List.of());
    }

    /** A dump of unknown origin at the level that knows least. */
    public static HeapReport typesOnly(Size all, int typeCount, TypeSummary... types) {
        CaptureFacts capture = new CaptureFacts(
                "cli", "file", Trigger.CLI, null, STARTED_AT, 0, 0, PauseSource.UNKNOWN, 31, null, JvmFacts.UNKNOWN);
        AnalysisFacts analysis =
                new AnalysisFacts(Level.TYPES, "asked for", "distances between addresses", 300_000, 0, 0, 0, 0, 0);
        return new HeapReport(
                capture,
                analysis,
                new HeapTotals(all, null, null, null),
                List.of(types),
                typeCount,
                List.of(),
                List.of());
    }
}

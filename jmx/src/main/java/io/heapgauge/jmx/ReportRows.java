/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.jmx;

import io.heapgauge.analysis.report.Growth;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.OwnershipSummary;
import io.heapgauge.analysis.report.RetainedObject;
import io.heapgauge.analysis.report.RootSummary;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.report.Suspect;
import io.heapgauge.analysis.report.Trend;
import io.heapgauge.analysis.report.TypeSummary;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tables of the MXBean, made from a report. Insertion order is what a client shows. */
final class ReportRows {
    static final String ALL = "(all)";
    static final String OTHER = "(other)";
    private static final int RETAINERS = 20;

    private ReportRows() {}

    static Map<String, TypeRow> topTypes(HeapReport report, int limit) {
        Map<String, TypeRow> rows = new LinkedHashMap<>();
        putTypes(rows, report.topTypes(limit), report.totals().all());
        return rows;
    }

    /** What a walk met: all of it, and the largest types. */
    static Map<String, TypeRow> size(OwnershipSummary walk) {
        Map<String, TypeRow> rows = new LinkedHashMap<>();
        rows.put(ALL, row(0, walk.total(), walk.total(), null, null));
        putTypes(rows, walk.types(), walk.total());
        return rows;
    }

    private static void putTypes(Map<String, TypeRow> rows, List<TypeSummary> types, Size all) {
        int rank = 1;
        long objects = all.objects();
        long bytes = all.bytes();
        for (TypeSummary type : types) {
            Size size = new Size(type.objects(), type.bytes());
            rows.put(type.type(), row(rank++, size, all, type.largestBytes(), bytes(type.reachable())));
            objects -= size.objects();
            bytes -= size.bytes();
        }
        if (objects > 0) {
            rows.put(OTHER, row(rank, new Size(objects, bytes), all, null, null));
        }
    }

    private static TypeRow row(int rank, Size size, Size all, @Nullable Long largest, @Nullable Long reachable) {
        return new TypeRow(rank, size.objects(), size.bytes(), percent(size.bytes(), all.bytes()), largest, reachable);
    }

    static Map<String, RootRow> roots(HeapReport report) {
        Map<String, RootRow> rows = new LinkedHashMap<>();
        report.roots().stream()
                .sorted(Comparator.comparingLong(ReportRows::ownedBytesOrNone).reversed())
                .forEach(root -> rows.put(root.name(), row(root)));
        return rows;
    }

    static Map<String, RetainerRow> topRetainers(HeapReport report) {
        Map<String, RetainerRow> rows = new LinkedHashMap<>();
        for (RetainedObject object : report.topRetainers(RETAINERS)) {
            rows.put(
                    object.hexId(),
                    new RetainerRow(rows.size() + 1, object.type(), object.shallowBytes(), object.retainedBytes()));
        }
        return rows;
    }

    static Map<String, GrowthRow> growth(Growth growth) {
        Map<String, GrowthRow> rows = new LinkedHashMap<>();
        for (Suspect suspect : growth.suspects()) {
            Trend trend = suspect.trend();
            rows.put(
                    trend.name(),
                    new GrowthRow(
                            rows.size() + 1,
                            trend.bytes(),
                            trend.grownBytes(),
                            trend.bytesPerHour(),
                            trend.certainty(),
                            suspect.paths() == null ? null : suspect.paths().commonest()));
        }
        return rows;
    }

    private static RootRow row(RootSummary root) {
        Size reachable = total(root.reachable());
        Size owned = total(root.owned());
        return new RootRow(
                root.spec(),
                root.state().id(),
                root.detail(),
                objects(reachable),
                bytes(reachable),
                objects(owned),
                bytes(owned),
                objects(root.retained()),
                bytes(root.retained()));
    }

    private static long ownedBytesOrNone(RootSummary root) {
        return root.owned() == null ? -1 : root.owned().total().bytes();
    }

    private static double percent(long part, long whole) {
        return whole == 0 ? 0 : Math.round(part * 10_000.0 / whole) / 100.0;
    }

    private static @Nullable Size total(@Nullable OwnershipSummary summary) {
        return summary == null ? null : summary.total();
    }

    private static @Nullable Long objects(@Nullable Size size) {
        return size == null ? null : size.objects();
    }

    private static @Nullable Long bytes(@Nullable Size size) {
        return size == null ? null : size.bytes();
    }
}

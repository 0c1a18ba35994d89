/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.jfr;

import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.report.TypeSummary;
import java.util.List;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Registered;

@Name("io.heapgauge.TypeSummary")
@Label("Heap Type")
@Description("All objects of one of the largest types, or of all the rest")
@Registered(false)
final class TypeSummaryEvent extends ReportEvent {
    /** Most types with an event of their own in one report. */
    static final int TOP_TYPES = 50;

    /** Type of the event that stands for all the rest. */
    static final String OTHER = "(other)";

    @Label("Rank")
    @Description("1 is the largest type")
    int rank;

    @Label("Type")
    @Description("The type's name; (other) is all the rest")
    String type;

    @Label("Objects")
    long objects;

    @Label("Size")
    @Description("Sum of the shallow sizes")
    @DataAmount
    long bytes;

    @Label("Largest")
    @Description("Shallow size of the largest object; N/A for all the rest")
    @DataAmount
    long largestBytes;

    @Label("Reachable Size")
    @Description("Those that the GC roots reach; N/A for all the rest, and where the analysis did not walk")
    @DataAmount
    long reachableBytes;

    private TypeSummaryEvent(HeapReport report, boolean repeated, int rank, String type) {
        belongTo(report.capture(), repeated);
        this.rank = rank;
        this.type = type;
    }

    static void commitAll(HeapReport report, boolean repeated) {
        Size all = report.totals().all();
        List<TypeSummary> rows = report.types();
        int shown = Math.min(TOP_TYPES, rows.size());
        long restObjects = all.objects();
        long restBytes = all.bytes();
        for (int i = 0; i < shown; i++) {
            TypeSummary row = rows.get(i);
            TypeSummaryEvent event = new TypeSummaryEvent(report, repeated, i + 1, row.type());
            event.objects = row.objects();
            event.bytes = row.bytes();
            event.largestBytes = row.largestBytes();
            event.reachableBytes = bytes(row.reachable());
            event.commit();
            restObjects -= row.objects();
            restBytes -= row.bytes();
        }
        if (restObjects > 0) {
            TypeSummaryEvent rest = new TypeSummaryEvent(report, repeated, shown + 1, OTHER);
            rest.objects = restObjects;
            rest.bytes = restBytes;
            rest.largestBytes = NOT_AVAILABLE;
            rest.reachableBytes = NOT_AVAILABLE;
            rest.commit();
        }
    }
}

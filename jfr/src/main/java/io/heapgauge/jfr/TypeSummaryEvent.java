/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.jfr;

import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.report.TypeSummary;
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
    @Description("Shallow size of the largest object; N/A for all the rest, and in quick mode")
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
        int rank = 0;
        for (TypeSummary row : report.topTypes(TOP_TYPES)) {
            TypeSummaryEvent event = new TypeSummaryEvent(report, repeated, ++rank, row.type());
            event.objects = row.objects();
            event.bytes = row.bytes();
            event.largestBytes = row.largestBytes() == 0 ? NOT_AVAILABLE : row.largestBytes();
            event.reachableBytes = bytes(row.reachable());
            event.commit();
        }
        Size other = report.otherThanTop(TOP_TYPES);
        if (other.objects() > 0) {
            TypeSummaryEvent rest = new TypeSummaryEvent(report, repeated, rank + 1, OTHER);
            rest.objects = other.objects();
            rest.bytes = other.bytes();
            rest.largestBytes = NOT_AVAILABLE;
            rest.reachableBytes = NOT_AVAILABLE;
            rest.commit();
        }
    }
}

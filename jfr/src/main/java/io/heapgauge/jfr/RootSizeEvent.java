/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.jfr;

import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.RootSummary;
import io.heapgauge.analysis.report.Size;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Registered;
import org.jspecify.annotations.Nullable;

@Name("io.heapgauge.RootSize")
@Label("Heap Root")
@Description("What a configured root reaches, owns and retains")
@Registered(false)
final class RootSizeEvent extends ReportEvent {
    @Label("Root")
    String root;

    @Label("Specification")
    @Description("How the root is found in a capture")
    String spec;

    @Label("State")
    @Description("measured, gone, not-reached or not-measured")
    String state;

    @Label("Detail")
    @Description("Why there is no size")
    @Nullable
    String detail;

    @Label("Starts")
    @Description("Number of objects that the root starts at")
    long starts;

    @Label("Reachable Objects")
    @Description("The start and everything strongly reachable from it; -1 unless measured")
    long reachableObjects;

    @Label("Reachable Size")
    @Description("The start and everything strongly reachable from it; N/A unless measured")
    @DataAmount
    long reachableBytes;

    @Label("Owned Objects")
    @Description("The same walk, entering neither another root nor an exclusion; -1 unless measured")
    long ownedObjects;

    @Label("Owned Size")
    @Description("The same walk, entering neither another root nor an exclusion; N/A unless measured")
    @DataAmount
    long ownedBytes;

    @Label("Retained Objects")
    @Description(
            "What the GC roots would no longer reach without the starts; -1 unless measured and the level is retained")
    long retainedObjects;

    @Label("Retained Size")
    @Description(
            "What the GC roots would no longer reach without the starts; N/A unless measured and the level is retained")
    @DataAmount
    long retainedBytes;

    private RootSizeEvent(HeapReport report, boolean repeated, RootSummary summary) {
        belongTo(report.capture(), repeated);
        Size reachable = total(summary.reachable());
        Size owned = total(summary.owned());
        this.root = summary.name();
        this.spec = summary.spec();
        this.state = summary.state().id();
        this.detail = summary.detail();
        this.starts = summary.starts();
        this.reachableObjects = objects(reachable);
        this.reachableBytes = bytes(reachable);
        this.ownedObjects = objects(owned);
        this.ownedBytes = bytes(owned);
        this.retainedObjects = objects(summary.retained());
        this.retainedBytes = bytes(summary.retained());
    }

    static void commitAll(HeapReport report, boolean repeated) {
        for (RootSummary summary : report.roots()) {
            new RootSizeEvent(report, repeated, summary).commit();
        }
    }
}

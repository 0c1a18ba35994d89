/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.jfr;

import io.heapgauge.analysis.report.Growth;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.Suspect;
import io.heapgauge.analysis.report.Trend;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Registered;
import org.jspecify.annotations.Nullable;

@Name("io.heapgauge.TypeGrowth")
@Label("Heap Type Growth")
@Description("A type that grows clearly and by much over the captures before")
@Registered(false)
final class TypeGrowthEvent extends ReportEvent {
    @Label("Rank")
    @Description("1 is the likeliest suspect")
    int rank;

    @Label("Type")
    String type;

    @Label("Captures")
    @Description("How many captures tell so")
    int captures;

    @Label("Grown")
    @Description("By how much it has grown over these captures")
    @DataAmount
    long grownBytes;

    @Label("Growth per Hour")
    @DataAmount
    long bytesPerHour;

    @Label("Certainty")
    @Description("How sure it is that it grows and does not just vary, 0 to 1")
    double certainty;

    @Label("Path")
    @Description(
            "The commonest shortest path from a GC root to its instances; none where the analysis followed no references")
    @Nullable
    String path;

    private TypeGrowthEvent(HeapReport report, boolean repeated, int rank, Growth growth, Suspect suspect) {
        belongTo(report.capture(), repeated);
        Trend trend = suspect.trend();
        this.rank = rank;
        this.type = trend.name();
        this.captures = growth.captures();
        this.grownBytes = trend.grownBytes();
        this.bytesPerHour = trend.bytesPerHour();
        this.certainty = trend.certainty();
        this.path = suspect.paths() == null ? null : suspect.paths().commonest();
    }

    static void commitAll(HeapReport report, boolean repeated) {
        Growth growth = report.growth();
        if (growth == null) {
            return;
        }
        int rank = 0;
        for (Suspect suspect : growth.suspects()) {
            new TypeGrowthEvent(report, repeated, ++rank, growth, suspect).commit();
        }
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.jfr;

import io.heapgauge.analysis.report.AnalysisFacts;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.HeapTotals;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Registered;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

@Name("io.heapgauge.Analysis")
@Label("Heap Analysis")
@Description("How a capture was analysed, and its totals")
@Registered(false)
final class AnalysisEvent extends ReportEvent {
    @Label("Level")
    @Description(
            "types: sizes by type; owned: also what the roots reach and own; retained: also what roots and single objects"
                    + " retain")
    String level;

    @Label("Level Reason")
    String levelReason;

    @Label("Shallow Sizes")
    @Description("Where shallow sizes come from")
    String shallowSizes;

    @Label("Analysis Time")
    @Description("Wall time of the analysis")
    @Timespan(Timespan.NANOSECONDS)
    long analysisTime;

    @Label("Scratch Size")
    @Description("Peak of off-heap scratch memory")
    @DataAmount
    long scratchSize;

    @Label("Objects")
    long objects;

    @Label("Size")
    @Description("Shallow size of all objects")
    @DataAmount
    long bytes;

    @Label("Reachable Size")
    @Description("What the GC roots reach over strong references; N/A where the analysis did not walk")
    @DataAmount
    long reachableBytes;

    @Label("Weakly Held Size")
    @Description("What only weak, soft, phantom or final references hold; N/A where the analysis did not walk")
    @DataAmount
    long weaklyHeldBytes;

    @Label("Not Reached Size")
    @Description("What nothing reaches in the dump; N/A where the analysis did not walk")
    @DataAmount
    long notReachedBytes;

    @Label("Types")
    long types;

    @Label("Classes")
    long classes;

    @Label("References")
    @Description("References between objects; 0 where the analysis did not walk")
    long references;

    @Label("Missing References")
    @Description("References to objects that are not in the dump")
    long missingReferences;

    @Label("Duplicate Objects")
    long duplicateObjects;

    @Label("Dump Name")
    @Description("File name in the dump directory; none when the dump was deleted")
    @Nullable
    String dumpName;

    /**
     * Tells of an analysis.
     *
     * @param report what it says
     * @param asRepetition whether it had been told before
     * @return this, to be committed
     */
    AnalysisEvent of(HeapReport report, boolean asRepetition) {
        belongTo(report.capture(), asRepetition);
        AnalysisFacts facts = report.analysis();
        HeapTotals totals = report.totals();
        level = facts.level().id();
        levelReason = facts.levelReason();
        shallowSizes = facts.shallowSizes();
        analysisTime = facts.analysisNanos();
        scratchSize = facts.scratchBytes();
        objects = totals.all().objects();
        bytes = totals.all().bytes();
        reachableBytes = bytes(totals.reachable());
        weaklyHeldBytes = bytes(totals.weaklyHeld());
        notReachedBytes = bytes(totals.notReached());
        types = report.typeCount();
        classes = facts.classes();
        references = facts.references();
        missingReferences = facts.missingReferences();
        duplicateObjects = facts.duplicateObjects();
        dumpName = report.capture().dumpName();
        return this;
    }
}

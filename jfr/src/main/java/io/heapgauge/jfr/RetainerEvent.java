/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.jfr;

import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.RetainedObject;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Registered;

@Name("io.heapgauge.Retainer")
@Label("Heap Retainer")
@Description("One of the single objects that retain most; none where the analysis did not go that far")
@Registered(false)
final class RetainerEvent extends ReportEvent {
    private static final int MOST = 20;

    @Label("Rank")
    @Description("1 retains most")
    int rank;

    @Label("Type")
    @Description("The object's type; a class object is 'class' and the name of the class")
    String type;

    @Label("Object")
    @Description("The object's address in the capture")
    String object;

    @Label("Shallow Size")
    @Description("The object's own size")
    @DataAmount
    long shallowBytes;

    @Label("Retained Size")
    @Description("What the GC roots would no longer reach without the object, itself included")
    @DataAmount
    long retainedBytes;

    private RetainerEvent(HeapReport report, boolean repeated, int rank, RetainedObject retainer) {
        belongTo(report.capture(), repeated);
        this.rank = rank;
        this.type = retainer.type();
        this.object = retainer.hexId();
        this.shallowBytes = retainer.shallowBytes();
        this.retainedBytes = retainer.retainedBytes();
    }

    static void commitAll(HeapReport report, boolean repeated) {
        int rank = 0;
        for (RetainedObject retainer : report.topRetainers(MOST)) {
            new RetainerEvent(report, repeated, ++rank, retainer).commit();
        }
    }
}

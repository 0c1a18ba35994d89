/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.jfr;

import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.OwnershipSummary;
import io.heapgauge.analysis.report.Size;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Period;
import jdk.jfr.Registered;
import jdk.jfr.StackTrace;
import jdk.jfr.Timestamp;
import org.jspecify.annotations.Nullable;

/** What all events about a capture have in common: which one it is, and whether it is told again. */
@Category("Heapgauge")
@Registered(false)
@StackTrace(false)
@Period("beginChunk")
abstract class ReportEvent extends Event {
    /** How a {@link jdk.jfr.DataAmount} or {@link jdk.jfr.Timespan} says that it has no value; the JDK prints N/A. */
    static final long NOT_AVAILABLE = Long.MIN_VALUE;

    /** How a number of objects says that it has no value. */
    static final long NO_COUNT = -1;

    @CaptureId
    @Label("Capture")
    @Description("Gauge and start of the capture; a report that is told again has the same")
    String capture;

    @Label("Capture Start")
    @Description("When the capture started")
    @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
    long captureStart;

    @Label("Repeated")
    @Description("Whether this is an earlier report told again at the start of a chunk")
    boolean repeated;

    /** Says which capture the event belongs to; the rest is the subclass's. */
    final void belongTo(CaptureFacts facts, boolean asRepetition) {
        capture = facts.gauge() + "/" + facts.startedAt();
        captureStart = facts.startedAt().toEpochMilli();
        repeated = asRepetition;
    }

    static @Nullable Size total(@Nullable OwnershipSummary summary) {
        return summary == null ? null : summary.total();
    }

    static long bytes(@Nullable Size size) {
        return size == null ? NOT_AVAILABLE : size.bytes();
    }

    static long objects(@Nullable Size size) {
        return size == null ? NO_COUNT : size.objects();
    }
}

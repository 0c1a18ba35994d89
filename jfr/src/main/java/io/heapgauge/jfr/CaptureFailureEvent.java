/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.jfr;

import io.heapgauge.CaptureFailure;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Registered;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name("io.heapgauge.CaptureFailure")
@Label("Heap Capture Failure")
@Description("A capture that was refused, failed or was cancelled")
@Category("Heapgauge")
@Registered(false)
@StackTrace(false)
final class CaptureFailureEvent extends Event {
    @Label("Gauge")
    String gauge;

    @Label("Trigger")
    @Description("What had asked: api, jmx, signal, interval, pressure, http or oom")
    String trigger;

    @Label("Label")
    @Description("The label that came with the wish")
    @Nullable
    String label;

    @Label("Mode")
    @Description("full, or quick for a count of objects by type")
    String mode;

    @Label("Outcome")
    @Description("refused, failed or cancelled")
    String outcome;

    @Label("Message")
    @Description("What happened, and what to do")
    String message;

    CaptureFailureEvent(CaptureFailure failure) {
        this.gauge = failure.gauge();
        this.trigger = failure.trigger().id();
        this.label = failure.label();
        this.mode = failure.mode().id();
        this.outcome = failure.outcome().id();
        this.message = failure.message();
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.jfr;

import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.MemoryFacts;
import io.heapgauge.analysis.report.PauseSource;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Registered;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

@Name("io.heapgauge.Capture")
@Label("Heap Capture")
@Description("How a heap was captured, and what it cost the application")
@Registered(false)
final class CaptureEvent extends ReportEvent {
    @Label("Gauge")
    String gauge;

    @Label("Engine")
    @Description("What wrote the dump; histogram is quick mode, which writes none")
    String engine;

    @Label("Trigger")
    @Description("What had asked: api, jmx, signal, interval, pressure, http or oom")
    String trigger;

    @Label("Label")
    @Description("The label that came with the wish")
    @Nullable
    String label;

    @Label("Pause")
    @Description("How long the application stood still")
    @Timespan(Timespan.NANOSECONDS)
    long pause;

    @Label("Pause Source")
    @Description(
            "safepoint: timed by the engine; observed-gap: seen by a watching thread, with scheduling noise; unknown")
    String pauseSource;

    @Label("Capture Time")
    @Description("Wall time of writing the dump")
    @Timespan(Timespan.NANOSECONDS)
    long captureTime;

    @Label("Product")
    @Description("What it took of the heap: dump, structure (a dump without values) or types")
    String product;

    @Label("Dump Size")
    @DataAmount
    long dumpSize;

    @Label("Heap Used Before")
    @DataAmount
    long heapUsedBefore;

    @Label("Heap Used After")
    @DataAmount
    long heapUsedAfter;

    @Label("Resident Before")
    @Description("Memory of the process in physical pages; N/A where the system does not tell")
    @DataAmount
    long residentBefore;

    @Label("Resident After")
    @DataAmount
    long residentAfter;

    /**
     * Tells of a capture.
     *
     * @param facts how it went
     * @param asRepetition whether it had been told before
     * @return this, to be committed
     */
    CaptureEvent of(CaptureFacts facts, boolean asRepetition) {
        belongTo(facts, asRepetition);
        gauge = facts.gauge();
        engine = facts.engine();
        trigger = facts.trigger().id();
        label = facts.label();
        pause = facts.pauseSource() == PauseSource.UNKNOWN ? NOT_AVAILABLE : facts.pauseNanos();
        pauseSource = facts.pauseSource().id();
        captureTime = facts.captureNanos();
        product = facts.product().id();
        dumpSize = facts.dumpBytes();
        MemoryFacts memory = facts.memory();
        heapUsedBefore = memory == null ? NOT_AVAILABLE : memory.before().heapUsedBytes();
        heapUsedAfter = memory == null ? NOT_AVAILABLE : memory.after().heapUsedBytes();
        residentBefore =
                memory == null ? NOT_AVAILABLE : orNotAvailable(memory.before().residentBytes());
        residentAfter =
                memory == null ? NOT_AVAILABLE : orNotAvailable(memory.after().residentBytes());
        return this;
    }

    private static long orNotAvailable(@Nullable Long bytes) {
        return bytes == null ? NOT_AVAILABLE : bytes;
    }
}

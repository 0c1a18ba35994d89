/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** Writes the records one field after the other; see {@link ReportJson} for the format. */
final class ReportJsonWriter implements AutoCloseable {
    private static final JsonFactory FACTORY =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private final JsonGenerator json;

    ReportJsonWriter(OutputStream out) {
        json = FACTORY.createGenerator(ObjectWriteContext.empty(), out);
    }

    void report(HeapReport report) {
        json.writeStartObject();
        json.writeNumberProperty("schema", ReportJson.SCHEMA);
        capture(report.capture());
        analysis(report.analysis());
        json.writeObjectPropertyStart("totals");
        size("all", report.totals().all());
        size("reachable", report.totals().reachable());
        size("weaklyHeld", report.totals().weaklyHeld());
        byReference(report.totals().byReference());
        size("notReached", report.totals().notReached());
        json.writeEndObject();
        types(report.types(), true);
        json.writeNumberProperty("typeCount", report.typeCount());
        roots(report.roots());
        retainers(report.retainers());
        heldByRoots(report.heldByRoots());
        GrowthJson.write(json, report.growth());
        json.writeEndObject();
    }

    private void byReference(@Nullable WeaklyHeld held) {
        if (held == null) {
            json.writeNullProperty("byReference");
            return;
        }
        json.writeObjectPropertyStart("byReference");
        size("soft", held.soft());
        size("weak", held.weak());
        size("finalizable", held.finalizable());
        size("phantom", held.phantom());
        json.writeEndObject();
    }

    void typesOnly(HeapReport report, int top) {
        json.writeStartObject();
        objectsAndBytes(report.totals().all());
        types(report.types().subList(0, Math.min(top, report.types().size())), false);
        json.writeEndObject();
    }

    void rootsOnly(HeapReport report) {
        json.writeStartObject();
        objectsAndBytes(report.totals().all());
        roots(report.roots());
        json.writeEndObject();
    }

    void growthOnly(HeapReport report) {
        json.writeStartObject();
        GrowthJson.write(json, report.growth());
        json.writeEndObject();
    }

    void captures(List<PastCapture> captures) {
        json.writeStartObject();
        json.writeArrayPropertyStart("captures");
        for (PastCapture past : captures) {
            json.writeStartObject();
            capture(past.capture());
            size("heap", past.totals().all());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    @Override
    public void close() {
        json.close();
    }

    private void capture(CaptureFacts capture) {
        json.writeObjectPropertyStart("capture");
        json.writeStringProperty("gauge", capture.gauge());
        json.writeStringProperty("engine", capture.engine());
        json.writeStringProperty("trigger", capture.trigger().id());
        text("label", capture.label());
        json.writeStringProperty("startedAt", capture.startedAt().toString());
        json.writeNumberProperty("captureNanos", capture.captureNanos());
        json.writeNumberProperty("pauseNanos", capture.pauseNanos());
        json.writeStringProperty("pauseSource", capture.pauseSource().id());
        json.writeStringProperty("product", capture.product().id());
        json.writeNumberProperty("dumpBytes", capture.dumpBytes());
        text("dumpName", capture.dumpName());
        JvmFacts jvm = capture.jvm();
        json.writeObjectPropertyStart("jvm");
        text("name", jvm.name());
        text("version", jvm.version());
        text("collectors", jvm.collectors());
        number("pid", jvm.pid());
        json.writeEndObject();
        memory(capture.memory());
        json.writeEndObject();
    }

    private void memory(@Nullable MemoryFacts memory) {
        if (memory == null) {
            json.writeNullProperty("memory");
            return;
        }
        json.writeObjectPropertyStart("memory");
        reading("before", memory.before());
        reading("after", memory.after());
        json.writeEndObject();
    }

    private void reading(String name, MemoryReading reading) {
        json.writeObjectPropertyStart(name);
        json.writeNumberProperty("heapUsed", reading.heapUsedBytes());
        json.writeNumberProperty("heapCommitted", reading.heapCommittedBytes());
        number("resident", reading.residentBytes());
        number("peakResident", reading.peakResidentBytes());
        number("groupUsed", reading.groupUsedBytes());
        number("groupLimit", reading.groupLimitBytes());
        number("minorFaults", reading.minorFaults());
        json.writeEndObject();
    }

    private void number(String name, @Nullable Long value) {
        if (value == null) {
            json.writeNullProperty(name);
        } else {
            json.writeNumberProperty(name, value);
        }
    }

    private void analysis(AnalysisFacts analysis) {
        json.writeObjectPropertyStart("analysis");
        json.writeStringProperty("level", analysis.level().id());
        json.writeStringProperty("levelReason", analysis.levelReason());
        json.writeStringProperty("shallowSizes", analysis.shallowSizes());
        json.writeNumberProperty("analysisNanos", analysis.analysisNanos());
        json.writeNumberProperty("scratchBytes", analysis.scratchBytes());
        json.writeNumberProperty("classes", analysis.classes());
        json.writeNumberProperty("references", analysis.references());
        json.writeNumberProperty("missingReferences", analysis.missingReferences());
        json.writeNumberProperty("duplicateObjects", analysis.duplicateObjects());
        json.writeEndObject();
    }

    private void types(List<TypeSummary> types, boolean withReachable) {
        json.writeArrayPropertyStart("types");
        for (TypeSummary type : types) {
            json.writeStartObject();
            json.writeStringProperty("type", type.type());
            json.writeNumberProperty("objects", type.objects());
            json.writeNumberProperty("bytes", type.bytes());
            json.writeNumberProperty("largest", type.largestBytes());
            if (type.nativeBytes() > 0) {
                json.writeNumberProperty("native", type.nativeBytes());
            }
            if (withReachable) {
                size("reachable", type.reachable());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void roots(List<RootSummary> roots) {
        json.writeArrayPropertyStart("roots");
        for (RootSummary root : roots) {
            json.writeStartObject();
            json.writeStringProperty("name", root.name());
            json.writeStringProperty("spec", root.spec());
            json.writeStringProperty("state", root.state().id());
            text("detail", root.detail());
            json.writeNumberProperty("starts", root.starts());
            walk("reachable", root.reachable());
            walk("owned", root.owned());
            size("retained", root.retained());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void retainers(List<RetainedObject> retainers) {
        json.writeArrayPropertyStart("retainers");
        for (RetainedObject retainer : retainers) {
            json.writeStartObject();
            json.writeStringProperty("id", retainer.hexId());
            json.writeStringProperty("type", retainer.type());
            json.writeNumberProperty("shallow", retainer.shallowBytes());
            json.writeNumberProperty("retained", retainer.retainedBytes());
            text("dominator", retainer.hexDominatorId());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void heldByRoots(List<RetainedGroup> groups) {
        json.writeArrayPropertyStart("heldByRoots");
        for (RetainedGroup group : groups) {
            json.writeStartObject();
            json.writeStringProperty("type", group.name());
            json.writeNumberProperty("objects", group.members().objects());
            json.writeNumberProperty("bytes", group.members().bytes());
            json.writeNumberProperty("retained", group.retainedBytes());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void walk(String name, @Nullable OwnershipSummary walk) {
        if (walk == null) {
            json.writeNullProperty(name);
            return;
        }
        json.writeObjectPropertyStart(name);
        objectsAndBytes(walk.total());
        types(walk.types(), true);
        json.writeNumberProperty("typeCount", walk.typeCount());
        json.writeEndObject();
    }

    private void size(String name, @Nullable Size size) {
        if (size == null) {
            json.writeNullProperty(name);
            return;
        }
        json.writeObjectPropertyStart(name);
        objectsAndBytes(size);
        json.writeEndObject();
    }

    private void objectsAndBytes(Size size) {
        json.writeNumberProperty("objects", size.objects());
        json.writeNumberProperty("bytes", size.bytes());
    }

    private void text(String name, @Nullable String value) {
        if (value == null) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, value);
        }
    }
}

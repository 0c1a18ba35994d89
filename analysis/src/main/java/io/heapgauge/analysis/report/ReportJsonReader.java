/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@link ReportJsonWriter} writes. */
final class ReportJsonReader {
    private ReportJsonReader() {}

    static HeapReport read(InputStream in) throws IOException {
        JsonFields report = JsonFields.read(in);
        long schema = report.number("schema");
        if (schema != ReportJson.SCHEMA) {
            throw new IOException("schema " + schema + ": this version reads schema " + ReportJson.SCHEMA);
        }
        List<RootSummary> roots = new ArrayList<>();
        for (JsonFields root : report.objects("roots")) {
            roots.add(root(root));
        }
        JsonFields totals = report.object("totals");
        return new HeapReport(
                capture(report.object("capture")),
                analysis(report.object("analysis")),
                new HeapTotals(
                        objectsAndBytes(totals.object("all")),
                        size(totals.objectOrNull("reachable")),
                        size(totals.objectOrNull("weaklyHeld")),
                        size(totals.objectOrNull("notReached")),
                        byReference(totals.objectOrNull("byReference"))),
                types(report.objects("types")),
                report.smallNumber("typeCount"),
                roots,
                retainers(report.objects("retainers")),
                heldByRoots(report.objectsOrNone("heldByRoots")),
                GrowthJson.read(report.objectOrNull("growth")));
    }

    private static @Nullable WeaklyHeld byReference(@Nullable JsonFields held) throws IOException {
        return held == null
                ? null
                : new WeaklyHeld(
                        objectsAndBytes(held.object("soft")),
                        objectsAndBytes(held.object("weak")),
                        objectsAndBytes(held.object("finalizable")),
                        objectsAndBytes(held.object("phantom")));
    }

    private static List<RetainedObject> retainers(List<JsonFields> rows) throws IOException {
        List<RetainedObject> retainers = new ArrayList<>(rows.size());
        for (JsonFields row : rows) {
            String dominator = row.textOrNull("dominator");
            retainers.add(new RetainedObject(
                    id(row.text("id")),
                    row.text("type"),
                    row.number("shallow"),
                    row.number("retained"),
                    dominator == null ? 0 : id(dominator)));
        }
        return retainers;
    }

    private static List<RetainedGroup> heldByRoots(List<JsonFields> rows) throws IOException {
        List<RetainedGroup> groups = new ArrayList<>(rows.size());
        for (JsonFields row : rows) {
            groups.add(new RetainedGroup(row.text("type"), objectsAndBytes(row), row.number("retained")));
        }
        return groups;
    }

    static long id(String hex) throws IOException {
        try {
            return Long.parseUnsignedLong(hex.substring(2), 16);
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            throw new IOException("no object id: " + hex, e);
        }
    }

    private static CaptureFacts capture(JsonFields capture) throws IOException {
        JsonFields jvm = capture.object("jvm");
        CaptureFacts facts = new CaptureFacts(
                capture.text("gauge"),
                capture.text("engine"),
                capture.constant("trigger", Trigger.values(), Trigger::id),
                capture.textOrNull("label"),
                capture.instant("startedAt"),
                capture.number("captureNanos"),
                capture.number("pauseNanos"),
                capture.constant("pauseSource", PauseSource.values(), PauseSource::id),
                capture.number("dumpBytes"),
                capture.textOrNull("dumpName"),
                new JvmFacts(
                        jvm.textOrNull("name"),
                        jvm.textOrNull("version"),
                        jvm.textOrNull("collectors"),
                        jvm.numberOrNull("pid")),
                memory(capture.objectOrNull("memory")));
        // earlier writers told no product; what follows from the engine stands
        return capture.textOrNull("product") == null
                ? facts
                : facts.of(capture.constant("product", CaptureProduct.values(), CaptureProduct::id));
    }

    private static @Nullable MemoryFacts memory(@Nullable JsonFields memory) throws IOException {
        return memory == null
                ? null
                : new MemoryFacts(reading(memory.object("before")), reading(memory.object("after")));
    }

    private static MemoryReading reading(JsonFields reading) throws IOException {
        return new MemoryReading(
                reading.number("heapUsed"),
                reading.number("heapCommitted"),
                reading.numberOrNull("resident"),
                reading.numberOrNull("peakResident"),
                reading.numberOrNull("groupUsed"),
                reading.numberOrNull("groupLimit"),
                reading.numberOrNull("minorFaults"));
    }

    private static AnalysisFacts analysis(JsonFields analysis) throws IOException {
        return new AnalysisFacts(
                analysis.constant("level", Level.values(), Level::id),
                analysis.text("levelReason"),
                analysis.text("shallowSizes"),
                analysis.number("analysisNanos"),
                analysis.number("scratchBytes"),
                analysis.number("classes"),
                analysis.number("references"),
                analysis.number("missingReferences"),
                analysis.number("duplicateObjects"));
    }

    private static RootSummary root(JsonFields root) throws IOException {
        return new RootSummary(
                root.text("name"),
                root.text("spec"),
                root.constant("state", RootState.values(), RootState::id),
                root.textOrNull("detail"),
                root.number("starts"),
                walk(root.objectOrNull("reachable")),
                walk(root.objectOrNull("owned")),
                size(root.objectOrNull("retained")));
    }

    private static @Nullable OwnershipSummary walk(@Nullable JsonFields walk) throws IOException {
        return walk == null
                ? null
                : new OwnershipSummary(
                        objectsAndBytes(walk), types(walk.objects("types")), walk.smallNumber("typeCount"));
    }

    private static List<TypeSummary> types(List<JsonFields> rows) throws IOException {
        List<TypeSummary> types = new ArrayList<>(rows.size());
        for (JsonFields row : rows) {
            Long nativeBytes = row.numberOrNull("native");
            types.add(new TypeSummary(
                    row.text("type"),
                    row.number("objects"),
                    row.number("bytes"),
                    row.number("largest"),
                    size(row.objectOrNull("reachable")),
                    nativeBytes == null ? 0 : nativeBytes));
        }
        return types;
    }

    private static @Nullable Size size(@Nullable JsonFields size) throws IOException {
        return size == null ? null : objectsAndBytes(size);
    }

    static Size objectsAndBytes(JsonFields size) throws IOException {
        return new Size(size.number("objects"), size.number("bytes"));
    }
}

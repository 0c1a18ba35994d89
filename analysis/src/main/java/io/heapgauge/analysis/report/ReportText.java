/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import io.heapgauge.analysis.report.TextTable.Column;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A report as plain text for a terminal, a log or a JMX console. The type table has Meliae's columns: {@code %} are
 * whole percents rounded down, {@code Cum} is the cumulated share of the size, {@code Max} the shallow size of the
 * largest single object, a dash in quick mode, which does not know it; sizes are in bytes. Lines end in {@code \n}. Stateless.
 */
public final class ReportText {
    private static final int OWNED_TYPES_SHOWN = 5;
    private static final int RETAINERS_SHOWN = 10;

    private ReportText() {}

    /**
     * Everything: how the heap was captured, the totals, the largest types, the objects that retain most, the configured
     * roots, and what grows.
     *
     * @param report the report
     * @param topTypes most rows of the type table, at least 0
     * @return the text
     */
    public static String render(HeapReport report, int topTypes) {
        StringBuilder out = new StringBuilder();
        facts(report, out);
        totals(report, out);
        types(report.types(), report.typeCount(), report.totals().all(), topTypes, out);
        if (!report.retainers().isEmpty()) {
            out.append('\n');
            retainers(report, out);
        }
        if (!report.roots().isEmpty()) {
            out.append('\n');
            roots(report, out);
        }
        if (report.growth() != null) {
            GrowthText.render(report.growth(), out);
        }
        return out.toString();
    }

    /**
     * The same without the tables of the whole heap: its types, and the objects that retain most.
     *
     * @param report the report
     * @return the text
     */
    public static String renderRoots(HeapReport report) {
        StringBuilder out = new StringBuilder();
        facts(report, out);
        totals(report, out);
        out.append('\n');
        roots(report, out);
        return out.toString();
    }

    private static void facts(HeapReport report, StringBuilder out) {
        CaptureFacts capture = report.capture();
        out.append("Heap of ").append(vm(capture.jvm())).append(", captured ");
        out.append(capture.startedAt().truncatedTo(ChronoUnit.SECONDS));
        if (capture.trigger() == Trigger.CLI) {
            out.append(" elsewhere");
        } else {
            out.append(" by ").append(capture.engine());
            out.append(", asked for by ").append(capture.trigger().id());
        }
        if (capture.label() != null) {
            out.append(" \"").append(Units.printable(capture.label())).append('"');
        }
        out.append(": ").append(pause(capture));
        if (capture.isQuick()) {
            out.append(", quick mode: no dump");
        } else {
            String dump = capture.dumpName() == null ? "" : Units.printable(capture.dumpName()) + ", ";
            out.append(", dump ").append(dump).append(Units.bytes(capture.dumpBytes()));
            if (capture.product() == CaptureProduct.STRUCTURE) {
                out.append(" of structure without values");
            }
        }
        if (capture.memory() != null) {
            memory(capture.memory(), out);
        }
        AnalysisFacts analysis = report.analysis();
        out.append("\nAnalysed in ").append(Units.nanos(analysis.analysisNanos()));
        out.append(" at level ").append(analysis.level().id());
        out.append(" (").append(analysis.levelReason()).append("), scratch ");
        out.append(Units.bytes(analysis.scratchBytes()));
        out.append("; shallow sizes: ").append(analysis.shallowSizes()).append('\n');
        if (analysis.missingReferences() > 0) {
            out.append(Units.plural(analysis.missingReferences(), "reference"));
            out.append(
                    " lead to objects that are not in the dump: class objects of classes that are not loaded, or what garbage held\n");
        }
        if (analysis.duplicateObjects() > 0) {
            out.append("Odd: ").append(Units.plural(analysis.duplicateObjects(), "object"));
            out.append(" written more than once, counted once\n");
        }
    }

    private static void memory(MemoryFacts memory, StringBuilder out) {
        MemoryReading before = memory.before();
        MemoryReading after = memory.after();
        out.append("\nMemory before and after: heap used ");
        out.append(change(before.heapUsedBytes(), after.heapUsedBytes()));
        out.append(", committed ").append(change(before.heapCommittedBytes(), after.heapCommittedBytes()));
        if (before.residentBytes() != null && after.residentBytes() != null) {
            out.append("; resident ").append(change(before.residentBytes(), after.residentBytes()));
        }
        if (after.peakResidentBytes() != null) {
            out.append(", at its peak ").append(Units.bytes(after.peakResidentBytes()));
        }
        if (memory.minorFaults() > 0) {
            out.append("; ")
                    .append(Units.plural(memory.minorFaults(), "page fault"))
                    .append(" meanwhile");
        }
        if (after.groupUsedBytes() != null) {
            out.append("; container ").append(Units.bytes(after.groupUsedBytes()));
            out.append(
                    after.groupLimitBytes() == null ? " of no limit" : " of " + Units.bytes(after.groupLimitBytes()));
        }
    }

    private static String change(long before, long after) {
        String then = Units.bytes(before);
        String now = Units.bytes(after);
        return then.equals(now) ? now : then + " and " + now;
    }

    private static String vm(JvmFacts jvm) {
        String name = jvm.name() == null ? "an unknown VM" : jvm.name();
        String version = jvm.version() == null ? "" : " " + jvm.version();
        String pid = jvm.pid() == null ? "" : " (pid " + jvm.pid() + ")";
        return Units.printable(name + version + pid);
    }

    private static String pause(CaptureFacts capture) {
        String pause = capture.pauseSource() == PauseSource.UNKNOWN
                ? "pause unknown"
                : "pause " + Units.nanos(capture.pauseNanos()) + " ("
                        + capture.pauseSource().id() + ")";
        return capture.captureNanos() == 0 ? pause : pause + " of " + Units.nanos(capture.captureNanos());
    }

    private static void totals(HeapReport report, StringBuilder out) {
        HeapTotals totals = report.totals();
        out.append("Total ").append(Units.plural(totals.all().objects(), "object"));
        out.append(", ").append(Units.plural(report.typeCount(), "type"));
        out.append(", total size = ").append(size(totals.all().bytes())).append('\n');
        if (totals.reachable() == null) {
            out.append("Reachable, weakly held and not reached: unknown, this level does not walk the graph\n");
            return;
        }
        part("Reachable  ", totals.reachable(), totals.all(), out);
        part("Weakly held", totals.weaklyHeld(), totals.all(), out);
        WeaklyHeld held = totals.byReference();
        if (held != null && held.total().objects() > 0) {
            out.append("             soft ").append(held.soft().bytes());
            out.append(", weak ").append(held.weak().bytes());
            out.append(", finalizable ").append(held.finalizable().bytes());
            out.append(", phantom ").append(held.phantom().bytes()).append(" bytes\n");
        }
        part("Not reached", totals.notReached(), totals.all(), out);
    }

    private static void part(String name, @Nullable Size part, Size all, StringBuilder out) {
        out.append(name).append(' ');
        if (part == null) {
            out.append("unknown\n");
            return;
        }
        out.append(Units.plural(part.objects(), "object")).append(", ").append(size(part.bytes()));
        out.append(", ").append(Units.percent(part.bytes(), all.bytes())).append(" % of the size\n");
    }

    static String size(long bytes) {
        return bytes < 1024 ? Units.bytes(bytes) : Units.bytes(bytes) + " (" + bytes + " bytes)";
    }

    static String renderTypes(List<TypeSummary> types, Size total, int top) {
        StringBuilder out = new StringBuilder();
        types(types, types.size(), total, top, out);
        return out.toString();
    }

    private static void types(List<TypeSummary> types, int typeCount, Size total, int top, StringBuilder out) {
        List<TypeSummary> shown = types.subList(0, Math.min(top, types.size()));
        boolean withNative = shown.stream().anyMatch(type -> type.nativeBytes() > 0);
        List<Column> columns = new ArrayList<>(List.of(
                Column.number("Index", 6),
                Column.number("Count", 8),
                Column.number("%", 4),
                Column.number("Size", 10),
                Column.number("%", 4),
                Column.number("Cum", 4),
                Column.number("Max", 8)));
        if (withNative) {
            columns.add(Column.number("Native", 10));
        }
        columns.add(Column.text("Kind"));
        TextTable table = new TextTable(columns.toArray(new Column[0]));
        long objects = 0;
        long bytes = 0;
        int index = 0;
        for (TypeSummary type : shown) {
            objects += type.objects();
            bytes += type.bytes();
            List<String> cells = new ArrayList<>(List.of(
                    Integer.toString(index++),
                    Long.toString(type.objects()),
                    Units.percent(type.objects(), total.objects()),
                    Long.toString(type.bytes()),
                    Units.percent(type.bytes(), total.bytes()),
                    Units.percent(bytes, total.bytes()),
                    type.objects() > 0 && type.largestBytes() == 0 ? "-" : Long.toString(type.largestBytes())));
            if (withNative) {
                cells.add(type.nativeBytes() == 0 ? "-" : Long.toString(type.nativeBytes()));
            }
            cells.add(Units.printable(type.type()));
            table.row(cells.toArray(new String[0]));
        }
        if (shown.size() < typeCount) {
            List<String> cells = new ArrayList<>(List.of(
                    "",
                    Long.toString(total.objects() - objects),
                    Units.percent(total.objects() - objects, total.objects()),
                    Long.toString(total.bytes() - bytes),
                    Units.percent(total.bytes() - bytes, total.bytes()),
                    Units.percent(total.bytes(), total.bytes()),
                    "-"));
            if (withNative) {
                cells.add("-");
            }
            cells.add("other (" + Units.plural(typeCount - shown.size(), "type") + ")");
            table.row(cells.toArray(new String[0]));
        }
        table.appendTo(out);
    }

    private static void retainers(HeapReport report, StringBuilder out) {
        Size reachable = report.totals().reachable();
        TextTable table = new TextTable(
                Column.number("Index", 6),
                Column.number("Retained", 12),
                Column.number("%", 4),
                Column.number("Shallow", 10),
                Column.text("Kind"),
                Column.text("Id"));
        int shown = Math.min(RETAINERS_SHOWN, report.retainers().size());
        for (int i = 0; i < shown; i++) {
            RetainedObject object = report.retainers().get(i);
            table.row(
                    Integer.toString(i),
                    Long.toString(object.retainedBytes()),
                    Units.percent(object.retainedBytes(), reachable == null ? 0 : reachable.bytes()),
                    Long.toString(object.shallowBytes()),
                    Units.printable(object.type()),
                    object.hexId());
        }
        out.append("Single objects that retain most, in % of the reachable size; one may retain another\n");
        table.appendTo(out);
    }

    private static void roots(HeapReport report, StringBuilder out) {
        TextTable table = new TextTable(
                Column.text("Root"),
                Column.text("State"),
                Column.number("Reachable", 12),
                Column.number("Owned", 12),
                Column.number("Retained", 12),
                Column.number("Objects", 10),
                Column.number("Starts", 8),
                Column.text("Spec"));
        for (RootSummary root : report.roots()) {
            OwnershipSummary reachable = root.reachable();
            OwnershipSummary owned = root.owned();
            Size retained = root.retained();
            table.row(
                    Units.printable(root.name()),
                    root.state().id(),
                    reachable == null ? "-" : Long.toString(reachable.total().bytes()),
                    owned == null ? "-" : Long.toString(owned.total().bytes()),
                    retained == null ? "-" : Long.toString(retained.bytes()),
                    owned == null ? "-" : Long.toString(owned.total().objects()),
                    root.state() == RootState.MEASURED ? Long.toString(root.starts()) : "-",
                    Units.printable(root.detail() == null ? root.spec() : root.spec() + " (" + root.detail() + ")"));
        }
        table.appendTo(out);
        for (RootSummary root : report.roots()) {
            OwnershipSummary owned = root.owned();
            if (owned != null) {
                out.append('\n').append(Units.printable(root.name())).append(" owns ");
                out.append(Units.plural(owned.total().objects(), "object")).append(", ");
                out.append(size(owned.total().bytes())).append('\n');
                types(owned.types(), owned.typeCount(), owned.total(), OWNED_TYPES_SHOWN, out);
            }
        }
    }
}

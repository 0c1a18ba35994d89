/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import io.heapgauge.analysis.report.TextTable.Column;
import java.util.List;

/** Answers to single questions about a dump as plain text. Sizes are in bytes, lines end in {@code \n}. Stateless. */
public final class InspectionText {
    /** Rows at either end of a path; what is longer, a linked list as a rule, leaves its middle out. */
    private static final int PATH_END_ROWS = 50;

    private InspectionText() {}

    /**
     * A table of objects.
     *
     * @param top the objects
     * @return the text
     */
    public static String render(TopRetainers top) {
        StringBuilder out = new StringBuilder();
        reached(top.reached(), out);
        TextTable table = new TextTable(
                Column.number("Index", 6),
                Column.number("Retained", 12),
                Column.number("%", 4),
                Column.number("Shallow", 10),
                Column.text("Kind"),
                Column.text("Id"));
        int index = 0;
        for (RetainedObject object : top.objects()) {
            table.row(
                    Integer.toString(index++),
                    Long.toString(object.retainedBytes()),
                    Units.percent(object.retainedBytes(), top.reached().bytes()),
                    Long.toString(object.shallowBytes()),
                    Units.printable(object.type()),
                    object.hexId());
        }
        table.appendTo(out);
        return out.toString();
    }

    /**
     * A table of groups, and how they were chosen.
     *
     * @param groups the groups
     * @return the text
     */
    public static String render(RetainedGroups groups) {
        StringBuilder out = new StringBuilder();
        reached(groups.reached(), out);
        out.append("Retained sizes are exact, each of all objects of its ").append(groups.by());
        if (groups.measuredCount() == groups.groupCount()) {
            out.append("; measured ").append(groups.measuredCount()).append(", which are all");
        } else {
            out.append("; measured the ").append(groups.measuredCount()).append(" of ");
            out.append(groups.groupCount()).append(" whose objects one by one dominate most");
        }
        out.append('\n');
        TextTable table = new TextTable(
                Column.number("Index", 6),
                Column.number("Retained", 12),
                Column.number("%", 4),
                Column.number("Shallow", 10),
                Column.number("Objects", 10),
                Column.text("Name"));
        int index = 0;
        for (RetainedGroup group : groups.groups()) {
            table.row(
                    Integer.toString(index++),
                    Long.toString(group.retainedBytes()),
                    Units.percent(group.retainedBytes(), groups.reached().bytes()),
                    Long.toString(group.members().bytes()),
                    Long.toString(group.members().objects()),
                    Units.printable(group.name()));
        }
        table.appendTo(out);
        return out.toString();
    }

    /**
     * A table of types below a line with their totals.
     *
     * @param types the types, largest first
     * @param total what the shares are of
     * @param top how many rows at the most; the others are summed up in one
     * @return the text
     */
    public static String render(List<TypeSummary> types, Size total, int top) {
        return "Total " + Units.plural(total.objects(), "object") + ", " + Units.plural(types.size(), "type")
                + ", total size = " + ReportText.size(total.bytes()) + "\n" + ReportText.renderTypes(types, total, top);
    }

    /**
     * Names and texts come from the dump: a terminal shall not obey what is hidden in them.
     *
     * @param text any text
     * @return the same with a question mark for each control or format character
     */
    public static String printable(String text) {
        return Units.printable(text);
    }

    static void reached(Size reached, StringBuilder out) {
        out.append("GC roots reach ").append(Units.plural(reached.objects(), "object"));
        out.append(", ").append(reached.bytes()).append(" bytes; % are of these\n");
    }

    /**
     * The path from the root down, one object a line.
     *
     * @param path the path
     * @return the text
     */
    public static String render(RootPath path) {
        StringBuilder out = new StringBuilder();
        out.append("0x").append(Long.toHexString(path.id())).append(" is ");
        out.append(path.type().startsWith("class ") ? "" : "an instance of ").append(Units.printable(path.type()));
        out.append(", ").append(Units.plural(path.shallowBytes(), "byte")).append('\n');
        if (path.rootKind() == null) {
            out.append("No GC root reaches it over strong references: it is garbage, or only a weak, soft, phantom or"
                    + " final reference holds it\n");
            return out.toString();
        }
        out.append("Shortest path from a GC root (").append(path.rootKind()).append("), ");
        out.append(Units.plural(path.steps().size() - 1L, "reference")).append(":\n");
        TextTable table = new TextTable(
                Column.number("Step", 6), Column.text("Reference"), Column.text("Kind"), Column.text("Id"));
        int steps = path.steps().size();
        for (int step = 0; step < steps; step++) {
            if (steps > 2 * PATH_END_ROWS && step == PATH_END_ROWS) {
                int left = steps - 2 * PATH_END_ROWS;
                table.row("", "...", "(" + Units.plural(left, "object") + " more, --json has them)", "");
                step += left;
            }
            RootPath.Step at = path.steps().get(step);
            String via = step == 0 ? path.rootKind() : at.via();
            table.row(
                    Integer.toString(step),
                    via == null ? "?" : Units.printable(via),
                    Units.printable(at.type()),
                    "0x" + Long.toHexString(at.id()));
        }
        table.appendTo(out);
        return out.toString();
    }

    /**
     * Paths of a class, each from the root down.
     *
     * @param paths the paths
     * @return the text
     */
    public static String render(MergedPaths paths) {
        StringBuilder out = new StringBuilder();
        out.append(Units.plural(paths.all().objects(), "instance")).append(" of ");
        out.append(Units.printable(paths.type()))
                .append(", ")
                .append(paths.all().bytes())
                .append(" bytes; GC roots reach ");
        out.append(paths.reached().objects()).append(" of them over strong references, by ");
        out.append(Units.plural(paths.pathCount(), "different shortest path")).append('\n');
        int index = 0;
        for (MergedPaths.Path path : paths.paths()) {
            out.append('\n').append(index++).append(": ");
            out.append(Units.plural(path.instances().objects(), "instance")).append(" (");
            out.append(Units.percent(path.instances().objects(), paths.reached().objects()))
                    .append(" %), ");
            out.append(path.instances().bytes()).append(" bytes, one is 0x").append(Long.toHexString(path.exampleId()));
            out.append("\n   ").append(path.rootKind()).append('\n');
            for (MergedPaths.Step step : path.steps()) {
                out.append("   ").append(Units.printable(step.type())).append(step.repeated() ? " (in a row)\n" : "\n");
            }
        }
        if (paths.paths().size() < paths.pathCount()) {
            out.append("\n(")
                    .append(Units.plural(paths.pathCount() - paths.paths().size(), "path"))
                    .append(" more)\n");
        }
        return out.toString();
    }

    /**
     * A table of owners by type.
     *
     * @param types the types
     * @param top most rows, at least 0
     * @return the text
     */
    public static String render(CollapsedTypes types, int top) {
        return "Total " + Units.plural(types.objects(), "object") + ", "
                + (types.objects() - types.total().objects())
                + " of them private parts that count with their owners, total size = "
                + types.total().bytes() + " bytes\n"
                + ReportText.renderTypes(types.types(), types.total(), top);
    }

    /**
     * A table of types and the totals.
     *
     * @param diff the difference
     * @param top most rows, at least 0
     * @return the text
     */
    public static String render(HeapDiff diff, int top) {
        StringBuilder out = new StringBuilder();
        out.append("Old shallow sizes: ").append(diff.sizesBefore()).append("\nNew shallow sizes: ");
        out.append(diff.sizesAfter()).append('\n');
        TextTable table = new TextTable(
                Column.number("Index", 6),
                Column.number("Old count", 10),
                Column.number("New count", 10),
                Column.number("+/-", 9),
                Column.number("Old size", 12),
                Column.number("New size", 12),
                Column.number("+/-", 12),
                Column.text("Kind"));
        List<TypeChange> types = diff.types();
        int shown = Math.min(top, types.size());
        for (int i = 0; i < shown; i++) {
            change(table, Integer.toString(i), types.get(i));
        }
        if (shown < types.size()) {
            change(table, "", others(types.subList(shown, types.size())));
        }
        change(table, "", new TypeChange("total", diff.before(), diff.after()));
        table.appendTo(out);
        return out.toString();
    }

    private static TypeChange others(List<TypeChange> types) {
        long[] sums = new long[4];
        for (TypeChange type : types) {
            sums[0] += type.before().objects();
            sums[1] += type.before().bytes();
            sums[2] += type.after().objects();
            sums[3] += type.after().bytes();
        }
        return new TypeChange(
                "other (" + Units.plural(types.size(), "type") + ")",
                new Size(sums[0], sums[1]),
                new Size(sums[2], sums[3]));
    }

    private static void change(TextTable table, String index, TypeChange type) {
        table.row(
                index,
                Long.toString(type.before().objects()),
                Long.toString(type.after().objects()),
                signed(type.deltaObjects()),
                Long.toString(type.before().bytes()),
                Long.toString(type.after().bytes()),
                signed(type.deltaBytes()),
                Units.printable(type.type()));
    }

    private static String signed(long delta) {
        return delta > 0 ? "+" + delta : Long.toString(delta);
    }
}

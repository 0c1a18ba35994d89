/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import io.heapgauge.analysis.report.TextTable.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Duplicates and empty collections as plain text. Sizes are in bytes, lines end in {@code \n}. Stateless. */
public final class WasteText {
    private WasteText() {}

    /**
     * A table of the kinds and one of the groups that waste most.
     *
     * @param duplicates the duplicates
     * @return the text, without anybody's contents
     */
    public static String render(Duplicates duplicates) {
        StringBuilder out = new StringBuilder();
        InspectionText.reached(duplicates.reached(), out);
        if (!duplicates.stringsKnown()) {
            out.append("The String of this heap is not understood; its arrays count as arrays\n");
        }
        TextTable totals = new TextTable(
                Column.number("Wasted", 12),
                Column.number("%", 4),
                Column.number("Groups", 10),
                Column.number("Duplicates", 11),
                Column.text("Kind"));
        for (DuplicateTotals kind : duplicates.totals()) {
            totals.row(
                    Long.toString(kind.wastedBytes()),
                    Units.percent(kind.wastedBytes(), duplicates.reached().bytes()),
                    Long.toString(kind.groups()),
                    Long.toString(kind.duplicates()),
                    Units.printable(kind.kind()));
        }
        totals.appendTo(out);
        out.append('\n');
        TextTable groups = new TextTable(
                Column.number("Index", 6),
                Column.number("Wasted", 12),
                Column.number("Copies", 10),
                Column.number("Length", 8),
                Column.number("Bytes", 8),
                Column.text("Kind"),
                Column.text("Example"),
                Column.text("Held most by"));
        int index = 0;
        for (DuplicateGroup group : duplicates.groups()) {
            groups.row(
                    Integer.toString(index++),
                    Long.toString(group.wastedBytes()),
                    Long.toString(group.copies()),
                    Long.toString(group.length()),
                    Long.toString(group.copyBytes()),
                    Units.printable(group.kind()),
                    "0x" + Long.toHexString(group.exampleId()),
                    holder(group.holder()));
        }
        groups.appendTo(out);
        return out.toString();
    }

    /**
     * A table of the classes of collections and one of the types of arrays that waste most.
     *
     * @param waste the collections and arrays
     * @return the text
     */
    public static String render(CollectionWaste waste) {
        StringBuilder out = new StringBuilder();
        InspectionText.reached(waste.reached(), out);
        table("Class", waste.collectionTypes(), waste.collections(), waste.reached(), out);
        if (waste.collections().estimated() > 0) {
            out.append("Sizes of ").append(Units.plural(waste.collections().estimated(), "collection"));
            out.append(" are estimated from the used slots of the table, a ConcurrentHashMap that has been under");
            out.append(" contention\n");
        }
        for (CollectionWaste.NotUnderstood strange : waste.notUnderstood()) {
            out.append("Not understood and in no row: ");
            out.append(Units.plural(strange.objects(), "object")).append(" of ");
            out.append(Units.printable(strange.type())).append('\n');
        }
        out.append('\n');
        table("Arrays of no collection", waste.arrayTypes(), waste.arrays(), waste.reached(), out);
        return out.toString();
    }

    private static void table(
            String title, List<CollectionSummary> rows, CollectionSummary total, Size reached, StringBuilder out) {
        TextTable table = new TextTable(
                Column.number("Index", 6),
                Column.number("Wasted", 12),
                Column.number("%", 4),
                Column.number("Unused", 12),
                Column.number("Objects", 10),
                Column.number("Empty", 9),
                Column.number("One", 9),
                Column.number("Sparse", 9),
                Column.number("Arrays", 12),
                Column.text(title),
                Column.text("Held most by"));
        int index = 0;
        for (CollectionSummary row : rows) {
            row(table, Integer.toString(index++), row, reached);
        }
        row(table, "", total, reached);
        table.appendTo(out);
    }

    private static void row(TextTable table, String index, CollectionSummary row, Size reached) {
        table.row(
                index,
                Long.toString(row.wastedBytes()),
                Units.percent(row.wastedBytes(), reached.bytes()),
                Long.toString(row.unusedBytes()),
                Long.toString(row.objects()),
                Long.toString(row.empty()),
                Long.toString(row.single()),
                Long.toString(row.sparse()),
                Long.toString(row.arrayBytes()),
                Units.printable(row.type()),
                index.isEmpty() ? "" : holder(row.holder()));
    }

    private static String holder(@Nullable MainHolder holder) {
        return holder == null ? "-" : Units.printable(holder.field()) + " (" + holder.references() + ")";
    }
}

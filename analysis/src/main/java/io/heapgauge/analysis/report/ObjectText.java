/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import io.heapgauge.analysis.report.TextTable.Column;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Objects of a dump as plain text. Sizes are in bytes, lines end in {@code \n}. Stateless. */
public final class ObjectText {
    private static final int VALUE = 40;

    private ObjectText() {}

    /**
     * A table of objects with a line of totals; columns that nobody asked for are left out.
     *
     * @param list the objects
     * @return the text
     */
    public static String render(ObjectList list) {
        StringBuilder out = new StringBuilder();
        out.append(Units.plural(list.total().objects(), "object")).append(", ");
        out.append(Units.plural(list.total().bytes(), "byte"));
        int more = (int) Math.min(
                Integer.MAX_VALUE, list.total().objects() - list.objects().size());
        out.append(more > 0 ? ", the first " + list.objects().size() + " are\n" : "\n");
        boolean parents = list.objects().stream().anyMatch(object -> object.parents() != null);
        boolean retained = list.objects().stream().anyMatch(object -> object.retainedBytes() != null);
        boolean via = list.objects().stream().anyMatch(object -> object.via() != null);
        List<Column> columns = new ArrayList<>();
        columns.add(Column.number("Shallow", 10));
        columns.add(Column.number("Refs", 6));
        add(parents, columns, Column.number("Parents", 8));
        add(retained, columns, Column.number("Retained", 12));
        add(via, columns, Column.text("Field"));
        columns.addAll(List.of(Column.text("Id"), Column.text("Kind"), Column.text("Value")));
        TextTable table = new TextTable(columns.toArray(Column[]::new));
        for (ObjectFacts object : list.objects()) {
            List<String> cells = new ArrayList<>();
            cells.add(Long.toString(object.shallowBytes()));
            cells.add(Integer.toString(object.references()));
            add(parents, cells, orDash(object.parents()));
            add(retained, cells, orDash(object.retainedBytes()));
            add(via, cells, object.via() == null ? "" : Units.printable(object.via()));
            cells.addAll(List.of(
                    "0x" + Long.toHexString(object.id()), Units.printable(object.type()), value(object.value())));
            table.row(cells.toArray(String[]::new));
        }
        if (!list.objects().isEmpty()) {
            table.appendTo(out);
        }
        return out.toString();
    }

    /**
     * One object with its fields, a field a line.
     *
     * @param object the object
     * @param fields its fields; those without an id hold a primitive or null
     * @return the text
     */
    public static String render(ObjectFacts object, List<ObjectFacts> fields) {
        StringBuilder out = new StringBuilder();
        out.append(Units.printable(object.type()))
                .append(" 0x")
                .append(Long.toHexString(object.id()))
                .append('\n');
        out.append("  shallow    ")
                .append(Units.plural(object.shallowBytes(), "byte"))
                .append('\n');
        if (object.retainedBytes() != null) {
            out.append("  retained   ")
                    .append(Units.plural(object.retainedBytes(), "byte"))
                    .append('\n');
        }
        out.append("  references ").append(object.references()).append('\n');
        if (object.parents() != null) {
            out.append("  parents    ").append(object.parents()).append('\n');
        }
        if (object.length() >= 0) {
            out.append("  length     ").append(object.length()).append('\n');
        }
        if (object.value() != null) {
            out.append("  value      ").append(value(object.value())).append('\n');
        }
        if (!fields.isEmpty()) {
            TextTable table = new TextTable(
                    Column.text("  Field"), Column.text("Value or id"), Column.text("Kind"), Column.text("Worth"));
            for (ObjectFacts field : fields) {
                boolean refers = field.id() != 0;
                table.row(
                        "  " + Units.printable(String.valueOf(field.via())),
                        refers
                                ? "0x" + Long.toHexString(field.id())
                                : field.value() == null ? "null" : value(field.value()),
                        Units.printable(field.type()),
                        refers ? value(field.value()) : "");
            }
            table.appendTo(out);
        }
        return out.toString();
    }

    private static <T> void add(boolean wanted, List<T> to, T one) {
        if (wanted) {
            to.add(one);
        }
    }

    private static String orDash(@Nullable Object number) {
        return number == null ? "-" : number.toString();
    }

    /**
     * A size without blanks.
     *
     * @param bytes at least 0
     * @return {@code 12.3MiB}, {@code 24B}
     */
    public static String size(long bytes) {
        return Units.compact(bytes);
    }

    /**
     * A value on one line.
     *
     * @param value String, Number, Boolean, Character or null
     * @return texts in quotes and cut, empty for null
     */
    public static String value(@Nullable Object value) {
        if (value instanceof String text) {
            String cut = text.length() > VALUE ? text.substring(0, VALUE) + "…" : text;
            return "'" + Units.printable(cut) + "'";
        }
        return value == null ? "" : value.toString();
    }
}

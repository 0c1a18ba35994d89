/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import java.util.ArrayList;
import java.util.List;

/** A table whose columns grow with their widest cell and are always separated; the last column is never padded. */
final class TextTable {
    /**
     * A column.
     *
     * @param title its heading
     * @param minWidth width in characters, separator included, below which it does not shrink
     * @param right whether cells are aligned to the right
     */
    record Column(String title, int minWidth, boolean right) {
        static Column number(String title, int minWidth) {
            return new Column(title, minWidth, true);
        }

        static Column text(String title) {
            return new Column(title, 0, false);
        }
    }

    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    TextTable(Column... columns) {
        this.columns = List.of(columns);
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    void appendTo(StringBuilder out) {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            int widest = columns.get(i).title.length();
            for (List<String> row : rows) {
                widest = Math.max(widest, row.get(i).length());
            }
            widths[i] = Math.max(columns.get(i).minWidth, widest + 1);
        }
        List<String> titles = new ArrayList<>();
        for (Column column : columns) {
            titles.add(column.title);
        }
        appendRow(out, titles, widths);
        for (List<String> row : rows) {
            appendRow(out, row, widths);
        }
    }

    /** A number has its separator before it, a text behind it; so a text after a number needs one of its own. */
    private void appendRow(StringBuilder out, List<String> cells, int[] widths) {
        for (int i = 0; i < widths.length; i++) {
            boolean right = columns.get(i).right;
            String blanks = " ".repeat(widths[i] - cells.get(i).length());
            if (right) {
                out.append(blanks).append(cells.get(i));
            } else {
                out.append(i > 0 && columns.get(i - 1).right ? " " : "").append(cells.get(i));
                out.append(i < widths.length - 1 ? blanks : "");
            }
        }
        out.append('\n');
    }
}

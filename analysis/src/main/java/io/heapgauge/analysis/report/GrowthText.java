/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import io.heapgauge.analysis.report.TextTable.Column;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** What grows, as lines of a report. */
final class GrowthText {
    private static final int SUSPECTS_SHOWN = 5;

    private GrowthText() {}

    /** Nothing where there is nothing to say yet. */
    static void render(Growth growth, StringBuilder out) {
        if (growth.captures() < 2) {
            return;
        }
        out.append("\nOver ").append(growth.captures()).append(" captures since ");
        out.append(growth.since().truncatedTo(ChronoUnit.SECONDS)).append(": ");
        List<Suspect> suspects = growth.suspects();
        if (suspects.isEmpty()) {
            out.append("no type grows clearly and by much\n");
            return;
        }
        out.append(Units.plural(suspects.size(), "type")).append(suspects.size() == 1 ? " grows" : " grow");
        out.append(" clearly and by much\n");
        TextTable table = new TextTable(
                Column.number("Grown", 10),
                Column.number("Per hour", 12),
                Column.number("Certain", 8),
                Column.text("Kind"));
        List<Suspect> shown = suspects.subList(0, Math.min(SUSPECTS_SHOWN, suspects.size()));
        for (Suspect suspect : shown) {
            Trend trend = suspect.trend();
            table.row(
                    Long.toString(trend.grownBytes()),
                    Long.toString(trend.bytesPerHour()),
                    String.format(Locale.ROOT, "%.3f", trend.certainty()),
                    Units.printable(trend.name()));
        }
        table.appendTo(out);
        for (Suspect suspect : shown) {
            path(suspect, out);
        }
    }

    private static void path(Suspect suspect, StringBuilder out) {
        MergedPaths paths = suspect.paths();
        if (paths == null || paths.paths().isEmpty()) {
            return;
        }
        out.append(Units.percent(
                paths.paths().get(0).instances().objects(), paths.reached().objects()));
        out.append(" % of ").append(Units.printable(paths.type())).append(" by ");
        out.append(Units.printable(paths.commonest()));
        out.append('\n');
    }
}

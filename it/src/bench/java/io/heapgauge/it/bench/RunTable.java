/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.bench;

import java.util.List;
import java.util.Locale;

/** The table of all tools on all dumps, in Markdown. */
final class RunTable {
    private final StringBuilder out = new StringBuilder();

    /** A table without rows. */
    RunTable(int rounds, double capMinutes) {
        out.append(String.format(
                Locale.ROOT,
                "Java %s, %d processors; dumps in page cache; medians of up to %d interleaved rounds; a peer is stopped"
                        + " after %.1f minutes over all its runs of a job.%n%n",
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                rounds,
                capMinutes));
        out.append("| dump | job | tool | runs | wall s | CPU s | peak RSS MB | of it own MB | smallest -Xmx"
                + " | wall × ours | agreement |\n");
        out.append("|---|---|---|---|---|---|---|---|---|---|---|\n");
    }

    /** Adds what all tools made of one job on one dump; ours comes first. */
    void add(String dump, List<Row> rows) {
        Row ours = rows.get(0);
        for (Row row : rows) {
            out.append(String.format(
                    "| %s | %s | %s | ", dump, row.tool().job(), row.tool().name()));
            if (row.answer() == null) {
                out.append(String.format("%d | %s | | | | | | |%n", row.rounds(), row.failure()));
            } else {
                appendFigures(row, ours);
            }
        }
    }

    private void appendFigures(Row row, Row ours) {
        out.append(String.format(
                Locale.ROOT,
                "%d | %.2f | %.2f | %.0f | %.0f | %s | %.1f | %s |%n",
                row.rounds(),
                row.wallSeconds(),
                row.median(MeasuredProcess::cpuSeconds),
                row.median(MeasuredProcess::peakBytes) / 1e6,
                row.median(MeasuredProcess::peakOwnBytes) / 1e6,
                row.smallestHeap(),
                row.wallSeconds() / ours.wallSeconds(),
                agreement(row, ours)));
    }

    private static String agreement(Row row, Row ours) {
        Answer answer = row.answer();
        Answer reference = ours.answer();
        if (row == ours || answer == null || reference == null) {
            return "";
        }
        return answer.agreement(reference);
    }

    @Override
    public String toString() {
        return out.toString();
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * All tools doing one job on one dump, in turns. Ours comes first; ours must succeed. A peer that crashes or takes too long
 * is out, and that is its result.
 */
final class Contest {
    /** Whoever takes longer runs once, and the smallest heap is not searched. */
    private static final double QUICK_SECONDS = 30;

    private final BenchDump dump;
    private final Budgets budgets;
    private final List<Row> rows;

    Contest(BenchDump dump, Budgets budgets, List<Tool> tools) {
        this.dump = dump;
        this.budgets = budgets;
        this.rows = tools.stream().map(Row::new).toList();
    }

    /** Measures, then searches the smallest heaps. */
    List<Row> run(int rounds) throws IOException, InterruptedException {
        for (int round = 0; round < rounds; round++) {
            for (Row row : rows) {
                if (row.failure() == null && (round == 0 || row.wallSeconds() <= QUICK_SECONDS)) {
                    measure(row);
                }
            }
        }
        for (Row row : rows) {
            row.smallestHeap(
                    row.failure() == null && row.wallSeconds() <= QUICK_SECONDS
                            ? new HeapSearch(dump, row).smallest()
                            : "not searched");
        }
        return rows;
    }

    private void measure(Row row) throws IOException, InterruptedException {
        Tool tool = row.tool();
        Duration left = budgets.left(tool);
        if (left.isZero()) {
            row.failed("not tried");
            return;
        }
        dump.warm();
        MeasuredProcess run = MeasuredProcess.run(dump.directory(), tool.command(dump, tool.heapMegabytes()), left);
        budgets.spend(tool, run.wallSeconds());
        dump.cleanUp();
        System.out.printf(
                Locale.ROOT,
                "%s, %s: %.2f s wall, %.2f s CPU, ended %s%n",
                tool.job(),
                tool.name(),
                run.wallSeconds(),
                run.cpuSeconds(),
                run.end());
        String failure = Failure.of(tool.job(), run);
        if (failure == null) {
            row.add(run, tool.job().parse(run.output()));
        } else if (tool.isOurs()) {
            throw new IOException(tool.name() + ": " + failure + ": " + run.output());
        } else {
            row.failed(failure);
        }
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.monitor.CancelSignal;
import io.heapgauge.analysis.snapshot.MeasuresMessage;
import io.heapgauge.analysis.source.VmHistogram;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A snapshot's count of objects against the VM's own. */
final class EngineComparison {
    /** What a running application allocates between the two counts is no fault. */
    private static final double SHARE = 0.01;

    private static final long FEW = 1_000;

    private EngineComparison() {}

    static String run(Engines engines) throws IOException {
        ClassHistogramCommand command = ClassHistogramCommand.ofThisVm();
        ForkEngine fork = engines.fork();
        if (fork == null) {
            throw new IOException(
                    "the fork engine is not in use: " + engines.facts().reason());
        }
        byte[] answer = fork.measure(SnapshotPlan.types(), CancelSignal.NEVER).message();
        return compare(MeasuresMessage.parse(answer).types(), VmHistogram.parse(command.run()));
    }

    static String compare(VmHistogram ours, VmHistogram vm) {
        Map<String, long[]> byName = new TreeMap<>();
        add(byName, ours, 0);
        add(byName, vm, 1);
        StringBuilder rows = new StringBuilder();
        byName.forEach((name, counts) -> {
            long difference = Math.abs(counts[0] - counts[1]);
            if (difference > FEW && difference > SHARE * Math.max(counts[0], counts[1])) {
                rows.append(String.format(Locale.ROOT, "%n%,14d %,14d  %s", counts[0], counts[1], name));
            }
        });
        String sums = String.format(
                Locale.ROOT,
                "%,d objects in the snapshot, %,d counted by the VM right after",
                ours.tally().totalObjects(),
                vm.tally().totalObjects());
        return rows.isEmpty()
                ? sums + "; no type differs by more than 1 % and " + FEW + " objects"
                : sums + "; types that differ by more than 1 %, in the snapshot and by the VM:" + rows;
    }

    private static void add(Map<String, long[]> byName, VmHistogram histogram, int column) {
        for (HeapType type : histogram.types()) {
            byName.computeIfAbsent(type.name(), any -> new long[2])[column] +=
                    histogram.tally().objects()[type.index()];
        }
    }
}

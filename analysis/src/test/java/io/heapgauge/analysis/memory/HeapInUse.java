/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.memory;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.HeapAnalyzer;
import io.heapgauge.analysis.HeapInspector;
import io.heapgauge.analysis.fixture.FixtureFacts;
import io.heapgauge.analysis.measure.RootDefinition;
import io.heapgauge.analysis.measure.RootSpec;
import io.heapgauge.analysis.monitor.Progress;
import io.heapgauge.analysis.report.HeapReport;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;

/** Analyses a dump, looks for waste in it, and prints the most Java heap that was in use after a collection, looked at twice in each phase. */
final class HeapInUse implements Progress {
    private String phase = "";
    private boolean second;
    private long mostBytes;
    private String mostIn = "";

    /** Arguments: the dump, a directory for scratch. */
    public static void main(String[] args) throws IOException {
        HeapInUse heap = new HeapInUse();
        HeapReport report = HeapAnalyzer.analyze(
                Path.of(args[0]),
                FixtureFacts.FILE,
                AnalysisRequest.builder()
                        .roots(List.of(new RootDefinition("nodes", RootSpec.instancesOf(StreamedDump.NODE), List.of())))
                        .scratchDirectory(Path.of(args[1]))
                        .progress(heap)
                        .build());
        HeapInspector inspector = HeapInspector.of(
                Path.of(args[0]),
                AnalysisRequest.builder()
                        .scratchDirectory(Path.of(args[1]))
                        .progress(heap)
                        .build());
        System.out.println("wasted " + inspector.duplicates(20).totals());
        System.out.println("wasted " + inspector.collections(20).arrays());
        System.out.println("most in use while " + heap.mostIn);
        System.out.println("level " + report.analysis().level().id());
        System.out.println("objects " + report.totals().all().objects());
        System.out.println("bytes " + heap.mostBytes);
    }

    @Override
    public void at(String now, double fraction) {
        if (!now.equals(phase)) {
            phase = now;
            second = false;
            look();
        } else if (fraction >= 0.6 && !second) {
            second = true;
            look();
        }
    }

    private void look() {
        System.gc();
        long bytes = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        if (bytes > mostBytes) {
            mostBytes = bytes;
            mostIn = phase;
        }
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.HeapAnalyzer;
import io.heapgauge.analysis.fixture.FixtureFacts;
import io.heapgauge.analysis.fixture.FixtureHeap;
import io.heapgauge.analysis.fixture.RootKind;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.RootSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedWalksTest {
    /** More than can be counted for all walks at a time. */
    private static final int TYPES = 5_000;

    private static final int ROOTS = 40;

    @TempDir
    Path directory;

    @Test
    void every_walk_is_counted_where_there_are_too_many_types_for_all_of_them_at_once() throws IOException {
        FixtureHeap heap = new FixtureHeap();
        long[] objects = new long[TYPES];
        for (int i = 0; i < TYPES; i++) {
            objects[i] = heap.instance("com.acme.T" + i);
        }
        List<RootDefinition> roots = new ArrayList<>();
        for (int root = 1; root <= ROOTS; root++) {
            long[] held = new long[TYPES / root];
            for (int i = 0; i < held.length; i++) {
                held[i] = objects[i * root];
            }
            long array = heap.objectArray("java.lang.Object[]", held);
            heap.root(RootKind.JNI_GLOBAL, array);
            roots.add(new RootDefinition("every" + root, new RootSpec.AtAddress(array), List.of()));
        }
        HeapReport report = analyze(heap.write(directory.resolve("types.hprof")), roots);
        for (int root = 1; root <= ROOTS; root++) {
            RootSummary summary = report.roots().get(root - 1);
            assertThat(summary.reachable().total().objects()).as(summary.name()).isEqualTo(TYPES / root + 1);
            assertThat(summary.owned()).isEqualTo(summary.reachable());
            assertThat(summary.reachable().typeCount()).isEqualTo(TYPES / root + 1);
        }
    }

    private HeapReport analyze(Path dump, List<RootDefinition> roots) throws IOException {
        return HeapAnalyzer.analyze(
                dump,
                FixtureFacts.FILE,
                AnalysisRequest.builder()
                        .roots(roots)
                        .scratchDirectory(directory)
                        .build());
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.HeapInspector;
import io.heapgauge.analysis.monitor.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressTest {
    private static final int OBJECTS = 2_000_000;
    /** What every long loop does between two calls at the most, with some room for phases of several loops. */
    private static final int STEPS = 1 << 16;

    @TempDir
    Path directory;

    private static final class Calls implements Progress {
        final Map<String, List<Double>> phases = new LinkedHashMap<>();

        @Override
        public void at(String phase, double fraction) {
            phases.computeIfAbsent(phase, any -> new ArrayList<>()).add(fraction);
        }
    }

    @Test
    void every_phase_tells_how_far_it_is_as_often_as_its_size_asks_for() throws IOException {
        Path dump = directory.resolve("streamed.hprof");
        StreamedDump.write(dump, OBJECTS);
        Calls calls = new Calls();
        HeapInspector.of(
                        dump,
                        AnalysisRequest.builder()
                                .scratchDirectory(directory)
                                .progress(calls)
                                .build())
                .topRetainers(5);
        assertThat(calls.phases.keySet())
                .containsExactly(
                        "looking at the layout of objects",
                        "counting objects",
                        "numbering addresses",
                        "reading references",
                        "numbering objects",
                        "finding dominators",
                        "adding up retained sizes",
                        "choosing top retainers");
        calls.phases.forEach((phase, fractions) -> {
            assertThat(fractions).as(phase).isSorted().allMatch(fraction -> fraction >= 0 && fraction <= 1);
            if (!phase.startsWith("looking") && !phase.equals("numbering addresses")) {
                assertThat(fractions).as(phase).hasSizeGreaterThan(OBJECTS / STEPS);
            }
        });
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.HeapAnalyzer;
import io.heapgauge.analysis.fixture.FixtureFacts;
import io.heapgauge.analysis.fixture.FixtureHeap;
import io.heapgauge.analysis.graph.view.EdgeFilter;
import io.heapgauge.analysis.layout.VmModel;
import io.heapgauge.analysis.measure.RootDefinition;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.OwnershipSummary;
import io.heapgauge.analysis.report.RootState;
import io.heapgauge.analysis.report.RootSummary;
import io.heapgauge.analysis.report.TypeSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomGraphTest {
    private static final int GRAPHS = 1_000;

    @TempDir
    Path directory;

    private final Set<String> phases = new TreeSet<>();

    @Test
    void reachable_and_owned_equal_brute_force_on_random_graphs() throws IOException {
        int measured = 0;
        int withExclusions = 0;
        int ownedLess = 0;
        for (int seed = 0; seed < GRAPHS; seed++) {
            RandomHeap random = new RandomHeap(seed);
            Set<EdgeFilter> followed = followed(new Random(seed));
            BruteForce expected = new BruteForce(random, followed);
            HeapReport report = analyze(random.heap, random.roots, followed);
            String graph = "seed " + seed + " follows " + followed;

            assertThat(report.totals().all().objects()).as(graph).isEqualTo(random.nodes.size());
            assertThat(report.totals().reachable().objects()).as(graph).isEqualTo(expected.reached.size());
            assertThat(report.totals().weaklyHeld().objects()).as(graph).isEqualTo(expected.weaklyHeld.size());
            for (int i = 0; i < random.roots.size(); i++) {
                RootDefinition root = random.roots.get(i);
                RootSummary summary = report.roots().get(i);
                String which = graph + " " + root;
                assertThat(summary.state()).as(which).isEqualTo(state(expected, root));
                if (summary.state() == RootState.MEASURED) {
                    Set<Long> reachable = expected.reachable(root);
                    Set<Long> owned = expected.owned(root);
                    assertThat(byType(summary.reachable())).as(which).isEqualTo(expected.byType(reachable));
                    assertThat(byType(summary.owned())).as(which).isEqualTo(expected.byType(owned));
                    measured++;
                    withExclusions += root.exclusions().isEmpty() ? 0 : 1;
                    ownedLess += owned.size() < reachable.size() ? 1 : 0;
                }
            }
        }
        // one by one and together
        assertThat(phases).contains("measuring root root1").anyMatch(phase -> phase.matches("measuring \\d+ roots"));
        // the graphs must be worth the comparison
        assertThat(measured).isGreaterThan(GRAPHS);
        assertThat(withExclusions).isGreaterThan(GRAPHS / 4);
        assertThat(ownedLess).isGreaterThan(GRAPHS / 4);
    }

    private static RootState state(BruteForce expected, RootDefinition root) {
        if (expected.starts(root.spec()).isEmpty()) {
            return RootState.GONE;
        }
        return expected.reachedStarts(root.spec()).isEmpty() ? RootState.NOT_REACHED : RootState.MEASURED;
    }

    /** Nothing in half of the graphs. */
    private static Set<EdgeFilter> followed(Random random) {
        Set<EdgeFilter> followed = EnumSet.noneOf(EdgeFilter.class);
        if (random.nextBoolean()) {
            for (EdgeFilter filter : EdgeFilter.values()) {
                if (random.nextInt(3) == 0) {
                    followed.add(filter);
                }
            }
        }
        return followed;
    }

    private HeapReport analyze(FixtureHeap heap, List<RootDefinition> roots, Set<EdgeFilter> followed)
            throws IOException {
        Path dump = heap.write(directory.resolve("random.hprof"));
        return HeapAnalyzer.analyze(
                dump,
                FixtureFacts.FILE,
                AnalysisRequest.builder()
                        .roots(roots)
                        .follow(followed)
                        .progress((phase, fraction) -> phases.add(phase))
                        .vmModel(VmModel.DEFAULT)
                        .maxRootTypes(1_000)
                        .scratchDirectory(directory)
                        .build());
    }

    /** Class objects have a size here that the fixture does not know. */
    private static Map<String, String> byType(OwnershipSummary summary) {
        Map<String, String> rows = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        for (TypeSummary row : summary.types()) {
            long bytes = row.type().equals("java.lang.Class") ? 0 : row.bytes();
            rows.put(row.type(), row.objects() + " / " + bytes);
            assertThat(seen.add(row.type())).isTrue();
        }
        return rows;
    }
}

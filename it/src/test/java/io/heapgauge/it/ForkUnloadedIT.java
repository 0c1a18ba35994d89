/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.UnloadedProgram;
import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.HeapAnalyzer;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.RootSummary;
import io.heapgauge.analysis.report.TypeSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Between living objects lie dead ones whose classes are unloaded, or whose class seems to be another one that was loaded to
 * the same place since: no living one is missing, neither in a dump nor in what the snapshot counts and measures.
 */
@Tag("once")
@EnabledOnOs(OS.LINUX)
class ForkUnloadedIT {
    private static final int OBJECTS = 50_000;
    private static final int EVERY_TYPE = 100_000;

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("io.heapgauge.it.Jdk#all")
    void what_lives_beside_the_dead_of_unloaded_classes_is_there(Jdk jdk) throws Exception {
        List<String> arguments = List.of(
                "-XX:+UseG1GC",
                "-XX:+ExplicitGCInvokesConcurrent",
                "-XX:MaxTenuringThreshold=0",
                "-cp",
                System.getProperty("java.class.path"),
                UnloadedProgram.class.getName(),
                directory.toString(),
                Integer.toString(OBJECTS));
        try (ForkedJvm jvm = ForkedJvm.start(jdk, directory, arguments)) {
            assertThat(jvm.awaitExit(Duration.ofMinutes(2))).as(jvm.output()).isZero();
            assertThat(jvm.output()).contains("done");
        }
        for (String state : List.of("unloaded", "reused")) {
            requireAll(state + " alone", ofSnapshot(state + ".alone"));
            requireAll(state + " beside a dump", ofSnapshot(state + ".beside"));
            requireAll(
                    state + " in a dump",
                    HeapAnalyzer.analyze(directory.resolve(state + ".hprof"), ForkParityIT.FACTS, request()));
        }
    }

    private static void requireAll(String where, HeapReport report) {
        TypeSummary kept = report.types().stream()
                .filter(type -> type.type().equals(UnloadedProgram.KEPT))
                .findFirst()
                .orElseThrow();
        assertThat(kept.objects()).as(where).isEqualTo(OBJECTS);
        assertThat(kept.reachable().objects()).as(where).isEqualTo(OBJECTS);
        for (RootSummary root : report.roots()) {
            assertThat(root.reachable().total().objects())
                    .as("%s, root by %s", where, root.name())
                    .isBetween((long) OBJECTS, OBJECTS + 1L);
        }
    }

    private HeapReport ofSnapshot(String message) throws Exception {
        return HeapAnalyzer.ofSnapshot(Files.readAllBytes(directory.resolve(message)), ForkParityIT.FACTS, request());
    }

    private AnalysisRequest request() {
        return AnalysisRequest.builder()
                .roots(UnloadedProgram.roots())
                .maxTypes(EVERY_TYPE)
                .scratchDirectory(directory)
                .build();
    }
}

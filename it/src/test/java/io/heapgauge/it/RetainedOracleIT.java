/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.store.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The retained sizes of the largest objects of a real dump are the NetBeans library's, with its shallow sizes in place of
 * ours. Where its {@link Convention}s make them differ, ours are what the definition says, found by walks without the
 * object, and once we count by the conventions too, every size is the library's to the byte; where whole {@link Trees} are
 * retained, once they are added up as it adds them. The figures go to {@code target/retained-oracle.md}.
 */
@Tag("once")
class RetainedOracleIT {
    private static final int TOP = 200;
    private static final long OBJECTS = 600_000;
    private static final long SEED = 42;
    private static final long LEAST_DUMP_BYTES = 100_000_000;
    private static final Duration FORK_LIMIT = Duration.ofMinutes(3);
    private static final List<String> ROWS = new ArrayList<>();

    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0}")
    @MethodSource("jdks")
    void retained_sizes_are_those_of_the_library_but_for_its_named_conventions(Jdk jdk) throws Exception {
        Path dump = makeDump(jdk);
        assertThat(Files.size(dump)).isGreaterThan(LEAST_DUMP_BYTES);
        NetBeansHeap library = NetBeansHeap.open(dump);
        Set<Long> theirs = library.largest(TOP);
        assertThat(theirs).hasSize(TOP);
        RetainedSizes ours = RetainedSizes.read(plain(dump, library), directory, TOP, theirs);

        Map<Long, Long> differing = new TreeMap<>(ours.bytes());
        differing.entrySet().removeIf(size -> size.getValue() == library.retainedBytes(size.getKey()));
        assertThat(differing).isEqualTo(byDefinition(dump, library, differing.keySet()));

        Explanation explanation = Explanation.of(dump, library, ours, TOP);
        ROWS.add(row(jdk, dump, theirs, ours, differing.keySet(), explanation));
        assertThat(explanation.unexplained()).isEmpty();
        assertThat(explanation.reasons().keySet()).containsAll(differing.keySet());
        // the program makes cases of all conventions, so none of them is idle
        assertThat(explanation.moved().keySet())
                .contains(Trees.LABEL)
                .containsAll(
                        Stream.of(Convention.values()).map(Convention::label).toList());
    }

    @AfterAll
    static void tellTheFigures() throws IOException {
        String head = "| JVM | dump, MB | objects | the library's top " + TOP
                + " equal | our top " + TOP
                + " equal | different by definition, equal by convention | sizes moved by each convention | unexplained |\n"
                + "|---|---|---|---|---|---|---|---|\n";
        Files.writeString(Path.of("target", "retained-oracle.md"), head + String.join("", ROWS));
    }

    private Path makeDump(Jdk jdk) throws Exception {
        Path dump = directory.resolve("heap.hprof");
        List<String> arguments = List.of(
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                OracleProgram.class.getName(),
                dump.toString(),
                Long.toString(OBJECTS),
                Long.toString(SEED));
        try (ForkedJvm jvm = ForkedJvm.start(jdk, directory, arguments)) {
            assertThat(jvm.awaitExit(FORK_LIMIT)).as(jvm.output()).isZero();
        }
        return dump;
    }

    private static LibrarySource plain(Path dump, NetBeansHeap library) throws IOException {
        return LibrarySource.open(dump, library, LibraryHolders.NONE, Set.of());
    }

    private Map<Long, Long> byDefinition(Path dump, NetBeansHeap library, Collection<Long> ids) throws IOException {
        Map<Long, Long> bytes = new TreeMap<>();
        try (Scratch scratch = Scratch.mapped(directory, RetainedSizes.SCRATCH_BYTES)) {
            TakenOut oracle =
                    new TakenOut(HeapGraph.build(plain(dump, library), RetainedSizes.NO_RULES, scratch, Monitor.NONE));
            ids.forEach(id -> bytes.put(id, oracle.retainedBytes(id)));
        }
        return bytes;
    }

    private static String row(
            Jdk jdk, Path dump, Set<Long> theirs, RetainedSizes ours, Set<Long> differing, Explanation explanation)
            throws IOException {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %d | %d | %s | %s |%n",
                jdk,
                Files.size(dump) / 1_000_000,
                ours.objects(),
                theirs.stream().filter(id -> !differing.contains(id)).count(),
                ours.largest().stream()
                        .filter(object -> !differing.contains(object.id()))
                        .count(),
                differing.size(),
                explanation.moved(),
                explanation.unexplained());
    }

    private static List<Jdk> jdks() {
        return Jdk.all();
    }
}

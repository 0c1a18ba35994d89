/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.hprof.HprofScanner;
import io.heapgauge.analysis.hprof.HprofVisitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process is killed in every phase of a capture, again and again: the next start is clean, and no half file is ever left or
 * analysed. A few rounds by default, 50 with {@code mvn -Psoak verify}.
 */
@Tag("once")
class KilledIT {
    private static final List<String> PHASES = List.of(
            "writing the dump",
            "looking at the layout of objects",
            "counting objects",
            "reading references",
            "following GC roots",
            "measuring root held",
            "finding dominators",
            "keeping the dump");
    private static final int ROUNDS = Boolean.getBoolean("heapgauge.soak") ? 56 : PHASES.size();
    private static final String KEPT = "round-[0-9a-f]{16}\\.hprof";

    @TempDir
    Path directory;

    @Test
    void a_process_killed_in_any_phase_leaves_nothing_half_done() throws Exception {
        Path dumps = directory.resolve("dumps");
        Random random = new Random(1);
        Map<String, Integer> killed = new TreeMap<>();
        int leftovers = 0;
        List<Jdk> jdks = Jdk.all();
        for (int round = 0; round < ROUNDS; round++) {
            String phase = PHASES.get(round % PHASES.size());
            try (ForkedJvm service = start(jdks.get(round / PHASES.size() % jdks.size()), dumps, 1_000_000)) {
                service.awaitLine("ready");
                assertThat(ownDirectories(dumps))
                        .as("after the start of round " + round)
                        .hasSize(1);
                whole(dumps.resolve("kept"));
                service.awaitLine("phase " + phase);
                Thread.sleep(random.nextInt(20));
                service.signal("KILL");
                assertThat(service.awaitExit()).isNotZero();
                assertThat(service.output()).doesNotContain("failure");
                killed.merge(phase, 1, Integer::sum);
            }
            leftovers += filesIn(ownDirectories(dumps).get(0));
        }
        try (ForkedJvm last = start(jdks.get(0), dumps, 1)) {
            assertThat(last.awaitExit()).as(last.output()).isZero();
            assertThat(last.output()).contains("done").doesNotContain("failure");
        }
        assertThat(ownDirectories(dumps)).isEmpty();
        whole(dumps.resolve("kept"));
        assertThat(killed.keySet()).containsExactlyInAnyOrderElementsOf(PHASES);
        assertThat(leftovers).as("files that the kills left to be swept").isGreaterThan(ROUNDS);
        System.out.println("killed " + ROUNDS + " times: " + killed + ", " + leftovers + " files left and swept");
    }

    private ForkedJvm start(Jdk jdk, Path dumps, int captures) throws IOException {
        return ForkedJvm.start(
                jdk,
                directory,
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        CapturingService.class.getName(),
                        dumps.toString(),
                        Integer.toString(captures)));
    }

    private static List<Path> ownDirectories(Path dumps) throws IOException {
        try (Stream<Path> entries = Files.list(dumps)) {
            return entries.filter(entry -> entry.getFileName().toString().matches("\\d+-[0-9a-f]{16}"))
                    .toList();
        }
    }

    private static int filesIn(Path own) throws IOException {
        try (Stream<Path> files = Files.list(own)) {
            return (int) files.count();
        }
    }

    /** Every kept dump can be read to its end, and there is nothing else. */
    private static void whole(Path kept) throws IOException {
        if (!Files.exists(kept)) {
            return;
        }
        try (Stream<Path> files = Files.list(kept)) {
            for (Path file : files.toList()) {
                assertThat(file.getFileName().toString()).matches(KEPT);
                HprofScanner.scan(file, new HprofVisitor() {});
            }
        }
    }
}

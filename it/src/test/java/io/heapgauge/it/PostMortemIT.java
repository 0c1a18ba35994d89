/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a service that died of an OutOfMemoryError held is told by its next life, once. */
@Tag("once")
class PostMortemIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.heapgauge.it.Jdk#all")
    void the_next_life_of_a_service_tells_what_killed_it(Jdk jdk) throws Exception {
        Path dumps = directory.resolve("dumps");
        try (ForkedJvm leaking = start(
                jdk,
                List.of(
                        "-Xmx64m",
                        "-XX:+HeapDumpOnOutOfMemoryError",
                        "-XX:HeapDumpPath=" + dumps,
                        "-XX:+ExitOnOutOfMemoryError"),
                "leak",
                dumps.toString())) {
            assertThat(leaking.awaitExit(LIMIT)).as(leaking.output()).isNotZero();
            assertThat(hprofs(dumps)).as(leaking.output()).hasSize(1);
        }
        try (ForkedJvm next = start(jdk, List.of(), "look", dumps.toString(), "60")) {
            assertThat(next.awaitExit(LIMIT)).as(next.output()).isZero();
            assertThat(next.output()).doesNotContain("failure").contains("trigger oom", "counted 1.0");
            assertThat(next.awaitLine("types ")).startsWith("[byte[], " + LeakingService.class.getName() + "$Order");
            long heap = Long.parseLong(next.awaitLine("heap "));
            assertThat(Long.parseLong(next.awaitLine("owned "))).isBetween(heap * 8 / 10, heap);
            assertThat(dumps.resolve("kept").resolve(next.awaitLine("kept "))).isRegularFile();
            assertThat(hprofs(dumps)).isEmpty();
        }
        try (ForkedJvm third = start(jdk, List.of(), "look", dumps.toString(), "5")) {
            assertThat(third.awaitExit(LIMIT)).as(third.output()).isZero();
            assertThat(third.output()).contains("no report").doesNotContain("failure");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.heapgauge.it.Jdk#all")
    void a_dump_that_its_vm_did_not_finish_is_told_and_nothing_of_it_is_left_in_pieces(Jdk jdk) throws Exception {
        Path dumps = directory.resolve("dumps");
        try (ForkedJvm leaking = start(
                jdk,
                List.of("-Xmx256m", "-XX:+HeapDumpOnOutOfMemoryError", "-XX:HeapDumpPath=" + dumps),
                "leak",
                dumps.toString())) {
            leaking.awaitLine("leaking");
            await().atMost(LIMIT).pollInterval(Duration.ofMillis(5)).until(() -> bytes(hprofs(dumps)) > 8 << 20);
            leaking.signal("KILL");
            leaking.awaitExit(LIMIT);
            assertThat(leaking.output()).doesNotContain("Heap dump file created");
        }
        for (Path half : hprofs(dumps)) {
            Files.setLastModifiedTime(half, FileTime.from(Instant.now().minus(Duration.ofMinutes(2))));
        }
        try (ForkedJvm next = start(jdk, List.of(), "look", dumps.toString(), "60")) {
            assertThat(next.awaitExit(LIMIT)).as(next.output()).isZero();
            assertThat(next.output())
                    .containsPattern("failure analysis failed: .*(truncated|ends without a heap dump record)")
                    .contains("no report");
        }
        assertThat(hprofs(dumps))
                .singleElement()
                .satisfies(file -> assertThat(file.getFileName().toString())
                        .matches("postmortem-1-[0-9a-f]{16}\\.hprof\\.unreadable"));
    }

    private ForkedJvm start(Jdk jdk, List<String> flags, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LeakingService.class.getName()));
        command.addAll(List.of(arguments));
        return ForkedJvm.start(jdk, directory, command);
    }

    private static long bytes(List<Path> files) {
        return files.stream().mapToLong(file -> file.toFile().length()).sum();
    }

    private static List<Path> hprofs(Path dumps) throws IOException {
        try (Stream<Path> files = Files.list(dumps)) {
            return files.filter(file -> file.toString().contains(".hprof")).toList();
        }
    }
}

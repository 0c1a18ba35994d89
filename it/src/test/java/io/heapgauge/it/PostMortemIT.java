/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a service that died of an OutOfMemoryError held is told by its next life, once. */
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

    private ForkedJvm start(Jdk jdk, List<String> flags, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LeakingService.class.getName()));
        command.addAll(List.of(arguments));
        return ForkedJvm.start(jdk, directory, command);
    }

    private static List<Path> hprofs(Path dumps) throws IOException {
        try (Stream<Path> files = Files.list(dumps)) {
            return files.filter(file -> file.toString().contains(".hprof")).toList();
        }
    }
}

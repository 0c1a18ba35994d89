/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A leak of a percent of the heap per capture is the first suspect within five captures; what varies is none. */
@Tag("once")
class GrowthIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.heapgauge.it.Jdk#all")
    void a_small_leak_is_named_first_with_its_path_and_nothing_stable_is(Jdk jdk) throws Exception {
        try (ForkedJvm service = ForkedJvm.start(
                jdk,
                directory,
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        GrowingService.class.getName(),
                        directory.resolve("dumps").toString(),
                        "6",
                        "1"))) {
            assertThat(service.awaitExit(LIMIT)).as(service.output()).isZero();
            String fifth = service.awaitLine("suspects 5; ");
            System.out.println(jdk + ": " + fifth);
            assertThat(fifth)
                    .startsWith("io.heapgauge.it.GrowingService$Leaked certain 0.99")
                    .contains("class io.heapgauge.it.GrowingService");
            assertThat(service.output()).doesNotContain("Stable").doesNotContain("Sawtooth");
            assertThat(service.awaitLine("suspects 6; ")).startsWith("io.heapgauge.it.GrowingService$Leaked");
        }
    }
}

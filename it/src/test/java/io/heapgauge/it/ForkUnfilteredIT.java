/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import static org.assertj.core.api.Assertions.assertThat;

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
 * In a VM whose filter of the walk cannot be found snapshots are taken all the same, at the price of every thread being halted on
 * its own first.
 */
@Tag("once")
@EnabledOnOs(OS.LINUX)
class ForkUnfilteredIT {
    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("io.heapgauge.it.Jdk#all")
    void without_the_filter_the_walk_goes_as_before(Jdk jdk) throws Exception {
        String noParts =
                Path.of("src", "test", "c", "noparts.c").toAbsolutePath().toString();
        Path classes =
                NativeCompiler.find().nativePart(jdk, directory, List.of("-O1", "-Ddl_iterate_phdr=no_parts", noParts));
        assertThat(answer(jdk, classes + ":")).isEqualTo("false, reads back true");
        assertThat(answer(jdk, "")).isEqualTo("true, reads back true");
    }

    private String answer(Jdk jdk, String first) throws Exception {
        List<String> arguments = List.of(
                "-cp",
                first + System.getProperty("java.class.path"),
                "io.heapgauge.AtOnceProgram",
                directory.toString());
        try (ForkedJvm jvm = ForkedJvm.start(jdk, directory, arguments)) {
            assertThat(jvm.awaitExit(Duration.ofMinutes(1))).as(jvm.output()).isZero();
            return jvm.awaitLine("at once: ");
        }
    }
}

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
 * The child fills a buffer before it writes, and a record may end anywhere in it: with a small buffer, and a class more in each
 * dump, at each distance from its end sooner or later.
 */
@Tag("once")
@EnabledOnOs(OS.LINUX)
class ForkBufferIT {
    private static final int DUMPS = 40;

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("io.heapgauge.it.Jdk#all")
    void dumps_are_whole_wherever_their_buffers_end(Jdk jdk) throws Exception {
        Path classes = NativeCompiler.find().nativePart(jdk, directory, List.of("-O1", "-DWRITER_ROOM=(1<<13)"));
        List<String> arguments = List.of(
                "-cp",
                classes + ":" + System.getProperty("java.class.path"),
                "io.heapgauge.BufferEndsProgram",
                directory.toString(),
                Integer.toString(DUMPS));
        try (ForkedJvm jvm = ForkedJvm.start(jdk, directory, arguments)) {
            assertThat(jvm.awaitExit(Duration.ofMinutes(2))).as(jvm.output()).isZero();
            assertThat(jvm.awaitLine("dumps ")).isEqualTo(Integer.toString(DUMPS));
        }
    }
}

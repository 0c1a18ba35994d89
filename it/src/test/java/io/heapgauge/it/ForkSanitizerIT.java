/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The native part under the sanitizers of addresses and of undefined behaviour, in real snapshots: a report ends the child, and
 * the program with it.
 */
@EnabledOnOs(OS.LINUX)
class ForkSanitizerIT {
    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.heapgauge.it.Jdk#all")
    void the_native_part_has_nothing_to_be_reported(Jdk jdk) throws Exception {
        NativeCompiler compiler = NativeCompiler.find();
        Optional<Path> addresses = compiler.ownLibrary("libasan.so");
        Optional<Path> behaviour = compiler.ownLibrary("libubsan.so");
        assumeTrue(addresses.isPresent() && behaviour.isPresent(), "the compiler has no sanitizers");
        Path classes = compiler.nativePart(
                jdk, directory, List.of("-O1", "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"));
        Path reports = Files.createDirectory(directory.resolve("reports"));
        Map<String, String> environment = Map.of(
                "LD_PRELOAD", addresses.get() + ":" + behaviour.get(),
                // the VM uses signals of segmentation faults for its own ends, and frees little when it ends
                "ASAN_OPTIONS", "handle_segv=0:detect_leaks=0:log_path=" + reports.resolve("addresses"),
                "UBSAN_OPTIONS", "log_path=" + reports.resolve("behaviour"));
        List<String> arguments = List.of(
                "-Xms512m",
                "-Xmx512m",
                "-cp",
                classes + ":" + System.getProperty("java.class.path"),
                "io.heapgauge.ForkParityProgram",
                directory.toString(),
                "50000",
                "3");
        try (ForkedJvm jvm = ForkedJvm.start(jdk, directory, environment, arguments)) {
            assertThat(jvm.awaitExit(Duration.ofMinutes(4))).as(jvm.output()).isZero();
            assertThat(jvm.output()).contains("done");
        }
        assertThat(reports).isEmptyDirectory();
    }
}

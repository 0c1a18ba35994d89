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
import java.util.stream.Stream;
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
    private static final Path SOURCES = Path.of("..", "runtime", "src", "main", "c");

    private static final String ARCHITECTURE = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";

    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.heapgauge.it.Jdk#all")
    void the_native_part_has_nothing_to_be_reported(Jdk jdk) throws Exception {
        NativeCompiler compiler = NativeCompiler.find();
        Optional<Path> addresses = compiler.ownLibrary("libasan.so");
        Optional<Path> behaviour = compiler.ownLibrary("libubsan.so");
        Path headers = jdk.home().resolve("include");
        assumeTrue(addresses.isPresent() && behaviour.isPresent(), "the compiler has no sanitizers");
        assumeTrue(Files.exists(headers.resolve("jvmti.h")), jdk + " has no headers");
        Path classes = directory.resolve("classes");
        Path place = Files.createDirectories(classes.resolve("io/heapgauge/native/linux-" + ARCHITECTURE));
        try (Stream<Path> sources = Files.list(SOURCES)) {
            compiler.library(
                    place.resolve("libheapgauge.so"),
                    sources.filter(source -> source.toString().endsWith(".c")).toList(),
                    List.of(
                            "-O1",
                            "-g",
                            "-fno-strict-aliasing",
                            "-fsanitize=address,undefined",
                            "-fno-sanitize-recover=all",
                            "-I" + headers,
                            "-I" + headers.resolve("linux")));
        }
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

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The system's C compiler. Where there is none there is no fork engine either, and its tests are skipped. */
record NativeCompiler(String command) {
    private static final Path SOURCES = Path.of("..", "runtime", "src", "main", "c");

    private static final String ARCHITECTURE = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";

    private static final List<String> ALWAYS =
            List.of("-std=gnu11", "-shared", "-fPIC", "-fvisibility=hidden", "-Wall", "-Wextra", "-Werror", "-pthread");

    static NativeCompiler find() {
        Optional<String> compiler = Stream.of("gcc", "cc")
                .filter(name -> Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(place -> Files.isExecutable(Path.of(place, name))))
                .findFirst();
        assumeTrue(compiler.isPresent(), "without a C compiler there is no fork engine");
        return new NativeCompiler(compiler.get());
    }

    /** Makes a library. */
    void library(Path target, List<Path> sources, List<String> flags) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(ALWAYS);
        all.addAll(flags);
        all.addAll(List.of("-o", target.toString()));
        sources.forEach(source -> all.add(source.toString()));
        ForkedJvm.run(all.toArray(new String[0]));
        assertThat(target).isRegularFile();
    }

    /** Makes the native part with more flags and gives what to put first on the class path, to have it in place of the usual one. */
    Path nativePart(Jdk jdk, Path directory, List<String> flags) throws IOException, InterruptedException {
        Path headers = jdk.home().resolve("include");
        assumeTrue(Files.exists(headers.resolve("jvmti.h")), jdk + " has no headers");
        Path classes = directory.resolve("classes");
        Path place = Files.createDirectories(classes.resolve("io/heapgauge/native/linux-" + ARCHITECTURE));
        List<String> all =
                new ArrayList<>(List.of("-fno-strict-aliasing", "-I" + headers, "-I" + headers.resolve("linux")));
        all.addAll(flags);
        try (Stream<Path> sources = Files.list(SOURCES)) {
            library(
                    place.resolve("libheapgauge.so"),
                    sources.filter(source -> source.toString().endsWith(".c")).toList(),
                    all);
        }
        return classes;
    }

    /** Where it has a library of its own, or nothing. */
    Optional<Path> ownLibrary(String name) throws IOException, InterruptedException {
        Path found = Path.of(ForkedJvm.run(command, "-print-file-name=" + name).strip());
        return found.isAbsolute() && Files.exists(found) ? Optional.of(found) : Optional.empty();
    }
}

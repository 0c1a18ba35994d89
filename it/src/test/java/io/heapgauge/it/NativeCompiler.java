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

    /** Where it has a library of its own, or nothing. */
    Optional<Path> ownLibrary(String name) throws IOException, InterruptedException {
        Path found = Path.of(ForkedJvm.run(command, "-print-file-name=" + name).strip());
        return found.isAbsolute() && Files.exists(found) ? Optional.of(found) : Optional.empty();
    }
}

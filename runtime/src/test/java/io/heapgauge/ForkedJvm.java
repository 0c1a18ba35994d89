/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs a main class of the tests in a VM of its own, of the same JDK. */
final class ForkedJvm {
    private ForkedJvm() {}

    static Process start(Class<?> main, List<String> vmOptions, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx128m");
        command.addAll(vmOptions);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    static String firstLine(Process process) throws IOException {
        BufferedReader reader = process.inputReader();
        String line = reader.readLine();
        // the VM warns of flags that are on their way out, and of what it misses, and logs what they cost:
        // "OpenJDK 64-Bit Server VM warning: ...", "WARNING: java.io.tmpdir ...", "[0.010s][warning]..."
        while (line != null && (line.toLowerCase(Locale.ROOT).contains("warning") || line.startsWith("["))) {
            line = reader.readLine();
        }
        return String.valueOf(line);
    }
}

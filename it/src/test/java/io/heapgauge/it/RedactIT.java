/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.it.SecretsProgram.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A redacted dump of a real VM has none of the secrets that the dump has, and says the same of everything that can be
 * counted and weighed, to us and to the NetBeans library.
 */
class RedactIT {
    private static final long OBJECTS = 200_000;
    private static final long SEED = 4711;
    private static final int TOP = 100;
    private static final Duration FORK_LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.heapgauge.it.Jdk#all")
    void nothing_of_the_contents_is_left_and_everything_else_stays(Jdk jdk) throws Exception {
        Path dump = directory.resolve("heap.hprof");
        Path redacted = directory.resolve("redacted.hprof");
        makeDump(jdk, dump);
        String said = heapgauge(jdk, "redact", dump.toString(), redacted.toString());
        assertThat(said).contains("zeroed").contains(" names of registered roots stay");

        List<Secret> secrets = SecretsProgram.secrets(SEED);
        assertThat(found(dump, secrets)).as("in the dump itself").hasSameSizeAs(secrets);
        assertThat(found(redacted, secrets)).as("in the redacted dump").isEmpty();

        assertThat(Files.size(redacted)).isEqualTo(Files.size(dump));
        same(jdk, dump, redacted, "types", "--json");
        same(jdk, dump, redacted, "retained", "--top", Integer.toString(TOP), "--json");
        same(jdk, dump, redacted, "retained", "--by", "class", "--top", Integer.toString(TOP), "--json");
        same(jdk, dump, redacted, "collections", "--json");
        sameToTheLibrary(dump, redacted);
    }

    private void makeDump(Jdk jdk, Path dump) throws Exception {
        List<String> arguments = List.of(
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                SecretsProgram.class.getName(),
                dump.toString(),
                Long.toString(OBJECTS),
                Long.toString(SEED));
        try (ForkedJvm jvm = ForkedJvm.start(jdk, directory, arguments)) {
            assertThat(jvm.awaitExit(FORK_LIMIT)).as(jvm.output()).isZero();
        }
    }

    private static String heapgauge(Jdk jdk, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(jdk.command("java"), "-jar", System.getProperty("heapgauge.cli.jar")));
        command.addAll(List.of(arguments));
        return ForkedJvm.run(command.toArray(String[]::new));
    }

    private static void same(Jdk jdk, Path dump, Path redacted, String command, String... options) throws Exception {
        String before = heapgauge(jdk, arguments(command, dump, options));
        String after = heapgauge(jdk, arguments(command, redacted, options));
        assertThat(before).contains("\"objects\"");
        assertThat(after).as(command).isEqualTo(before);
    }

    private static String[] arguments(String command, Path file, String... options) {
        List<String> arguments = new ArrayList<>(List.of(command, file.toString()));
        arguments.addAll(List.of(options));
        return arguments.toArray(String[]::new);
    }

    /** Names of the secrets of which some form is in the bytes of a file. */
    private static List<String> found(Path file, List<Secret> secrets) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        List<String> found = new ArrayList<>();
        for (Secret secret : secrets) {
            if (secret.forms().stream().anyMatch(form -> contains(bytes, form))) {
                found.add(secret.name());
            }
        }
        return found;
    }

    private static boolean contains(byte[] bytes, byte[] wanted) {
        for (int i = 0; i + wanted.length <= bytes.length; i++) {
            int j = 0;
            while (j < wanted.length && bytes[i + j] == wanted[j]) {
                j++;
            }
            if (j == wanted.length) {
                return true;
            }
        }
        return false;
    }

    private static void sameToTheLibrary(Path dump, Path redacted) throws IOException {
        NetBeansHeap before = NetBeansHeap.open(dump);
        NetBeansHeap after = NetBeansHeap.open(redacted);
        assertThat(after.histogram()).isEqualTo(before.histogram());
        assertThat(before.histogram()).hasSizeGreaterThan(500);
        List<Long> largest = List.copyOf(before.largest(TOP));
        assertThat(List.copyOf(after.largest(TOP))).isEqualTo(largest);
        for (long id : largest) {
            assertThat(after.retainedBytes(id)).as("0x" + Long.toHexString(id)).isEqualTo(before.retainedBytes(id));
        }
    }
}

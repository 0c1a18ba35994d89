/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every command of {@code docs/finding-a-leak.md} is run as it stands there, and prints what stands below it: lines that start
 * with {@code $} by a shell, those that start with {@code jshell>} at a real jshell prompt.
 */
class SamplePageIT {
    private static final Path DOCS = Path.of(System.getProperty("heapgauge.docs"));
    private static final Path CLI =
            Path.of(System.getProperty("heapgauge.cli.jar")).toAbsolutePath();
    private static final Path SCRIPT =
            DOCS.resolveSibling("analysis/src/main/jshell/explore.jsh").toAbsolutePath();
    private static final String SHELL = "$ ";
    private static final String JSHELL = "jshell> ";
    private static final String END = "--- answered ---";

    private static List<Sample> samples;

    @TempDir
    private Path directory;

    /** A command and what it prints. */
    private record Sample(String prompt, String command, String output) {
        @Override
        public String toString() {
            return prompt + command;
        }
    }

    @BeforeAll
    static void read() throws IOException {
        samples = samples(Files.readAllLines(DOCS.resolve("finding-a-leak.md")));
    }

    private static List<Sample> samples(List<String> page) {
        List<Sample> found = new ArrayList<>();
        boolean inside = false;
        String prompt = null;
        String command = "";
        StringBuilder output = new StringBuilder();
        for (String line : page) {
            boolean fence = line.startsWith("```");
            boolean starts = inside && (line.startsWith(SHELL) || line.startsWith(JSHELL));
            if ((fence || starts) && prompt != null) {
                found.add(new Sample(prompt, command, output.toString()));
                prompt = null;
            }
            if (fence) {
                inside = line.equals("```console");
            } else if (starts) {
                prompt = line.startsWith(SHELL) ? SHELL : JSHELL;
                command = line.substring(prompt.length());
                output.setLength(0);
            } else if (prompt != null) {
                output.append(line.stripTrailing()).append('\n');
            }
        }
        return found;
    }

    private static Stream<Sample> commands() {
        return samples.stream().filter(sample -> sample.prompt.equals(SHELL) && !sample.command.startsWith("jshell"));
    }

    @Test
    void the_page_goes_from_the_summary_to_the_guilty_field_in_both_ways() {
        for (String prompt : List.of(SHELL, JSHELL)) {
            List<Sample> some = samples.stream()
                    .filter(sample -> sample.prompt.equals(prompt))
                    .toList();
            assertThat(some).hasSizeGreaterThan(5);
            assertThat(some.get(some.size() - 1).output).contains("static WATCHERS");
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void a_command_prints_what_the_page_says(Sample sample) throws Exception {
        String command =
                sample.command.replaceFirst("^heapgauge", System.getProperty("java.home") + "/bin/java -jar " + CLI);
        assertThat(run(List.of("sh", "-c", command), "")).isEqualTo(sample.output);
    }

    @ParameterizedTest
    @MethodSource("io.heapgauge.it.Jdk#all")
    void jshell_prints_what_the_page_says(Jdk jdk) throws Exception {
        List<Sample> prompts =
                samples.stream().filter(sample -> sample.prompt.equals(JSHELL)).toList();
        StringBuilder input = new StringBuilder("System.out.println(\"" + END + "\")\n");
        for (Sample sample : prompts) {
            input.append(sample.command).append("\nSystem.out.println(\"" + END + "\")\n");
        }
        input.append("/exit\n");
        String output = run(
                List.of(
                        jdk.command("jshell"),
                        "-J-Djava.util.prefs.userRoot=" + directory,
                        "-J-Djava.util.prefs.syncInterval=2000000",
                        "-R-Ddump=" + DOCS.resolve("samples/shop.hprof.gz").toAbsolutePath(),
                        "--class-path",
                        CLI.toString(),
                        SCRIPT.toString(),
                        "-"),
                input.toString());
        String[] answers = output.split(END + "\n", -1);
        assertThat(answers).as(output).hasSize(prompts.size() + 2);
        assertThat(answers[0]).startsWith("shop.hprof.gz: ");
        for (int i = 0; i < prompts.size(); i++) {
            assertThat(answers[i + 1]).as(prompts.get(i).toString()).isEqualTo(prompts.get(i).output);
        }
    }

    private String run(List<String> command, String input) throws Exception {
        Path in = Files.writeString(directory.resolve("input"), input);
        Path out = directory.resolve("output");
        Process process = new ProcessBuilder(command)
                .directory(DOCS.resolve("samples").toFile())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        if (!ended) {
            process.destroyForcibly();
        }
        assertThat(ended).as(command.toString()).isTrue();
        assertThat(process.exitValue()).as(command.toString()).isZero();
        StringBuilder text = new StringBuilder();
        Files.readString(out, StandardCharsets.UTF_8)
                .lines()
                .forEach(line -> text.append(line.stripTrailing()).append('\n'));
        return text.toString();
    }
}

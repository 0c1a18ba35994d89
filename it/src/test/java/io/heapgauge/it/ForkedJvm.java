/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A process of its own that ends with the test at the latest; every wait has an end. */
final class ForkedJvm implements AutoCloseable {
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;
    private int asked;

    private ForkedJvm(Process process) {
        this.process = process;
        this.reader = new Thread(this::collect, "output-of-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts {@code java} with these arguments in this directory, which is its temporary directory as well. */
    static ForkedJvm start(Jdk jdk, Path directory, List<String> arguments) throws IOException {
        return start(jdk, directory, Map.of(), arguments);
    }

    /** The same with more variables in its environment. */
    static ForkedJvm start(Jdk jdk, Path directory, Map<String, String> environment, List<String> arguments)
            throws IOException {
        List<String> command =
                new ArrayList<>(List.of(jdk.command("java"), "-Xmx256m", "-Djava.io.tmpdir=" + directory));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new ForkedJvm(builder.start());
    }

    /** Runs a command to its end and returns what it printed; fails when it fails. */
    static String run(String... command) throws IOException, InterruptedException {
        try (ForkedJvm forked = new ForkedJvm(
                new ProcessBuilder(command).redirectErrorStream(true).start())) {
            int status = forked.awaitExit();
            assertThat(status).as(forked.output()).isZero();
            return forked.output();
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Writes a line to its standard input. */
    void send(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Sends a command with a number behind it, for a service that answers with the number before it; waits for that answer. */
    String ask(String command) throws IOException {
        return awaitLine(question(command));
    }

    /** The same without waiting; gives what the answer begins with. */
    String question(String command) throws IOException {
        String number = "#" + ++asked;
        send(command + " " + number);
        return number + " ";
    }

    /** Whether there is a line with this prefix, or it will say no more. */
    boolean hasSaid(String prefix) {
        return rest(prefix).isPresent() || !process.isAlive();
    }

    /** Waits for the first line with this prefix and returns what follows it. */
    String awaitLine(String prefix) {
        await("a line that starts with '" + prefix + "'")
                .atMost(ANSWER_LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> hasSaid(prefix));
        return rest(prefix).orElseThrow(() -> new AssertionError("it ended without '" + prefix + "':\n" + output()));
    }

    /** Sends the operating system signal of this name. */
    void signal(String name) throws IOException, InterruptedException {
        run("kill", "-" + name, Long.toString(pid()));
    }

    /** Waits for its end. */
    int awaitExit() throws InterruptedException {
        return awaitExit(ANSWER_LIMIT);
    }

    /** Waits for its end, for long work. */
    int awaitExit(Duration limit) throws InterruptedException {
        boolean ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
        assertThat(ended)
                .as("process %d has ended; it printed:%n%s", pid(), output())
                .isTrue();
        reader.join(ANSWER_LIMIT.toMillis());
        return process.exitValue();
    }

    String output() {
        return String.join("\n", lines);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
        reader.join(ANSWER_LIMIT.toMillis());
    }

    private Optional<String> rest(String prefix) {
        return lines.stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .findFirst();
    }

    private void collect() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            output.lines().forEach(lines::add);
        } catch (IOException e) {
            lines.add("(output lost: " + e + ")");
        }
    }
}

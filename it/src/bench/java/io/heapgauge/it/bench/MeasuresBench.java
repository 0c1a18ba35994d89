/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What it takes a snapshot to measure ten roots that hold the heap between them. */
final class MeasuresBench {
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final long OBJECTS = Long.getLong("bench.objects", 37_000_000);
    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final String PROGRAM = "io.heapgauge.MeasuresProgram";

    private MeasuresBench() {}

    static void run(Path report) throws IOException, InterruptedException {
        StringBuilder table =
                new StringBuilder("| flags | measured | objects | pause | time in the snapshot's process |"
                        + " its own memory per object | objects owned |\n|---|---|---|---|---|---|---|\n");
        for (String flags : System.getProperty("bench.flags", "-XX:+UseG1GC").split(",")) {
            String output = output(flags);
            for (String what : List.of("types", "reachable", "owned", "excluding", "retained", "shared")) {
                table.append(row(flags, what, output));
            }
        }
        System.out.print(table);
        Files.writeString(report, table);
    }

    private static String row(String flags, String what, String output) {
        List<long[]> lines = output.lines()
                .filter(line -> line.startsWith(what + " "))
                .map(line -> Arrays.stream(line.split(" "))
                        .skip(1)
                        .mapToLong(Long::parseLong)
                        .toArray())
                .toList();
        return String.format(
                Locale.ROOT,
                "| `%s` | %s | %,d | %.1f ms | %.2f s | %.2f | %,d |%n",
                flags,
                what,
                median(lines, 3),
                median(lines, 0) / 1e6,
                median(lines, 1) / 1e9,
                (double) median(lines, 2) / median(lines, 3),
                median(lines, 4));
    }

    private static long median(List<long[]> lines, int column) {
        long[] sorted = lines.stream().mapToLong(line -> line[column]).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static String output(String flags) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("heapgauge-measures");
        long megabytes = OBJECTS * 80 >> 20;
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
        command.addAll(List.of(flags.split(" ")));
        command.addAll(List.of("-Xms" + megabytes + "m", "-Xmx" + megabytes + "m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), PROGRAM, directory.toString()));
        command.addAll(List.of(Long.toString(OBJECTS), Integer.toString(ROUNDS)));
        MeasuredProcess process = MeasuredProcess.run(directory, command, LIMIT);
        if (process.end() != MeasuredProcess.End.WELL) {
            throw new IOException(command + " failed:\n" + process.output());
        }
        Files.delete(directory.resolve("output.txt"));
        Files.delete(directory);
        return process.output();
    }
}

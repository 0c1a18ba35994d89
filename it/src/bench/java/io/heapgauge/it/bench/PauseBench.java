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

/**
 * The pause of the fork engine against that of HotSpot's dump, in the same JVM and the same run, both writing to the same file
 * system; and what leaving contents out saves. The JDKs are the running one and those named by {@code bench.jdks}.
 */
final class PauseBench {
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final String PROGRAM = "io.heapgauge.PauseProgram";

    private PauseBench() {}

    /** A line of the program's output. */
    private record Capture(
            String engine, long pause, long nanos, long bytes, long blocks, long objects, long walkNanos) {
        static Capture parse(String line) {
            String[] parts = line.split(" ");
            long[] values =
                    Arrays.stream(parts).skip(1).mapToLong(Long::parseLong).toArray();
            return new Capture(parts[0], values[0], values[1], values[2], values[3], values[4], values[5]);
        }
    }

    static void run(Path report) throws IOException, InterruptedException {
        List<String> sizes =
                List.of(System.getProperty("bench.liveGigabytes", "1,4").split(","));
        StringBuilder table = new StringBuilder(
                "| JDK, flags | live | pause, fork | pause, HotSpot | ratio | fork in all |"
                        + " HotSpot in all | objects | million objects/s in the child |\n|---|---|---|---|---|---|---|---|---|\n");
        for (String jdk : jdks()) {
            for (String flags : System.getProperty("bench.flags", "-XX:+UseG1GC,-XX:+UseParallelGC,-XX:+UseSerialGC")
                    .split(",")) {
                for (String size : sizes) {
                    add(table, pauses(jdk, flags, Long.parseLong(size)), report);
                }
            }
        }
        table.append("\n| structure only | time | time of the whole | ratio | disk | disk of the whole | ratio |\n"
                + "|---|---|---|---|---|---|---|\n");
        for (String jdk : jdks()) {
            add(table, structure(jdk), report);
        }
    }

    private static List<String> jdks() {
        List<String> jdks = new ArrayList<>(List.of(System.getProperty("java.home")));
        String more = System.getProperty("bench.jdks", "");
        if (!more.isBlank()) {
            jdks.addAll(List.of(more.split(":")));
        }
        return jdks;
    }

    private static void add(StringBuilder table, String row, Path report) throws IOException {
        System.out.print(row);
        table.append(row);
        Files.writeString(report, table);
    }

    private static String pauses(String jdk, String flags, long gigabytes) throws IOException, InterruptedException {
        List<Capture> all = captures(jdk, flags, gigabytes, false);
        List<Capture> forks = of(all, "fork");
        List<Capture> dumps = of(all, "hotspot");
        double fork = median(forks.stream().mapToDouble(Capture::pause).toArray());
        double hotspot = median(dumps.stream().mapToDouble(Capture::pause).toArray());
        double walk = median(forks.stream()
                .mapToDouble(capture -> 1e3 * capture.objects / capture.walkNanos)
                .toArray());
        return String.format(
                Locale.ROOT,
                "| %s `%s` | %d GiB | %.1f ms | %.2f s | 1/%.0f | %.1f s | %.1f s | %,d | %.1f |%n",
                Path.of(jdk).getFileName(),
                flags,
                gigabytes,
                fork / 1e6,
                hotspot / 1e9,
                hotspot / fork,
                median(forks.stream().mapToDouble(Capture::nanos).toArray()) / 1e9,
                median(dumps.stream().mapToDouble(Capture::nanos).toArray()) / 1e9,
                forks.get(0).objects,
                walk);
    }

    private static String structure(String jdk) throws IOException, InterruptedException {
        List<Capture> all = captures(jdk, "-XX:+UseG1GC", 1, true);
        double whole =
                median(of(all, "fork").stream().mapToDouble(Capture::nanos).toArray());
        double part =
                median(of(all, "structure").stream().mapToDouble(Capture::nanos).toArray());
        double wholeDisk =
                median(of(all, "fork").stream().mapToDouble(Capture::blocks).toArray());
        double partDisk = median(
                of(all, "structure").stream().mapToDouble(Capture::blocks).toArray());
        return String.format(
                Locale.ROOT,
                "| %s, 1 GiB, half of it arrays of 100 KB | %.2f s | %.2f s | %.2f | %.0f MB | %.0f MB | %.2f |%n",
                Path.of(jdk).getFileName(),
                part / 1e9,
                whole / 1e9,
                part / whole,
                partDisk / 1e6,
                wholeDisk / 1e6,
                partDisk / wholeDisk);
    }

    private static List<Capture> captures(String jdk, String flags, long gigabytes, boolean arrays)
            throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("heapgauge-pause");
        long heap = 1024 * gigabytes * 3 / 2 + 512;
        List<String> command = new ArrayList<>(List.of(jdk + "/bin/java"));
        command.addAll(List.of(flags.split(" ")));
        command.addAll(List.of("-Xms" + heap + "m", "-Xmx" + heap + "m", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(PROGRAM, directory.toString(), Long.toString(1024 * gigabytes)));
        command.addAll(List.of(Integer.toString(ROUNDS), Boolean.toString(arrays)));
        MeasuredProcess process = MeasuredProcess.run(directory, command, LIMIT);
        if (process.end() != MeasuredProcess.End.WELL) {
            throw new IOException(command + " failed:\n" + process.output());
        }
        Files.delete(directory.resolve("output.txt"));
        Files.delete(directory);
        return process.output()
                .lines()
                .filter(line -> line.matches("(fork|hotspot|structure) .*"))
                .map(Capture::parse)
                .toList();
    }

    private static List<Capture> of(List<Capture> all, String engine) {
        return all.stream().filter(capture -> capture.engine.equals(engine)).toList();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}

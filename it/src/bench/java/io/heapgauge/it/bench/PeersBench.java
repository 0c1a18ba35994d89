/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A class histogram of one big dump from page cache by heapgauge, Shark and the NetBeans library: a process each, in
 * turns, medians over the rounds. {@code PeersBench CLI.jar REPORT.md [ROUNDS [OBJECTS]]}. Linux only.
 */
final class PeersBench {
    private static final long LEAST_DUMP_BYTES = 1_500_000_000;
    private static final Pattern OUR_TOTAL = Pattern.compile("\"objects\":(\\d+)");
    private static final Pattern THEIR_TOTAL = Pattern.compile("objects (\\d+) ");

    private final Path work;
    private final Path dump;
    private final Map<String, List<String>> tools = new LinkedHashMap<>();
    private final Map<String, List<MeasuredProcess>> runs = new LinkedHashMap<>();

    private PeersBench(Path work, Path cli) {
        this.work = work;
        this.dump = work.resolve("big.hprof");
        String file = dump.toString();
        tools.put(
                "heapgauge, -Xmx32m",
                java("-Xmx32m", "-XX:+UseSerialGC", "-jar", cli.toString(), "types", file, "--json"));
        tools.put("Shark, streaming reader", peer("-Xmx1g", SharkStreamTypes.class));
        tools.put("Shark, graph", peer("-Xmx8g", SharkGraphTypes.class));
        tools.put("NetBeans library", peer("-Xmx4g", NetBeansTypes.class));
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 5;
        long objects = args.length > 3 ? Long.parseLong(args[3]) : 34_000_000;
        Path work = Files.createTempDirectory("heapgauge-bench");
        try {
            PeersBench bench = new PeersBench(work, Path.of(args[0]));
            bench.makeDump(objects);
            for (int round = 1; round <= rounds; round++) {
                bench.round(round);
            }
            String report = bench.report(rounds);
            System.out.print(report);
            Files.writeString(Path.of(args[1]), report);
        } finally {
            deleteAll(work);
        }
    }

    private void makeDump(long objects) throws IOException, InterruptedException {
        List<String> command = java("-Xmx6g", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"));
        command.addAll(List.of(DumpMaker.class.getName(), dump.toString(), Long.toString(objects), "42"));
        MeasuredProcess.run(work, command);
        if (Files.size(dump) < LEAST_DUMP_BYTES) {
            throw new IOException(objects + " objects make a dump of only " + Files.size(dump) + " bytes");
        }
        try (InputStream in = Files.newInputStream(dump)) {
            in.transferTo(OutputStream.nullOutputStream()); // into the page cache
        }
    }

    private void round(int number) throws IOException, InterruptedException {
        long expected = -1;
        for (Map.Entry<String, List<String>> tool : tools.entrySet()) {
            MeasuredProcess run = MeasuredProcess.run(work, tool.getValue());
            long counted = objects(run.output());
            if (expected >= 0 && Math.abs(counted - expected) > expected / 1000) {
                throw new IOException(tool.getKey() + " counts " + counted + " objects instead of " + expected);
            }
            expected = counted;
            runs.computeIfAbsent(tool.getKey(), any -> new ArrayList<>()).add(run);
            System.out.printf(
                    Locale.ROOT,
                    "round %d: %s: %.2f s wall, %.2f s CPU%n",
                    number,
                    tool.getKey(),
                    run.wallSeconds(),
                    run.cpuSeconds());
            deleteIndexes();
        }
    }

    private static long objects(String output) {
        Matcher total = (output.startsWith("{") ? OUR_TOTAL : THEIR_TOTAL).matcher(output);
        if (!total.find()) {
            throw new IllegalStateException("no total in: " + output);
        }
        return Long.parseLong(total.group(1));
    }

    /** The NetBeans library keeps an index beside the dump; every run shall make its own. */
    private void deleteIndexes() throws IOException {
        try (Stream<Path> files = Files.list(work)) {
            for (Path file : files.toList()) {
                if (!file.equals(dump)) {
                    deleteAll(file);
                }
            }
        }
    }

    private String report(int rounds) throws IOException {
        double gigabytes = Files.size(dump) / 1e9;
        long objects = objects(runs.values().iterator().next().get(0).output());
        StringBuilder out = new StringBuilder(String.format(
                Locale.ROOT,
                "Class histogram of a dump of %.2f GB, %.1f million objects, in page cache; Java %s, %d processors;"
                        + " medians of %d interleaved rounds.%n%n",
                gigabytes,
                objects / 1e6,
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                rounds));
        out.append("| tool | wall s | best wall s | GB/s | CPU s | GB per CPU s | peak RSS MB | of it own MB"
                + " | wall × ours | CPU × ours |\n");
        out.append("|---|---|---|---|---|---|---|---|---|---|\n");
        List<MeasuredProcess> ours = runs.values().iterator().next();
        runs.forEach((tool, all) -> {
            double wall = median(all, MeasuredProcess::wallSeconds);
            double cpu = median(all, MeasuredProcess::cpuSeconds);
            out.append(String.format(
                    Locale.ROOT,
                    "| %s | %.2f | %.2f | %.2f | %.2f | %.2f | %.0f | %.0f | %.1f | %.1f |%n",
                    tool,
                    wall,
                    all.stream().mapToDouble(MeasuredProcess::wallSeconds).min().orElseThrow(),
                    gigabytes / wall,
                    cpu,
                    gigabytes / cpu,
                    median(all, MeasuredProcess::peakBytes) / 1e6,
                    median(all, MeasuredProcess::peakOwnBytes) / 1e6,
                    wall / median(ours, MeasuredProcess::wallSeconds),
                    cpu / median(ours, MeasuredProcess::cpuSeconds)));
        });
        return out.toString();
    }

    private static double median(List<MeasuredProcess> all, ToDoubleFunction<MeasuredProcess> figure) {
        double[] sorted = all.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private List<String> peer(String heap, Class<?> program) {
        List<String> command = java(heap, "-cp", System.getProperty("java.class.path"));
        command.addAll(List.of(program.getName(), dump.toString()));
        return command;
    }

    private static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static void deleteAll(Path start) throws IOException {
        try (Stream<Path> files = Files.walk(start)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

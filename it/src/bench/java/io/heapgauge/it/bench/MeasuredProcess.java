/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a process took. CPU time is what Linux adds up for ended children, so only one may run at a time; resident memory
 * is its high-water mark and the peak of its anonymous part, looked at every few milliseconds.
 *
 * @param end how it ended
 * @param wallSeconds from start to end
 * @param cpuSeconds user and system time
 * @param peakBytes most resident memory, pages of mapped files included
 * @param peakOwnBytes most resident memory that is its own and no mapped file
 * @param output what it printed
 */
record MeasuredProcess(
        End end, double wallSeconds, double cpuSeconds, long peakBytes, long peakOwnBytes, String output) {
    private static final double TICKS_PER_SECOND = 100;

    /** How a process ended. */
    enum End {
        /** By itself, with exit value 0. */
        WELL,
        /** By itself, with another exit value, or by a signal that was not ours. */
        BADLY,
        /** It was killed at its time limit. */
        KILLED
    }

    /** Runs a command to its end or the limit, whichever comes first. */
    static MeasuredProcess run(Path directory, List<String> command, Duration limit)
            throws IOException, InterruptedException {
        Path output = directory.resolve("output.txt");
        double cpuBefore = childrenCpuSeconds();
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        long peak = 0;
        long peakOwn = 0;
        boolean killed = false;
        try {
            while (!process.waitFor(5, TimeUnit.MILLISECONDS)) {
                List<String> status = status(process.pid());
                peak = Math.max(peak, kilobytes(status, "VmHWM:") << 10);
                peakOwn = Math.max(peakOwn, kilobytes(status, "RssAnon:") << 10);
                if (!killed && System.nanoTime() - start > limit.toNanos()) {
                    killed = true;
                    process.destroyForcibly();
                }
            }
        } finally {
            process.destroyForcibly();
        }
        double wall = (System.nanoTime() - start) / 1e9;
        End end = killed ? End.KILLED : process.exitValue() == 0 ? End.WELL : End.BADLY;
        String printed = Files.readString(output, StandardCharsets.UTF_8);
        return new MeasuredProcess(end, wall, childrenCpuSeconds() - cpuBefore, peak, peakOwn, printed);
    }

    private static List<String> status(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status"));
        } catch (IOException e) {
            return List.of(); // it has just ended
        }
    }

    private static long kilobytes(List<String> status, String key) {
        return status.stream()
                .filter(line -> line.startsWith(key))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    private static double childrenCpuSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(afterName[13]) + Long.parseLong(afterName[14])) / TICKS_PER_SECOND;
    }
}

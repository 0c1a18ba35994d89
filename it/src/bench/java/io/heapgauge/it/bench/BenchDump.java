/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A dump of about a wanted size in a directory of its own, made by a JVM that ends when it is written. */
final class BenchDump implements AutoCloseable {
    private static final long OBJECTS_PER_GIGABYTE = 19_500_000;
    private static final double HEAP_PER_DUMP_BYTE = 2.7;
    private static final double MOST_OFF = 0.25;
    private static final double MOST_OFF_GIGABYTES = 0.05;
    private static final long SEED = 42;
    private static final long CHAINED_ONE_IN = 100;
    private static final Duration LIMIT = Duration.ofMinutes(20);

    private final Path directory;
    private final Path file;
    private final boolean chained;

    private BenchDump(Path directory, boolean chained) {
        this.directory = directory;
        this.chained = chained;
        this.file = directory.resolve("bench.hprof");
    }

    /**
     * Makes a dump; the young generation is kept small, so that garbage not yet collected adds little to its size.
     *
     * @param gigabytes about how large
     * @param chained whether one object in a hundred shall be a link of one long list, and one a node of one deep tree
     */
    static BenchDump make(double gigabytes, boolean chained) throws IOException, InterruptedException {
        BenchDump dump = new BenchDump(Files.createTempDirectory("heapgauge-bench"), chained);
        long heapMegabytes = 256 + (long) (gigabytes * 1_000 * HEAP_PER_DUMP_BYTE);
        List<String> command = new ArrayList<>(List.of(
                java(),
                "-Xmx" + heapMegabytes + "m",
                "-Xmn" + (32 + heapMegabytes / 16) + "m",
                "-XX:+UseParallelGC",
                "-cp",
                System.getProperty("java.class.path"),
                DumpMaker.class.getName(),
                dump.file.toString(),
                Long.toString((long) (gigabytes * OBJECTS_PER_GIGABYTE)),
                Long.toString(SEED),
                Long.toString(chained ? CHAINED_ONE_IN : Long.MAX_VALUE)));
        MeasuredProcess made = MeasuredProcess.run(dump.directory, command, LIMIT);
        if (made.end() != MeasuredProcess.End.WELL) {
            dump.close();
            throw new IOException("no dump was made: " + made);
        }
        double off = Math.abs(dump.gigabytes() - gigabytes);
        if (off > Math.max(MOST_OFF_GIGABYTES, MOST_OFF * gigabytes)) {
            String label = dump.label();
            dump.close();
            throw new IOException("a dump of " + label + " where one of about " + gigabytes + " GB was wanted");
        }
        System.out.printf(Locale.ROOT, "made a dump of %s in %.0f s%n", dump.label(), made.wallSeconds());
        return dump;
    }

    Path file() {
        return file;
    }

    /** Where tools may write; emptied by {@link #cleanUp}. */
    Path directory() {
        return directory;
    }

    /** What the table calls it. */
    String label() throws IOException {
        return String.format(Locale.ROOT, chained ? "%.2f GB" : "%.2f GB, no chains", gigabytes());
    }

    private double gigabytes() throws IOException {
        return Files.size(file) / 1e9;
    }

    /** Reads the dump into the page cache, from which memory-hungry tools may have pushed it. */
    void warm() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    /** Deletes what a tool has left beside the dump, such as an index, so that every run starts from nothing. */
    void cleanUp() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path left : files.filter(any -> !any.equals(file)).toList()) {
                deleteAll(left);
            }
        }
    }

    @Override
    public void close() throws IOException {
        deleteAll(directory);
    }

    /** The java launcher of the running JVM. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static void deleteAll(Path start) throws IOException {
        try (Stream<Path> files = Files.walk(start)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

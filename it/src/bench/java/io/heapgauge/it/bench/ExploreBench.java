/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.bench;

import io.heapgauge.analysis.explore.Heap;
import io.heapgauge.analysis.explore.HeapObject;
import io.heapgauge.analysis.explore.Index;
import io.heapgauge.analysis.hprof.HprofScanner;
import io.heapgauge.analysis.hprof.HprofVisitor;
import io.heapgauge.analysis.jsonl.ExportProfile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;

/**
 * How long the explorer takes to answer for single objects of a large dump once it is open, what opening builds, and how an
 * export as JSON lines is read. Everything runs in the 64 MB of Java heap that benchmarks are started with.
 */
final class ExploreBench {
    private static final int ASKED = 300;
    private static final int QUESTIONS = 5;
    private static final double LINES_GIGABYTES = 0.25;
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private ExploreBench() {}

    static void run(Path report) throws IOException, InterruptedException {
        StringBuilder table = new StringBuilder();
        for (String size : System.getProperty("bench.sizes", "2").split(",")) {
            try (BenchDump dump = BenchDump.make(Double.parseDouble(size), true)) {
                dump.warm();
                answers(dump, table);
            }
        }
        try (BenchDump dump = BenchDump.make(LINES_GIGABYTES, true)) {
            lines(dump, table);
        }
        System.out.print(table);
        Files.writeString(report, table);
    }

    private static void answers(BenchDump dump, StringBuilder table) throws IOException {
        long started = System.nanoTime();
        try (Heap heap = Heap.open(dump.file())) {
            table.append(String.format(
                    Locale.ROOT,
                    "%s, %,d objects:%n%n| built | s |%n|---|---|%n| opened | %.2f |%n",
                    dump.label(),
                    heap.size(),
                    seconds(started)));
            for (Index index : Index.values()) {
                long before = System.nanoTime();
                heap.prepare(index);
                table.append(String.format(Locale.ROOT, "| %s | %.2f |%n", index, seconds(before)));
            }
            table.append("\n| asked of ").append(ASKED).append(" objects | median ms | 99 of 100, ms | longest ms |\n");
            table.append("|---|---|---|---|\n");
            long[] ids = some(dump.file(), heap.size());
            time(table, "children", heap, ids, object -> object.children().size());
            time(table, "parents", heap, ids, object -> object.parents().size());
            time(table, "fields", heap, ids, object -> object.fields().size());
            time(table, "path", heap, ids, object -> object.pathToRoot().steps().size());
            time(table, "retained", heap, ids, HeapObject::retained);
            table.append('\n');
        }
    }

    /** Ids of objects anywhere in the dump, each asked one question only, so that none is answered from what another left. */
    private static long[] some(Path dump, int objects) throws IOException {
        int every = objects / (QUESTIONS * ASKED);
        long[] ids = new long[QUESTIONS * ASKED];
        HprofScanner.scan(dump, new HprofVisitor() {
            private long seen;

            private void see(long id) {
                long place = seen++ / every;
                if (place < ids.length) {
                    ids[(int) place] = id;
                }
            }

            @Override
            public void instance(long id, long classId, ByteBuffer window, int at, int length, long offset) {
                see(id);
            }

            @Override
            public boolean objectArray(long id, long classId, int length, long offset) {
                see(id);
                return false;
            }
        });
        return Arrays.stream(ids).filter(id -> id != 0).toArray();
    }

    private static void time(StringBuilder table, String name, Heap heap, long[] ids, Consumer<HeapObject> question) {
        Random random = new Random(name.hashCode());
        double[] millis = new double[ASKED];
        for (int i = 0; i < ASKED; i++) {
            HeapObject object = heap.at(ids[random.nextInt(ids.length)]);
            long before = System.nanoTime();
            question.accept(object);
            millis[i] = (System.nanoTime() - before) / 1e6;
        }
        Arrays.sort(millis);
        table.append(String.format(
                Locale.ROOT,
                "| %s | %.3f | %.3f | %.3f |%n",
                name,
                millis[ASKED / 2],
                millis[ASKED * 99 / 100],
                millis[ASKED - 1]));
    }

    private static void lines(BenchDump dump, StringBuilder table) throws IOException, InterruptedException {
        Path lines = dump.directory().resolve("lines.jsonl");
        long started = System.nanoTime();
        long objects;
        try (Heap heap = Heap.open(dump.file())) {
            objects = heap.export(lines, ExportProfile.MELIAE);
        }
        table.append(String.format(
                Locale.ROOT,
                "Exported %,d objects as %.0f MB of JSON lines in %.1f s, opening the dump included.%n%n"
                        + "| loaded, with parents | wall s | CPU s | objects/s | resident bytes per object | of it not mapped |%n"
                        + "|---|---|---|---|---|---|%n",
                objects,
                Files.size(lines) / 1e6,
                seconds(started)));
        for (int round = 0; round < Integer.getInteger("bench.rounds", 3); round++) {
            List<String> command = List.of(
                    BenchDump.java(),
                    "-Xmx64m",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    LinesProgram.class.getName(),
                    lines.toString());
            MeasuredProcess read = MeasuredProcess.run(dump.directory(), command, LIMIT);
            if (read.end() != MeasuredProcess.End.WELL) {
                throw new IOException("not read: " + read);
            }
            table.append(String.format(
                    Locale.ROOT,
                    "| %d | %.2f | %.2f | %,.0f | %.1f | %.1f |%n",
                    round + 1,
                    read.wallSeconds(),
                    read.cpuSeconds(),
                    objects / read.wallSeconds(),
                    (double) read.peakBytes() / objects,
                    (double) read.peakOwnBytes() / objects));
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.monitor.CancelSignal;
import io.heapgauge.analysis.redact.RedactionRules;
import io.heapgauge.it.HeapMaker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fills its heap and takes it again and again by both engines: {@code PauseProgram DIRECTORY LIVE_MEGABYTES ROUNDS ARRAYS}.
 * Prints a line per capture: engine, pause, nanoseconds in all, bytes of the file, blocks on the disk, objects, nanoseconds of
 * the child's walk. With ARRAYS half of the heap is long primitive arrays, and structure-only dumps are taken in place of
 * HotSpot's. With {@code -Dbench.collapse=true} the heap is put into huge pages before each fork; {@code -Dbench.processes}
 * share the objects.
 */
public final class PauseProgram {
    private static final long OBJECTS_AT_A_TIME = 500_000;
    private static final int ARRAY_BYTES = 100_000;
    private static final int SECONDS = 3600;
    private static final int PAGES_AT_A_TIME = 64;
    private static final int PROCESSES = Integer.getInteger("bench.processes", 1);
    private static final boolean COLLAPSE = Boolean.getBoolean("bench.collapse");
    private static final List<byte[]> ARRAYS = new ArrayList<>();

    private PauseProgram() {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        long live = Long.parseLong(args[1]) << 20;
        boolean arrays = Boolean.parseBoolean(args[3]);
        fill(arrays ? live / 2 : live);
        while (arrays && (long) ARRAYS.size() * ARRAY_BYTES < live / 2) {
            ARRAYS.add(new byte[ARRAY_BYTES]);
        }
        System.gc();
        String whyNot = ForkSupport.whyNot(directory);
        if (whyNot != null) {
            throw new IllegalStateException(whyNot);
        }
        CaptureTask whole = CaptureTask.whole(CancelSignal.NEVER, any -> {});
        CaptureTask structure =
                new CaptureTask(RedactionRules.standard(), new byte[0][], CancelSignal.NEVER, any -> {});
        for (int round = 0; round < Integer.parseInt(args[2]); round++) {
            fork("fork", directory, whole);
            if (arrays) {
                fork("structure", directory, structure);
            } else {
                hotspot(directory, whole);
            }
        }
    }

    /** Collects only when it could be enough: a full collection after every step takes an hour for 8 GiB. */
    private static void fill(long bytes) {
        for (long seed = 1; used() < bytes; seed++) {
            HeapMaker.make(seed, OBJECTS_AT_A_TIME);
            if (used() >= bytes) {
                System.gc();
            }
        }
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static void fork(String name, Path directory, CaptureTask task) throws IOException {
        if (COLLAPSE) {
            collapse();
        }
        Path file = directory.resolve(name + ".hprof");
        Snapshot snapshot =
                Snapshot.take(SnapshotRequest.dump(file, task, SECONDS).by(PROCESSES));
        print(name, file, snapshot.taken().pauseNanos(), snapshot.nanos(), snapshot.outcome());
    }

    private static void collapse() {
        HugePages.Step step = Snapshot.collapse(0, PAGES_AT_A_TIME);
        while (step != null && step.next() != 0) {
            step = Snapshot.collapse(step.next(), PAGES_AT_A_TIME);
        }
    }

    private static void hotspot(Path directory, CaptureTask task) throws IOException {
        Path file = directory.resolve("hotspot.hprof");
        CaptureTimes times = new HotspotEngine("bench").capture(file, task);
        print("hotspot", file, times.pauseNanos(), times.captureNanos(), null);
    }

    private static void print(String name, Path file, long pause, long nanos, NativeSnapshot.@Nullable Outcome child)
            throws IOException {
        System.out.printf(
                "%s %d %d %d %d %d %d%n",
                name,
                pause,
                nanos,
                Files.size(file),
                blocks(file),
                child == null ? 0 : child.objects(),
                child == null ? 0 : child.walkNanos());
        Files.delete(file);
    }

    /** Bytes on the disk, holes left out. */
    private static long blocks(Path file) throws IOException {
        Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
        return 512 * Long.parseLong(new String(stat.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
    }
}

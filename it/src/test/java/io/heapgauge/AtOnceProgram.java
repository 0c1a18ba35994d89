/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.explore.Heap;
import io.heapgauge.analysis.explore.HeapThread;
import io.heapgauge.analysis.monitor.CancelSignal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One snapshot, whether its fork was at the first thing the VM told, and whether threads and objects are in it: {@code
 * AtOnceProgram DIRECTORY}.
 */
public final class AtOnceProgram {
    private static final int THREADS = 20;
    private static final int THINGS = 1_000;

    private AtOnceProgram() {}

    /** Counted in the dump. */
    private static final class Thing {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        String whyNot = ForkSupport.whyNot(directory);
        if (whyNot != null) {
            System.out.println("at once: refused: " + whyNot);
            return;
        }
        List<Thing> things =
                IntStream.range(0, THINGS).mapToObj(i -> new Thing()).toList();
        List<String> names =
                IntStream.range(0, THREADS).mapToObj(i -> "waiting-" + i).toList();
        names.forEach(AtOnceProgram::startWaiting);
        Path dump = directory.resolve("once.hprof");
        CaptureTask task = CaptureTask.whole(CancelSignal.NEVER, any -> {});
        Snapshot snapshot = Snapshot.take(SnapshotRequest.dump(dump, task, 60));
        try (Heap heap = Heap.open(dump)) {
            boolean same = heap.all(Thing.class.getName()).size() == things.size()
                    && heap.threads().stream().map(HeapThread::name).toList().containsAll(names);
            System.out.println("at once: " + snapshot.taken().atOnce() + ", reads back " + same);
        }
        Files.delete(dump);
    }

    private static void startWaiting(String name) {
        Thread thread = new Thread(
                () -> {
                    try {
                        Thread.sleep(60_000);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }
}

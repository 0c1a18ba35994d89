/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.monitor.CancelSignal;
import io.heapgauge.analysis.redact.RedactionRules;
import io.heapgauge.analysis.report.Level;
import io.heapgauge.it.HeapMaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes a heap and, with it lying still, writes it by both engines and without contents, measures and counts it in
 * snapshots, and asks the VM to count: {@code ForkParityProgram DIRECTORY OBJECTS SEED}. Says {@code refused: } and why where there is no fork.
 */
public final class ForkParityProgram {
    private static final int SECONDS = 300;
    private static final int PROCESSES = 3;
    private static final CaptureTask WHOLE = CaptureTask.whole(CancelSignal.NEVER, any -> {});
    private static final CaptureTask STRUCTURE =
            new CaptureTask(RedactionRules.standard(), new byte[0][], CancelSignal.NEVER, any -> {});

    private ForkParityProgram() {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        HeapMaker.make(Long.parseLong(args[2]), Long.parseLong(args[1]));
        parkThreads();
        String whyNot = ForkSupport.whyNot(directory);
        if (whyNot != null) {
            System.out.println("refused: " + whyNot);
            return;
        }
        // its looks at the memory that is left find nothing to be read here, and leave little garbage to be compared
        ForkEngine fork = new ForkEngine(new ForkMemory(new MemoryReader(directory)), PROCESSES);
        CaptureEngine hotspot = new HotspotEngine("parity");
        ClassHistogramCommand histogram = ClassHistogramCommand.ofThisVm();
        RootRegistry registry = ParityRoots.register();
        System.gc();
        for (String round : new String[] {"warm", "done"}) { // the first one loads the classes that the work needs
            Files.createDirectory(directory.resolve(round));
            String before = histogram.run();
            Snapshot measured =
                    Snapshot.take(SnapshotRequest.dump(directory.resolve(round).resolve("fork.hprof"), WHOLE, SECONDS)
                            .with(plan(registry)));
            hotspot.capture(directory.resolve(round).resolve("hotspot.hprof"), WHOLE);
            byte[] types =
                    fork.measure(SnapshotPlan.types(), CancelSignal.NEVER).message();
            String after = histogram.run();
            fork.capture(directory.resolve(round).resolve("structure.hprof"), STRUCTURE.toKeep());
            fork.capture(directory.resolve(round).resolve("read-once.hprof"), STRUCTURE);
            Files.writeString(directory.resolve(round).resolve("before.txt"), before);
            Files.writeString(directory.resolve(round).resolve("after.txt"), after);
            Files.write(directory.resolve(round).resolve("types.bin"), types);
            Files.write(directory.resolve(round).resolve("measures.bin"), measured.message());
        }
        System.out.println("done");
    }

    private static SnapshotPlan plan(RootRegistry registry) {
        return SnapshotPlan.of(Level.RETAINED, PROCESSES, ParityRoots.definitions(), registry.entries());
    }

    /** Threads that hold things by their frames and monitors. */
    private static void parkThreads() throws IOException {
        for (int i = 0; i < 5; i++) {
            Thread thread = new Thread(
                    () -> {
                        Object[] local = {new StringBuilder("held by a frame"), new long[] {1, 2, 3}};
                        synchronized (local[0]) {
                            while (!Thread.interrupted()) {
                                LockSupport.park(local[1]);
                            }
                        }
                    },
                    "parked-" + i);
            thread.setDaemon(true);
            thread.start();
        }
    }
}

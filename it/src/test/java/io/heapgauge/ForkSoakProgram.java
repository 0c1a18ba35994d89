/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.graph.IdSink;
import io.heapgauge.analysis.graph.TypeTally;
import io.heapgauge.analysis.measure.Exclusion;
import io.heapgauge.analysis.measure.RootDefinition;
import io.heapgauge.analysis.measure.RootSpec;
import io.heapgauge.analysis.monitor.CancelSignal;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.report.Level;
import io.heapgauge.analysis.snapshot.MeasuresMessage;
import io.heapgauge.analysis.source.HprofSource;
import io.heapgauge.analysis.source.VmHistogram;
import io.heapgauge.it.BusyThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Takes snapshots, mostly measures, of a process that is busy: {@code ForkSoakProgram DIRECTORY SNAPSHOTS}. Each
 * must find the objects that the program holds. Leaves the last dump, and prints what became of the process.
 */
public final class ForkSoakProgram {
    private static final int SECONDS = 60;
    private static final CaptureTask WHOLE = CaptureTask.whole(CancelSignal.NEVER, any -> {});
    private static final int MARKERS = 12_345;
    private static final int HELD = 100;
    private static final long CONTROL_MILLIS = 2_000;
    private static final int DUMPED_ONE_IN = 4;
    private static final int SCANNED_ONE_IN = 20;
    private static final long HUNG_NANOS = 5_000_000_000L;
    private static final List<Marker> ALL =
            Stream.generate(Marker::new).limit(MARKERS).toList();

    private static final List<RootDefinition> ROOTS = List.of(
            new RootDefinition(
                    "markers", RootSpec.parse("static:" + ForkSoakProgram.class.getName() + "#ALL"), List.of()),
            new RootDefinition("main", RootSpec.thread("main"), List.of(Exclusion.parse("package:java.util"))));

    private ForkSoakProgram() {}

    /** What each snapshot must count. */
    private static final class Marker {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        int snapshots = Integer.parseInt(args[1]);
        boolean virtual = BusyThreads.holdByVirtualThreads(HELD);
        BusyThreads busy = BusyThreads.start();
        Heartbeat heartbeat = Heartbeat.begin();
        String whyNot = ForkSupport.whyNot(directory);
        if (whyNot != null) {
            System.out.println("refused: " + whyNot);
            return;
        }
        Thread.sleep(CONTROL_MILLIS);
        long latestWithout = heartbeat.latestNanos();
        long[] pauses = new long[snapshots];
        int hung = 0;
        long resident = 0;
        long descriptors = 0;
        Path dump = directory.resolve("last.hprof");
        for (int i = 0; i < snapshots; i++) {
            if (i == snapshots / 4) {
                resident = resident();
                descriptors = descriptors();
            }
            boolean measures = i % DUMPED_ONE_IN != 0 && i < snapshots - 1;
            Files.deleteIfExists(dump);
            Snapshot snapshot = Snapshot.take(
                    measures
                            ? SnapshotRequest.measures(SnapshotPlan.of(Level.RETAINED, 1, ROOTS, Map.of()), SECONDS)
                            : SnapshotRequest.dump(dump, WHOLE, SECONDS));
            pauses[i] = snapshot.taken().pauseNanos();
            hung += snapshot.nanos() > HUNG_NANOS ? 1 : 0;
            if (measures) {
                requireRight(MeasuresMessage.parse(snapshot.message()), virtual ? HELD : 0);
            } else if (i % SCANNED_ONE_IN == 0 || i == snapshots - 1) {
                HprofSource source = HprofSource.open(dump, HprofSource.Options.DEFAULT, Monitor.NONE);
                TypeTally tally = source.scan(() -> IdSink.NONE);
                requireMarkers(source.types(), tally, "a dump");
            }
        }
        Arrays.sort(pauses);
        System.out.printf(
                Locale.ROOT,
                "done: snapshots %d, median pause %.1f ms, longest %.1f ms, hung and repeated %d, requests %d, late at"
                        + " most %.0f ms, %.0f ms before the first snapshot, steps %d/%d/%d/%d%n",
                snapshots,
                pauses[snapshots / 2] / 1e6,
                pauses[snapshots - 1] / 1e6,
                hung,
                heartbeat.served(),
                heartbeat.latestNanos() / 1e6,
                latestWithout / 1e6,
                busy.done(BusyThreads.Kind.ALLOCATE),
                busy.done(BusyThreads.Kind.CONTEND),
                busy.done(BusyThreads.Kind.LOAD),
                busy.done(BusyThreads.Kind.START));
        System.out.println("held " + (virtual ? HELD : 0));
        System.out.println("missed " + heartbeat.missed());
        System.out.println("children " + ProcessHandle.current().children().count());
        System.out.println("descriptors " + (descriptors() - descriptors));
        System.out.println("resident " + (resident() - resident));
    }

    private static void requireRight(MeasuresMessage.Content content, long held) {
        VmHistogram counted = content.types();
        requireMarkers(counted.types(), counted.tally(), "a count");
        requireMarkers(counted.types(), counted.reached(), "what is reached");
        long heldReached = BusyThreads.objects(counted.types(), counted.reached(), BusyThreads.Held.class);
        MeasuresMessage.Root root = content.roots().get(0);
        boolean whole = root.owned() != null
                && root.owned().total().equals(root.retained())
                && root.owned().total().objects() == MARKERS + 2; // the list and its array
        if (heldReached != held || !whole) {
            throw new IllegalStateException(heldReached + " held by virtual threads are reached, the root is " + root);
        }
    }

    private static void requireMarkers(List<HeapType> types, TypeTally tally, String where) {
        long markers = BusyThreads.objects(types, tally, Marker.class);
        if (markers != MARKERS) {
            throw new IllegalStateException(where + " has " + markers + " markers");
        }
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    private static long resident() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("no VmRSS in /proc/self/status");
    }
}

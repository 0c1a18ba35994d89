/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.measure.RootDefinition;
import io.heapgauge.analysis.measure.RootSpec;
import io.heapgauge.analysis.monitor.CancelSignal;
import io.heapgauge.analysis.report.Level;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Leaves dead objects between living ones whose classes a concurrent collection has unloaded: nobody knows any more how large
 * they are. Then loads classes with larger instances, some of them where the unloaded ones were, and takes a snapshot of each state:
 * {@code UnloadedProgram DIRECTORY OBJECTS}.
 */
public final class UnloadedProgram {
    private static final int CLASSES = 500;
    private static final int SECONDS = 300;
    private static final int PROCESSES = 2;

    /** Name of the class whose objects live on. */
    public static final String KEPT = Kept.class.getName();

    private static final List<Object> held = new ArrayList<>();
    private static Kept[] kept;

    private UnloadedProgram() {}

    /** Lives on; another object lies behind it. */
    static final class Kept {
        Object behind;
    }

    /** A small one, of a class that is going to be unloaded. */
    public static final class Small {
        int value = 7;
    }

    /** Of a class that may come to lie where another one was. */
    public static final class Large {
        long a = 1;
        long b = 1;
        long c = 1;
    }

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        String whyNot = ForkSupport.whyNot(directory);
        if (whyNot != null) {
            System.out.println("refused: " + whyNot);
            return;
        }
        fill(Integer.parseInt(args[1]));
        System.gc(); // all of them are old now, each beside its own
        for (Kept each : kept) {
            each.behind = null;
        }
        System.gc();
        snapshot(directory, "unloaded");
        byte[] bytes = bytesOf(Large.class);
        for (int i = 0; i < CLASSES; i++) {
            held.add(hidden(bytes).newInstance());
        }
        snapshot(directory, "reused");
        System.out.println("done");
    }

    private static void fill(int objects) throws Exception {
        byte[] bytes = bytesOf(Small.class);
        List<Constructor<?>> constructors = new ArrayList<>();
        for (int i = 0; i < CLASSES; i++) {
            constructors.add(hidden(bytes));
        }
        kept = new Kept[objects];
        for (int i = 0; i < objects; i++) {
            kept[i] = new Kept();
            // some two in a row are kept, some five
            kept[i].behind = i % 7 < 2 ? constructors.get(i % CLASSES).newInstance() : null;
        }
    }

    static Constructor<?> hidden(byte[] bytes) throws ReflectiveOperationException {
        return MethodHandles.lookup()
                .defineHiddenClass(bytes, true)
                .lookupClass()
                .getConstructor();
    }

    static byte[] bytesOf(Class<?> template) throws IOException {
        try (InputStream in = template.getResourceAsStream(
                template.getName().substring(template.getPackageName().length() + 1) + ".class")) {
            return in.readAllBytes();
        }
    }

    /** The roots of the snapshots. */
    public static List<RootDefinition> roots() {
        return List.of(
                new RootDefinition(
                        "field", RootSpec.parse("static:" + UnloadedProgram.class.getName() + "#kept"), List.of()),
                new RootDefinition("class", RootSpec.parse("class:" + KEPT), List.of()));
    }

    private static void snapshot(Path directory, String state) throws Exception {
        SnapshotPlan plan = SnapshotPlan.of(Level.OWNED, PROCESSES, roots(), new RootRegistry().entries());
        CaptureTask whole = CaptureTask.whole(CancelSignal.NEVER, any -> {});
        Snapshot alone = Snapshot.take(SnapshotRequest.measures(plan, SECONDS));
        Files.write(directory.resolve(state + ".alone"), alone.message());
        Snapshot beside = Snapshot.take(SnapshotRequest.dump(directory.resolve(state + ".hprof"), whole, SECONDS)
                .with(plan));
        Files.write(directory.resolve(state + ".beside"), beside.message());
    }
}

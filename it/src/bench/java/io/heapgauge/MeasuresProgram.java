/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.measure.Exclusion;
import io.heapgauge.analysis.measure.RootDefinition;
import io.heapgauge.analysis.measure.RootSpec;
import io.heapgauge.analysis.report.Level;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.snapshot.MeasuresMessage;
import io.heapgauge.it.HeapMaker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fills its heap with so many objects, which ten roots hold between them, and measures these in snapshots: {@code
 * MeasuresProgram DIRECTORY OBJECTS ROUNDS}. Prints a line per snapshot: what, pause, nanoseconds of the child, its own
 * memory, objects counted, objects that the roots own.
 */
public final class MeasuresProgram {
    private static final long OBJECTS_AT_A_TIME = 500_000;
    private static final int ROOTS = 10;
    private static final int SECONDS = 3600;
    private static final List<List<Object>> GROUPS =
            Stream.generate(() -> (List<Object>) new ArrayList<>()).limit(ROOTS).toList();

    private MeasuresProgram() {}

    public static void main(String[] args) throws Exception {
        fill(Long.parseLong(args[1]));
        System.gc();
        String whyNot = ForkSupport.whyNot(Path.of(args[0]));
        if (whyNot != null) {
            throw new IllegalStateException(whyNot);
        }
        RootRegistry registry = new RootRegistry();
        for (int root = 0; root < ROOTS; root++) {
            registry.put("group-" + root, GROUPS.get(root));
        }
        for (int round = 0; round < Integer.parseInt(args[2]); round++) {
            measure("types", SnapshotPlan.types());
            measure("reachable", SnapshotPlan.of(Level.OWNED, 1, List.of(), registry.entries()));
            measure("owned", SnapshotPlan.of(Level.OWNED, 1, roots(null), registry.entries()));
            measure("excluding", SnapshotPlan.of(Level.OWNED, 1, roots("package:java.math"), registry.entries()));
            measure("shared", SnapshotPlan.of(Level.RETAINED, 2, roots(null), registry.entries()));
            measure("retained", SnapshotPlan.of(Level.RETAINED, 1, roots(null), registry.entries()));
        }
    }

    private static void fill(long objects) {
        long made = 0;
        for (int seed = 1; made < objects; seed++, made += OBJECTS_AT_A_TIME) {
            HeapMaker.make(seed, OBJECTS_AT_A_TIME);
            GROUPS.get(seed % ROOTS).addAll(HeapMaker.HELD);
            HeapMaker.HELD.clear();
        }
    }

    private static List<RootDefinition> roots(@Nullable String exclusion) {
        List<Exclusion> exclusions = exclusion == null ? List.of() : List.of(Exclusion.parse(exclusion));
        return IntStream.range(0, ROOTS)
                .mapToObj(root ->
                        new RootDefinition("group-" + root, RootSpec.parse("registered:group-" + root), exclusions))
                .toList();
    }

    private static void measure(String name, SnapshotPlan plan) throws IOException {
        Snapshot snapshot = Snapshot.take(SnapshotRequest.measures(plan, SECONDS));
        MeasuresMessage.Content content = MeasuresMessage.parse(snapshot.message());
        long owned = content.roots().stream()
                .map(root -> root.owned() == null ? Size.ZERO : root.owned().total())
                .mapToLong(Size::objects)
                .sum();
        NativeSnapshot.Outcome outcome = snapshot.outcome();
        System.out.printf(
                "%s %d %d %d %d %d%n",
                name,
                snapshot.taken().pauseNanos(),
                outcome.rootsNanos() + outcome.walkNanos(),
                outcome.tableBytes(),
                outcome.objects(),
                owned);
    }
}

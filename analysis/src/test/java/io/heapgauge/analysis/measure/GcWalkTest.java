/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.HeapAnalyzer;
import io.heapgauge.analysis.fixture.FieldType;
import io.heapgauge.analysis.fixture.FixtureFacts;
import io.heapgauge.analysis.fixture.FixtureHeap;
import io.heapgauge.analysis.fixture.RootKind;
import io.heapgauge.analysis.graph.view.EdgeFilter;
import io.heapgauge.analysis.layout.VmModel;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.RootState;
import io.heapgauge.analysis.report.RootSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the GC roots reach is the same whatever is asked of configured roots, whose walks are taken over. */
class GcWalkTest {
    private static final int HEAPS = 300;
    private static final int OBJECTS = 60;
    private static final List<String> NODES = List.of("com.acme.A", "com.acme.B", "com.acme.C", "com.acme.D");
    private static final List<String> REFERENCES =
            List.of("java.lang.ref.SoftReference", "java.lang.ref.WeakReference", "java.lang.ref.PhantomReference");
    private static final String LOCK = "com.acme.Lock";

    @TempDir
    Path directory;

    private long measured;
    private long withWeak;

    @Test
    void configured_roots_change_nothing_in_what_the_gc_roots_reach() throws IOException {
        for (int seed = 0; seed < HEAPS; seed++) {
            Random random = new Random(seed);
            List<Long> objects = new ArrayList<>();
            Path dump = heap(random, objects).write(directory.resolve("random.hprof"));
            List<RootDefinition> roots = roots(random, objects);
            compare(seed, dump, roots, Set.of());
            compare(seed, dump, roots, Set.of(EdgeFilter.values()[random.nextInt(EdgeFilter.values().length)]));
        }
        assertThat(measured).as("roots of which something was reached").isGreaterThan(HEAPS);
        assertThat(withWeak).as("heaps in which something is held weakly").isGreaterThan(HEAPS / 4);
    }

    private void compare(int seed, Path dump, List<RootDefinition> roots, Set<EdgeFilter> followed) throws IOException {
        HeapReport plain = analyze(dump, List.of(), followed);
        HeapReport report = analyze(dump, roots, followed);
        assertThat(report.totals()).as("heap %d", seed).isEqualTo(plain.totals());
        assertThat(report.types()).as("heap %d", seed).isEqualTo(plain.types());
        for (int i = 0; i < roots.size(); i++) {
            RootSummary root = report.roots().get(i);
            RootSummary alone =
                    analyze(dump, List.of(roots.get(i)), followed).roots().get(0);
            assertThat(root.state()).as("heap %d, root %d", seed, i).isEqualTo(alone.state());
            assertThat(root.reachable()).as("heap %d, root %d", seed, i).isEqualTo(alone.reachable());
            measured += root.state() == RootState.MEASURED ? 1 : 0;
        }
        withWeak += plain.totals().weaklyHeld().objects() > 0 ? 1 : 0;
    }

    private HeapReport analyze(Path dump, List<RootDefinition> roots, Set<EdgeFilter> followed) throws IOException {
        return HeapAnalyzer.analyze(
                dump,
                FixtureFacts.FILE,
                AnalysisRequest.builder()
                        .vmModel(VmModel.DEFAULT)
                        .roots(roots)
                        .follow(followed)
                        .scratchDirectory(directory)
                        .build());
    }

    private static List<RootDefinition> roots(Random random, List<Long> objects) {
        List<RootDefinition> roots = new ArrayList<>();
        Set<Long> starts = new HashSet<>();
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            long start = objects.get(random.nextInt(objects.size()));
            if (starts.add(start)) {
                roots.add(new RootDefinition("at" + i, new RootSpec.AtAddress(start), List.of()));
            }
        }
        String node = NODES.get(random.nextInt(NODES.size()));
        RootSpec spec = random.nextBoolean() ? RootSpec.staticField(node, "HELD") : new RootSpec.InstancesOf(node);
        roots.add(random.nextInt(roots.size() + 1), new RootDefinition("by class", spec, List.of()));
        return roots;
    }

    /** Few references and fewer roots, so that parts are reached, held weakly, held by a class alone, and not held at all. */
    private static FixtureHeap heap(Random random, List<Long> objects) {
        FixtureHeap heap = new FixtureHeap();
        heap.type("java.util.concurrent.locks.AbstractOwnableSynchronizer")
                .field("exclusiveOwnerThread", FieldType.OBJECT);
        heap.type(LOCK)
                .extending("java.util.concurrent.locks.AbstractOwnableSynchronizer")
                .field("left", FieldType.OBJECT);
        for (String node : NODES) {
            heap.type(node)
                    .field("left", FieldType.OBJECT)
                    .field("right", FieldType.OBJECT)
                    .staticField("HELD", FieldType.OBJECT);
        }
        for (int i = 0; i < OBJECTS; i++) {
            objects.add(heap.instance(
                    switch (random.nextInt(6)) {
                        case 0 -> REFERENCES.get(random.nextInt(REFERENCES.size()));
                        case 1 -> LOCK;
                        default -> NODES.get(random.nextInt(NODES.size()));
                    }));
        }
        for (long object : objects) {
            String type = heap.typeOf(object);
            if (REFERENCES.contains(type)) {
                heap.set(object, "referent", pick(random, objects));
            } else if (type.equals(LOCK)) {
                heap.set(object, "exclusiveOwnerThread", pick(random, objects));
                heap.set(object, "left", pick(random, objects));
            } else {
                for (String field : random.nextBoolean() ? List.of("left", "right") : List.of("right")) {
                    heap.set(object, field, pick(random, objects));
                }
            }
        }
        for (String node : NODES) {
            heap.type(node).set("HELD", pick(random, objects));
            if (random.nextBoolean()) {
                heap.type(node).loadedBy(pick(random, objects));
            }
        }
        for (int i = 0; i < 1 + random.nextInt(2); i++) {
            heap.root(RootKind.JNI_GLOBAL, pick(random, objects));
        }
        return heap;
    }

    private static long pick(Random random, List<Long> objects) {
        return objects.get(random.nextInt(objects.size()));
    }
}

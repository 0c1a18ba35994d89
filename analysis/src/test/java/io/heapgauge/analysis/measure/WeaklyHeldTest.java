/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.fixture.FieldType;
import io.heapgauge.analysis.fixture.FixtureHeap;
import io.heapgauge.analysis.fixture.RootKind;
import io.heapgauge.analysis.graph.FieldRules;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.layout.VmModel;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.report.HeapTotals;
import io.heapgauge.analysis.report.WeaklyHeld;
import io.heapgauge.analysis.source.HprofSource;
import io.heapgauge.analysis.store.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeaklyHeldTest {
    private static final String NODE = "com.acme.Node";

    @TempDir
    Path directory;

    private final FixtureHeap heap = new FixtureHeap();

    @BeforeEach
    void types() {
        heap.type(NODE).field("next", FieldType.OBJECT);
        // a class is reached with its first instance: here all are
        root(node(0));
        for (String kind : List.of("SoftReference", "WeakReference", "FinalReference", "PhantomReference")) {
            root(reference(kind, 0));
        }
    }

    private long node(long next) {
        return heap.instance(NODE, Map.of("next", next));
    }

    private long reference(String kind, long referent) {
        return heap.instance("java.lang.ref." + kind, Map.of("referent", referent));
    }

    private void root(long id) {
        heap.root(RootKind.JNI_GLOBAL, id);
    }

    private HeapTotals totals() throws IOException {
        Path dump = heap.write(directory.resolve("weak.hprof"));
        try (Scratch scratch = Scratch.direct(Long.MAX_VALUE)) {
            HprofSource source = HprofSource.open(dump, HprofSource.Options.of(VmModel.DEFAULT), Monitor.NONE);
            HeapGraph graph = HeapGraph.build(source, FieldRules.of(List.of()), scratch, Monitor.NONE);
            return GcReachability.of(graph, scratch, Monitor.NONE).totals();
        }
    }

    private WeaklyHeld held() throws IOException {
        HeapTotals totals = totals();
        assertThat(totals.byReference().total()).isEqualTo(totals.weaklyHeld());
        return totals.byReference();
    }

    @Test
    void each_kind_holds_its_own() throws IOException {
        root(reference("SoftReference", node(0)));
        root(reference("WeakReference", node(node(0))));
        root(reference("FinalReference", node(node(node(0)))));
        root(reference("PhantomReference", node(node(node(node(0))))));
        WeaklyHeld held = held();
        assertThat(held.soft().objects()).isEqualTo(1);
        assertThat(held.weak().objects()).isEqualTo(2);
        assertThat(held.finalizable().objects()).isEqualTo(3);
        assertThat(held.phantom().objects()).isEqualTo(4);
    }

    @Test
    void the_strongest_way_counts() throws IOException {
        long shared = node(node(0));
        root(reference("PhantomReference", shared));
        root(reference("WeakReference", shared));
        root(reference("SoftReference", shared));
        assertThat(held().soft().objects()).isEqualTo(2);
        assertThat(held().total().objects()).isEqualTo(2);
    }

    @Test
    void a_way_is_no_stronger_than_the_weakest_reference_on_it() throws IOException {
        long end = node(0);
        root(reference("WeakReference", reference("SoftReference", end)));
        assertThat(held().soft().objects()).isZero();
        assertThat(held().weak().objects()).isEqualTo(2);
    }

    @Test
    void what_is_strongly_reached_is_not_weakly_held() throws IOException {
        long node = node(0);
        root(node);
        root(reference("SoftReference", node));
        assertThat(held().total().objects()).isZero();
    }

    @Test
    void sub_classes_hold_as_their_super_classes_do() throws IOException {
        heap.type("com.acme.CacheEntry").extending("java.lang.ref.SoftReference");
        root(heap.instance("com.acme.CacheEntry", Map.of("referent", node(0))));
        assertThat(held().soft().objects()).isEqualTo(1);
    }
}

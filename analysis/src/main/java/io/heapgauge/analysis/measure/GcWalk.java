/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.graph.GcRoots;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.graph.TypeTally;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.report.WeaklyHeld;
import io.heapgauge.analysis.store.BitStore;
import io.heapgauge.analysis.store.Scratch;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.IntHashSet;

/**
 * The walk from the GC roots, which stops at some objects until walks of their own have been there. Most of a heap is held by
 * few objects as a rule; where these are configured roots, what they reach is visited once, not twice.
 */
final class GcWalk {
    private final HeapGraph graph;
    private final Scratch scratch;
    private final Monitor monitor;
    private final Walk walk;
    private final Referents referents;
    private final TypeTally strong;

    private GcWalk(HeapGraph graph, Scratch scratch, Monitor monitor) {
        this.graph = graph;
        this.scratch = scratch;
        this.monitor = monitor;
        walk = new Walk(graph, scratch, monitor);
        referents = new Referents(graph.source().types(), scratch);
        strong = TypeTally.empty(graph.source().types().size());
    }

    /**
     * Follows the GC roots as far as that goes without these objects.
     *
     * @param held ordinals, not to be changed afterwards
     */
    static GcWalk begin(HeapGraph graph, Scratch scratch, Monitor monitor, IntHashSet held) {
        monitor.phase("following GC roots");
        GcWalk gc = new GcWalk(graph, scratch, monitor);
        gc.walk.throughClasses();
        gc.walk.leaveOut(graph.rules().indexOf(FieldRule.REFERENT));
        gc.walk.collectReferents(gc.referents);
        gc.walk.hold(held);
        GcRoots roots = graph.source().roots();
        for (int root = 0; root < roots.size(); root++) {
            int ordinal = graph.ordinalOf(roots.id(root));
            if (ordinal >= 0) {
                gc.walk.enter(ordinal);
            }
        }
        gc.walk.drain(gc.strong);
        return gc;
    }

    /** Whether it has met all of some objects so far. */
    boolean hasMet(IntHashSet ordinals) {
        return ordinals.stream().allMatch(walk.marked()::get);
    }

    /** Takes what a walk has visited and counted, from objects that this one has met and over strong edges, for its own. */
    void takeOver(Walk other, TypeTally counted) {
        walk.takeOver(other, counted, strong);
    }

    /** Visits all that is left, then what is held weakly, and gives its memory back. */
    GcReachability end() {
        monitor.phase("following GC roots to the end");
        walk.letGo();
        walk.drain(strong);
        BitStore reached = new BitStore(scratch, graph.size());
        reached.copyFrom(walk.marked());
        List<Size> held = new ArrayList<>();
        for (int kind = 0; kind <= Referents.WEAKEST; kind++) {
            referents.phase(kind);
            held.add(weaklyHeld());
        }
        referents.release();
        walk.release();
        return new GcReachability(
                graph, reached, strong, new WeaklyHeld(held.get(0), held.get(1), held.get(2), held.get(3)));
    }

    /** What comes to light by the referents of one kind. */
    private Size weaklyHeld() {
        TypeTally weak = TypeTally.empty(graph.source().types().size());
        while (!referents.isEmpty()) {
            while (!referents.isEmpty()) {
                walk.enter(referents.next());
                walk.spread();
            }
            walk.drain(weak);
        }
        return new Size(weak.totalObjects(), weak.totalBytes());
    }
}

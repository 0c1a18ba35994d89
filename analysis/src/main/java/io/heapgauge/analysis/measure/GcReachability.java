/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.graph.GcRoots;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.graph.TypeTally;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.report.HeapTotals;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.report.WeaklyHeld;
import io.heapgauge.analysis.store.BitStore;
import io.heapgauge.analysis.store.Scratch;
import java.util.ArrayList;
import java.util.List;

/**
 * What the GC roots reach over every strong edge, and what only weak, soft, phantom or final references hold. Class
 * membership counts: a class with a reached instance is reached.
 */
public final class GcReachability {
    private final BitStore reached;
    private final TypeTally byType;
    private final HeapTotals totals;

    private GcReachability(BitStore reached, TypeTally byType, HeapTotals totals) {
        this.reached = reached;
        this.byType = byType;
        this.totals = totals;
    }

    /**
     * Follows all GC roots. Cost: one visit of every object that they reach, 10 to 40 ns each; two bits of scratch per
     * object.
     *
     * @param graph the heap
     * @param scratch where the memory comes from; must stay open as long as the result is used
     * @param monitor hears of the progress
     * @return what is reached
     */
    public static GcReachability of(HeapGraph graph, Scratch scratch, Monitor monitor) {
        return of(graph, scratch, new Walk(graph, scratch, monitor), monitor);
    }

    static GcReachability of(HeapGraph graph, Scratch scratch, Walk walk, Monitor monitor) {
        monitor.phase("following GC roots");
        int types = graph.source().types().size();
        Referents referents = new Referents(graph.source().types(), scratch);
        walk.reset();
        walk.throughClasses();
        walk.leaveOut(graph.rules().indexOf(FieldRule.REFERENT));
        walk.collectReferents(referents);
        TypeTally strong = TypeTally.empty(types);
        GcRoots roots = graph.source().roots();
        for (int root = 0; root < roots.size(); root++) {
            int ordinal = graph.ordinalOf(roots.id(root));
            if (ordinal >= 0) {
                walk.enter(ordinal);
                walk.drain(strong);
            }
        }
        BitStore reached = new BitStore(scratch, graph.size());
        reached.copyFrom(walk.marked());
        List<Size> weaklyHeld = new ArrayList<>();
        for (int kind = 0; kind <= Referents.WEAKEST; kind++) {
            TypeTally weak = TypeTally.empty(types);
            referents.phase(kind);
            while (!referents.isEmpty()) {
                walk.enter(referents.next());
                walk.drain(weak);
            }
            weaklyHeld.add(new Size(weak.totalObjects(), weak.totalBytes()));
        }
        referents.release();
        WeaklyHeld held = new WeaklyHeld(weaklyHeld.get(0), weaklyHeld.get(1), weaklyHeld.get(2), weaklyHeld.get(3));
        return new GcReachability(reached, strong, totals(graph.tally(), strong, held));
    }

    private static HeapTotals totals(TypeTally all, TypeTally strong, WeaklyHeld held) {
        Size everything = new Size(all.totalObjects(), all.totalBytes());
        Size reachable = new Size(strong.totalObjects(), strong.totalBytes());
        Size weaklyHeld = held.total();
        return new HeapTotals(
                everything,
                reachable,
                weaklyHeld,
                new Size(
                        everything.objects() - reachable.objects() - weaklyHeld.objects(),
                        everything.bytes() - reachable.bytes() - weaklyHeld.bytes()),
                held);
    }

    void release() {
        reached.release();
    }

    /**
     * Whether a GC root reaches an object over strong edges.
     *
     * @param ordinal the object
     * @return true if so
     */
    public boolean isReached(int ordinal) {
        return reached.get(ordinal);
    }

    /**
     * What is reached, by type.
     *
     * @return not to be changed
     */
    public TypeTally byType() {
        return byType;
    }

    /**
     * Reached, weakly held and not reached; the three add up to everything.
     *
     * @return the totals
     */
    public HeapTotals totals() {
        return totals;
    }
}

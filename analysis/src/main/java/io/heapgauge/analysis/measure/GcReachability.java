/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.graph.TypeTally;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.report.HeapTotals;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.report.WeaklyHeld;
import io.heapgauge.analysis.store.BitStore;
import io.heapgauge.analysis.store.Scratch;
import org.agrona.collections.IntHashSet;

/**
 * What the GC roots reach over every strong edge, and what only weak, soft, phantom or final references hold. Class
 * membership counts: a class with a reached instance is reached.
 */
public final class GcReachability {
    private final BitStore reached;
    private final TypeTally byType;
    private final HeapTotals totals;

    /**
     * @param reached what is strongly reached
     * @param byType the same by type
     */
    GcReachability(HeapGraph graph, BitStore reached, TypeTally byType, WeaklyHeld weaklyHeld) {
        this.reached = reached;
        this.byType = byType;
        totals = totals(graph.tally(), byType, weaklyHeld);
    }

    /**
     * Follows all GC roots. Cost: one visit of every object that they reach, 10 to 40 ns each; three bits of scratch per
     * object, one of them as long as the result is used.
     *
     * @param graph the heap
     * @param scratch where the memory comes from; must stay open as long as the result is used
     * @param monitor hears of the progress
     * @return what is reached
     */
    public static GcReachability of(HeapGraph graph, Scratch scratch, Monitor monitor) {
        return GcWalk.begin(graph, scratch, monitor, new IntHashSet()).end();
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

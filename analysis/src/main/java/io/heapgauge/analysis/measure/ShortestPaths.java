/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.store.IntStore;
import io.heapgauge.analysis.store.Scratch;
import org.jspecify.annotations.Nullable;

/**
 * Shortest paths over strong references from the GC roots to every object that they reach. Safe for reading by several
 * threads.
 *
 * <p>Cost: one visit of every reached object. Memory: 4 bytes per object.
 */
public final class ShortestPaths {
    private final HeapGraph graph;
    private final IntStore parents;

    private ShortestPaths(HeapGraph graph, IntStore parents) {
        this.graph = graph;
        this.parents = parents;
    }

    /**
     * Searches breadth-first from all GC roots at once.
     *
     * @param graph the heap, with its references
     * @param scratch where the memory comes from; must stay open as long as the result is used
     * @param monitor hears of the progress
     * @return the paths
     * @throws io.heapgauge.analysis.store.ScratchBudgetException if it does not fit
     */
    public static ShortestPaths of(HeapGraph graph, Scratch scratch, Monitor monitor) {
        monitor.phase("looking for paths");
        return new ShortestPaths(graph, BreadthFirst.search(graph, scratch, monitor, BreadthFirst.EVERYTHING));
    }

    /**
     * A path.
     *
     * @param ordinal the object
     * @return ordinals from the object that the VM holds to the object itself; empty where no GC root reaches it
     */
    public int[] to(int ordinal) {
        return BreadthFirst.path(parents, ordinal);
    }

    /**
     * Why the VM holds an object.
     *
     * @param ordinal first object of a path
     * @return a few words, null where the VM does not hold it itself
     */
    public @Nullable String rootKind(int ordinal) {
        int parent = parents.get(ordinal);
        return parent < 0 ? BreadthFirst.rootKind(graph, parent, ordinal) : null;
    }
}

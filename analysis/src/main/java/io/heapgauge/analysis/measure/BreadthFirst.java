/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.graph.GcRoots;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.store.IntStack;
import io.heapgauge.analysis.store.IntStore;
import io.heapgauge.analysis.store.Scratch;
import org.agrona.collections.IntArrayList;

/**
 * A tree of shortest paths over strong references, breadth-first from all GC roots at once. A class that only its reached
 * instances hold counts as a root once everything else has been visited.
 *
 * <p>Cost: one visit of each reached object. Memory: 4 bytes per object and those of the widest level.
 */
final class BreadthFirst {
    /** No GC root reaches the object, or the search ended before. */
    static final int UNSEEN = 0;

    static final int GC_ROOT = -1;
    static final int HELD_CLASS = -2;
    static final String HELD_CLASS_LABEL = "class of reached objects";
    /** Instead of a target: visit everything. */
    static final int EVERYTHING = -1;

    private final HeapGraph graph;
    private final Monitor monitor;
    private final int target;
    private final IntStore parents;
    private IntStack level;
    private IntStack nextLevel;
    private int visited;

    private BreadthFirst(HeapGraph graph, Scratch scratch, Monitor monitor, int target) {
        this.graph = graph;
        this.monitor = monitor;
        this.target = target;
        parents = IntStore.ofLength(scratch, graph.size());
        level = new IntStack(scratch);
        nextLevel = new IntStack(scratch);
    }

    /**
     * Searches.
     *
     * @param target ends the search once it is met, or {@link #EVERYTHING}
     * @return ordinal → ordinal of the object before it on its path plus 1, or {@link #UNSEEN}, {@link #GC_ROOT},
     *     {@link #HELD_CLASS}; the caller's to release
     */
    static IntStore search(HeapGraph graph, Scratch scratch, Monitor monitor, int target) {
        BreadthFirst search = new BreadthFirst(graph, scratch, monitor, target);
        search.search();
        search.level.release();
        search.nextLevel.release();
        return search.parents;
    }

    /** From the object that the VM holds to an object; empty where it is {@link #UNSEEN}. */
    static int[] path(IntStore parents, int ordinal) {
        IntArrayList upwards = new IntArrayList();
        int at = ordinal;
        int parent = parents.get(at);
        if (parent == UNSEEN) {
            return new int[0];
        }
        for (; parent > 0; parent = parents.get(at)) {
            upwards.addInt(at);
            at = parent - 1;
        }
        upwards.addInt(at);
        int[] path = new int[upwards.size()];
        for (int i = 0; i < path.length; i++) {
            path[i] = upwards.getInt(path.length - 1 - i);
        }
        return path;
    }

    /** Why the VM holds the first object of a path. */
    static String rootKind(HeapGraph graph, int parent, int ordinal) {
        if (parent == HELD_CLASS) {
            return HELD_CLASS_LABEL;
        }
        GcRoots roots = graph.source().roots();
        long id = graph.idOf(ordinal);
        int root = 0;
        while (roots.id(root) != id) {
            root++;
        }
        return roots.kind(root).label();
    }

    private boolean found() {
        return target != EVERYTHING && parents.get(target) != UNSEEN;
    }

    private void search() {
        GcRoots roots = graph.source().roots();
        for (int root = 0; root < roots.size(); root++) {
            int ordinal = graph.ordinalOf(roots.id(root));
            if (ordinal >= 0) {
                visit(ordinal, GC_ROOT);
            }
        }
        spread();
        HeldClasses held = new HeldClasses(graph, monitor);
        while (!found() && held.next(ordinal -> parents.get(ordinal) != UNSEEN, object -> visit(object, HELD_CLASS))) {
            spread();
        }
    }

    private void visit(int ordinal, int parent) {
        if (parents.get(ordinal) == UNSEEN) {
            parents.set(ordinal, parent);
            nextLevel.push(ordinal);
            if ((++visited & Monitor.POLL) == 0) {
                monitor.at((double) visited / graph.size());
            }
        }
    }

    private void spread() {
        while (!nextLevel.isEmpty() && !found()) {
            IntStack visiting = nextLevel;
            nextLevel = level;
            level = visiting;
            while (!level.isEmpty()) {
                int ordinal = level.pop();
                long position = graph.row(ordinal);
                int reference = position < 0 ? -1 : 0;
                while (reference >= 0) {
                    reference = graph.target(position++);
                    visit(reference & ~HeapGraph.LAST, ordinal + 1);
                }
            }
        }
    }
}

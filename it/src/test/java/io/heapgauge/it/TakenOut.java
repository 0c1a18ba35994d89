/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import io.heapgauge.analysis.graph.GcRoots;
import io.heapgauge.analysis.graph.HeapGraph;
import java.util.BitSet;
import org.agrona.collections.IntArrayList;

/**
 * The retained size by its definition: walks from the GC roots with and without the object, and tells what the second walk
 * no longer reaches. Knows nothing of dominators. Cost: a walk for each object.
 */
final class TakenOut {
    private final HeapGraph graph;
    /** GC roots, and the classes of reached instances that nothing else holds. */
    private final IntArrayList roots = new IntArrayList();

    private final BitSet reached;

    /** Finds out what is held; the graph must stay open and have its references. */
    TakenOut(HeapGraph graph) {
        this.graph = graph;
        GcRoots all = graph.source().roots();
        for (int root = 0; root < all.size(); root++) {
            if (graph.ordinalOf(all.id(root)) >= 0) {
                roots.addInt(graph.ordinalOf(all.id(root)));
            }
        }
        BitSet found = reachedWithout(-1);
        while (addClassesOf(found)) {
            found = reachedWithout(-1);
        }
        reached = found;
    }

    /** The retained size of an object. */
    long retainedBytes(long id) {
        return retained(id).stream().mapToLong(graph::bytesOf).sum();
    }

    /** Ordinals of what is no longer reached without an object, the object itself among them. */
    BitSet retained(long id) {
        BitSet retained = (BitSet) reached.clone();
        retained.andNot(reachedWithout(graph.ordinalOf(id)));
        return retained;
    }

    private boolean addClassesOf(BitSet found) {
        BitSet missing = new BitSet();
        found.stream()
                .map(ordinal -> graph.classObject(graph.typeOf(ordinal)))
                .filter(classObject -> classObject >= 0 && !found.get(classObject))
                .forEach(missing::set);
        missing.stream().forEach(roots::addInt);
        return !missing.isEmpty();
    }

    private BitSet reachedWithout(int gone) {
        BitSet found = new BitSet(graph.size());
        IntArrayList open = new IntArrayList();
        roots.forEachInt(root -> enter(root, gone, found, open));
        while (!open.isEmpty()) {
            int holder = open.popInt();
            long position = graph.row(holder);
            for (int target = 0; position >= 0 && target >= 0; position++) {
                target = graph.target(position);
                enter(target & ~HeapGraph.LAST, gone, found, open);
            }
        }
        return found;
    }

    private static void enter(int ordinal, int gone, BitSet found, IntArrayList open) {
        if (ordinal != gone && !found.get(ordinal)) {
            found.set(ordinal);
            open.pushInt(ordinal);
        }
    }
}

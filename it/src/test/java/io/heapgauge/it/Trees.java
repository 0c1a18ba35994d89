/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import io.heapgauge.analysis.graph.HeapGraph;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;

/**
 * Objects below which everything has one holder. The NetBeans library adds such a tree up by itself before it looks for
 * dominators, and then class objects in it weigh what they weigh, and GC roots in it count.
 */
final class Trees {
    static final String LABEL = "whole trees are added up with the class objects in them";

    private final HeapGraph graph;
    /** Ordinals of objects with several holders, garbage and references among them. */
    private final BitSet shared = new BitSet();

    private Trees(HeapGraph graph) {
        this.graph = graph;
    }

    /** Counts holders; the graph must stay open and have its references. */
    static Trees of(HeapGraph graph) {
        Trees trees = new Trees(graph);
        BitSet held = new BitSet();
        int[] lastHolder = new int[graph.size()];
        for (int each = 0; each < graph.size(); each++) {
            int holder = each;
            AllReferences.of(graph, holder, target -> {
                if (held.get(target) && lastHolder[target] != holder) {
                    trees.shared.set(target);
                }
                held.set(target);
                lastHolder[target] = holder;
            });
        }
        return trees;
    }

    /** Shallow bytes of the whole tree below an object, class objects included; -1 where it is none. */
    long bytesOfTree(long id) {
        Deque<Integer> open = new ArrayDeque<>();
        BitSet seen = new BitSet();
        open.add(graph.ordinalOf(id));
        long bytes = 0;
        boolean[] isTree = {true};
        while (!open.isEmpty() && isTree[0]) {
            int holder = open.remove();
            bytes += graph.bytesOf(holder);
            AllReferences.of(graph, holder, target -> {
                isTree[0] &= seen.get(target) || !shared.get(target);
                if (!seen.get(target)) {
                    seen.set(target);
                    open.add(target);
                }
            });
        }
        return isTree[0] ? bytes : -1;
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.graph.GcRoots;
import io.heapgauge.analysis.graph.HeapGraph;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.agrona.collections.IntArrayList;

/**
 * Objects below which everything has one holder. The NetBeans library adds such a tree up by itself before it looks for
 * dominators, without asking what else holds it: class objects in it weigh what they weigh, and GC roots in it count. What
 * retains the tree retains that sum, and nothing that hangs from the tree besides: nothing at all where the tree's top is a
 * class object, and not the class that an object of the tree was the first to show.
 */
final class Trees {
    static final String LABEL = "whole trees are added up first, with the class objects and GC roots in them";

    private static final int NO_TREE = -1;

    private final HeapGraph graph;
    private final Map<Long, List<Long>> classesFoundBy;
    private final BitSet classObjects = new BitSet();
    private final BitSet roots = new BitSet();
    private final BitSet held = new BitSet();
    /** Ordinals of objects with several holders, garbage and references among them. */
    private final BitSet shared = new BitSet();

    private Trees(HeapGraph graph, LibraryHolders holders) {
        this.graph = graph;
        classesFoundBy = holders.classes();
        graph.source().types().stream()
                .mapToInt(type -> type.classId() == 0 ? -1 : graph.ordinalOf(type.classId()))
                .filter(ordinal -> ordinal >= 0)
                .forEach(classObjects::set);
        GcRoots all = graph.source().roots();
        for (int root = 0; root < all.size(); root++) {
            if (graph.ordinalOf(all.id(root)) >= 0) {
                roots.set(graph.ordinalOf(all.id(root)));
            }
        }
    }

    /**
     * Counts holders; the graph must stay open and have its references.
     *
     * @param graph with all conventions but that class objects weigh nothing
     */
    static Trees of(HeapGraph graph, LibraryHolders holders) {
        Trees trees = new Trees(graph, holders);
        int referentRule = graph.rules().indexOf(FieldRule.REFERENT);
        int[] lastHolder = new int[graph.size()];
        for (int ordinal = 0; ordinal < graph.size(); ordinal++) {
            int holder = ordinal;
            trees.forEachTarget(holder, target -> trees.hold(target, holder, lastHolder));
            int referent = graph.field(holder, referentRule);
            if (referent >= 0) {
                trees.hold(referent, holder, lastHolder);
            }
        }
        return trees;
    }

    /**
     * What the library says that an object retains.
     *
     * @param retained ordinals of what it retains by dominators
     */
    long bytesByTrees(long id, BitSet retained) {
        int top = graph.ordinalOf(id);
        long whole = bytesOfTree(top);
        if (whole != NO_TREE) {
            return whole;
        }
        long bytes = 0;
        BitSet seen = new BitSet();
        IntArrayList open = new IntArrayList();
        seen.set(top);
        open.pushInt(top);
        while (!open.isEmpty()) {
            int holder = open.popInt();
            boolean isClass = classObjects.get(holder);
            long tree = bytesOfTree(holder);
            if (tree != NO_TREE) {
                bytes += isClass ? 0 : tree;
                continue;
            }
            bytes += isClass ? 0 : graph.bytesOf(holder);
            forEachTarget(holder, target -> {
                if (retained.get(target) && !seen.get(target)) {
                    seen.set(target);
                    open.pushInt(target);
                }
            });
        }
        return bytes;
    }

    /** Shallow bytes of the whole tree below an object, class objects included. */
    private long bytesOfTree(int top) {
        long bytes = 0;
        BitSet seen = new BitSet();
        IntArrayList open = new IntArrayList();
        seen.set(top);
        open.pushInt(top);
        while (!open.isEmpty()) {
            int holder = open.popInt();
            List<Long> found = classesFoundBy.getOrDefault(graph.idOf(holder), List.of());
            BitSet parts = new BitSet();
            forEachTarget(holder, target -> {
                if (!found.contains(graph.idOf(target))) {
                    parts.set(target);
                }
            });
            boolean leaf = parts.isEmpty() && found.isEmpty();
            if (!leaf && !isBranch(parts) || parts.intersects(seen)) {
                return NO_TREE;
            }
            seen.or(parts);
            parts.stream().forEach(open::pushInt);
            bytes += graph.bytesOf(holder);
        }
        return bytes;
    }

    /** The library comes down from the leaves by the way on which it found them, and it finds no GC root by a holder. */
    private boolean isBranch(BitSet parts) {
        return !parts.intersects(shared) && parts.stream().anyMatch(part -> !roots.get(part));
    }

    private void hold(int target, int holder, int[] lastHolder) {
        if (held.get(target) && lastHolder[target] != holder) {
            shared.set(target);
        }
        held.set(target);
        lastHolder[target] = holder;
    }

    /** References to others; a slot that refers to the object itself is an empty one. */
    private void forEachTarget(int holder, IntConsumer action) {
        long position = graph.row(holder);
        for (int target = 0; position >= 0 && target >= 0; position++) {
            target = graph.target(position);
            int ordinal = target & ~HeapGraph.LAST;
            if (ordinal != holder) {
                action.accept(ordinal);
            }
        }
    }
}

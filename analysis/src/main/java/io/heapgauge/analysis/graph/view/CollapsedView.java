/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.graph.view;

import io.heapgauge.analysis.graph.GcRoots;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.graph.TypeTally;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.store.BitStore;
import io.heapgauge.analysis.store.IntStore;
import io.heapgauge.analysis.store.LongStore;
import io.heapgauge.analysis.store.Scratch;

/**
 * A graph in which private parts count with the one object that owns them: a map with its table and nodes, a string with its
 * bytes, a boxed value with its holder. Nothing in the graph changes; releasing the view gives back what it was.
 *
 * <p>Objects that {@link PartRules} connect form a cluster. Its head is the one object in it that is nobody's part; where
 * there are two heads, as with two strings that share their bytes, or anything from outside the cluster refers to a part,
 * as an iterator does to a node, or a GC root holds one, nothing of it is folded. A boxed value is folded if all its holders
 * belong to one owner. Referents of weak references are no references here; holders count whether they are reached or not.
 *
 * <p>Cost: three passes over all references. Memory: 8 bytes and 2 bits per object.
 */
public final class CollapsedView {
    private final HeapGraph graph;
    private final Scratch scratch;
    private final Monitor monitor;
    private final boolean[] fieldRules;
    private final boolean[] arrayRules;
    private final boolean[] boxed;
    /** Ordinal → another member of its cluster plus 1, 0 for the one that stands for the cluster. */
    private final IntStore members;
    /** What stands for a cluster → its head plus 1, 0 for none yet. Boxed value → its owner plus 1. */
    private final IntStore heads;

    private final BitStore parts;
    /** What stands for a cluster of which nothing is folded; boxed values that are not folded. */
    private final BitStore spoiled;

    private CollapsedView(HeapGraph graph, PartRules rules, Scratch scratch, Monitor monitor) {
        this.graph = graph;
        this.scratch = scratch;
        this.monitor = monitor;
        fieldRules = rules.fields(graph.rules());
        arrayRules = rules.arrays(graph.source().types());
        boxed = PartRules.boxed(graph.source().types());
        members = IntStore.ofLength(scratch, graph.size());
        heads = IntStore.ofLength(scratch, graph.size());
        parts = new BitStore(scratch, graph.size());
        spoiled = new BitStore(scratch, graph.size());
    }

    /**
     * Looks at a graph.
     *
     * @param graph the heap, with its references, built with the rules
     * @param rules what is a part of what
     * @param scratch where the memory comes from
     * @param monitor hears of the progress
     * @return the view
     * @throws io.heapgauge.analysis.store.ScratchBudgetException if it does not fit
     */
    public static CollapsedView of(HeapGraph graph, PartRules rules, Scratch scratch, Monitor monitor) {
        CollapsedView view = new CollapsedView(graph, rules, scratch, monitor);
        monitor.phase("folding parts into their owners");
        view.pass(0, view::join);
        view.findHeads();
        view.pass(1, view::spoilWhatOthersHold);
        view.spoilRoots();
        view.pass(2, view::ownBoxed);
        return view;
    }

    private interface Edge {
        void take(int holder, int target, boolean toPart);
    }

    private void pass(int number, Edge edge) {
        for (int holder = 0; holder < graph.size(); holder++) {
            edges(holder, edge);
            if ((holder & Monitor.POLL) == 0) {
                monitor.at((number + (double) holder / graph.size()) / 3);
            }
        }
    }

    private void edges(int holder, Edge edge) {
        long position = graph.row(holder);
        if (position < 0) {
            return;
        }
        int type = graph.typeOf(holder);
        int[] slots = graph.slots(holder, type);
        boolean elements = arrayRules[type];
        int target = 0;
        for (int at = 0; target >= 0; at++) {
            target = graph.target(position++);
            int ordinal = target & ~HeapGraph.LAST;
            if (ordinal != holder) {
                edge.take(holder, ordinal, at < slots.length ? fieldRules[slots[at]] : elements);
            }
        }
    }

    private void join(int holder, int target, boolean toPart) {
        if (toPart && graph.typeOf(target) != graph.source().classType()) {
            parts.add(target);
            int one = cluster(holder);
            int other = cluster(target);
            if (one != other) {
                members.set(Math.max(one, other), Math.min(one, other) + 1);
            }
        }
    }

    /** Finds what stands for a cluster, halving the way for the next one who asks. */
    private int cluster(int ordinal) {
        int at = ordinal;
        int next = members.get(at);
        while (next != 0) {
            int afterNext = members.get(next - 1);
            if (afterNext != 0) {
                members.set(at, afterNext);
            }
            at = next - 1;
            next = members.get(at);
        }
        return at;
    }

    private void findHeads() {
        for (int ordinal = 0; ordinal < graph.size(); ordinal++) {
            if (!parts.get(ordinal)) {
                int cluster = cluster(ordinal);
                if (heads.get(cluster) != 0) {
                    spoiled.add(cluster);
                }
                heads.set(cluster, ordinal + 1);
            }
            if ((ordinal & Monitor.POLL) == 0) {
                monitor.check();
            }
        }
    }

    private void spoilWhatOthersHold(int holder, int target, boolean toPart) {
        if (parts.get(target) && cluster(target) != cluster(holder)) {
            spoiled.add(cluster(target));
        }
    }

    private boolean isBoxed(int ordinal) {
        return boxed[graph.typeOf(ordinal)] && !parts.get(ordinal);
    }

    private void ownBoxed(int holder, int target, boolean toPart) {
        if (isBoxed(target)) {
            int owner = ownerOf(holder) + 1;
            int known = heads.get(target);
            if (known == target + 1) {
                heads.set(target, owner);
            } else if (known != owner) {
                spoiled.add(target);
            }
        }
    }

    private void spoilRoots() {
        GcRoots roots = graph.source().roots();
        for (int root = 0; root < roots.size(); root++) {
            int ordinal = graph.ordinalOf(roots.id(root));
            if (ordinal >= 0 && (parts.get(ordinal) || isBoxed(ordinal))) {
                spoiled.add(cluster(ordinal));
            }
        }
    }

    /**
     * The object that another one counts with. Not safe for use by several threads.
     *
     * @param ordinal an object
     * @return its owner; itself where it is no part of anything. The owner of an owner is itself
     */
    public int ownerOf(int ordinal) {
        int cluster = cluster(ordinal);
        int head = heads.get(cluster);
        return head == 0 || spoiled.get(cluster) ? ordinal : head - 1;
    }

    /**
     * Owners by type, each with the bytes of its parts. Cost: a look at every object, and 8 bytes of scratch for each while
     * it runs.
     *
     * @return objects that are no part of another, and the bytes of all objects, by type of the owner
     */
    public TypeTally tally() {
        LongStore bytes = new LongStore(scratch, graph.size());
        for (int ordinal = 0; ordinal < graph.size(); ordinal++) {
            int owner = ownerOf(ordinal);
            bytes.set(owner, bytes.get(owner) + graph.bytesOf(ordinal));
            if ((ordinal & Monitor.POLL) == 0) {
                monitor.at((double) ordinal / graph.size());
            }
        }
        TypeTally tally = TypeTally.empty(graph.source().types().size());
        for (int ordinal = 0; ordinal < graph.size(); ordinal++) {
            if (ownerOf(ordinal) == ordinal) {
                tally.add(graph.typeOf(ordinal), bytes.get(ordinal));
            }
            if ((ordinal & Monitor.POLL) == 0) {
                monitor.check();
            }
        }
        bytes.release();
        return tally;
    }

    /** Gives its memory back; it must not be used any more. */
    public void release() {
        members.release();
        heads.release();
        parts.release();
        spoiled.release();
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.graph.GcRoots;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.report.RetainedObject;
import io.heapgauge.analysis.store.BitStore;
import io.heapgauge.analysis.store.IntStack;
import io.heapgauge.analysis.store.IntStore;
import io.heapgauge.analysis.store.Scratch;
import java.util.Comparator;
import java.util.LinkedList;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import org.agrona.collections.Int2IntHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The dominator tree of everything that the GC roots reach, and the retained size of every object in it. Object d dominates
 * object v when every path from a GC root to v leads through d; the retained size of d is the sum of the shallow sizes of
 * all it dominates, itself included: what a collector could free if d were gone. One virtual root stands above all GC roots.
 *
 * <h2>How it works</h2>
 *
 * <p>The algorithm is semi-NCA (Georgiadis, Tarjan, Werneck, <i>Finding Dominators in Practice</i>, JGAA 10(1), 2006; first
 * in Georgiadis' thesis, Princeton 2005), the practical form of Lengauer and Tarjan's (<i>A Fast Algorithm for Finding
 * Dominators in a Flowgraph</i>, TOPLAS 1(1), 1979). It needs a depth-first numbering, the references outside the
 * depth-first tree, and for each object its parent in that tree. Three observations make it small and quick on heaps:
 *
 * <ol>
 *   <li>Most references are tree edges. Beside the tree, only the others have to be remembered, as pairs of numbers, while
 *       the walk runs; afterwards the rows of the graph are no longer needed and their memory serves again.
 *   <li>An object in whose subtree of the depth-first tree no other reference starts or ends has its parent as immediate
 *       dominator: nothing enters the subtree but through it, so no path can bypass the parent. Only the endpoints of
 *       non-tree references and their ancestors, the <i>core</i>, go through {@link SemiNca}: about a quarter of a heap of
 *       ordinary maps and lists. The core is closed under parents, so it is a tree of its own, and semi-NCA runs on it as it
 *       is.
 *   <li>Depth-first numbers grow from an immediate dominator to what it dominates. So one backward sweep over the numbers adds
 *       up retained sizes, without a tree in memory.
 * </ol>
 *
 * <p>Nothing here is recursive: chains of millions of objects are ordinary (a linked list), so the walk keeps only the
 * position to resume at on a stack off the heap (the object itself is the parent of the one above), and path compression
 * reverses its path with a stack of its own. Nor does anything walk along such a chain for each object: semi-NCA's search for
 * the nearest common ancestor jumps ({@link SemiNca}), which takes its quadratic worst case away.
 *
 * <p>References through the referent of weak, soft, phantom and final references are no edges. The edge from an object to
 * its class is none either, for it would make nearly the whole graph core; instead a class with a reached instance that
 * nothing else reaches hangs from the virtual root.
 *
 * <p>Cost: 30 to 60 ns per reached object. Memory beside the graph: 4 bytes per reached object and 8 per non-tree reference
 * during the walk, whose numbers take the place of the graph's rows; then 20 bytes per object of the core in place of the
 * graph's references; at its end 8 bytes per reached object, or 12 above 32 GiB. Not safe for use by several threads while it
 * is built, safe for reading afterwards.
 */
public final class Dominators {
    /** Depth-first number of the virtual root. */
    private static final int VIRTUAL_ROOT = 0;
    /** What sets a number apart from the start of a row, whose place it takes. */
    private static final int ENTERED = 0x8000_0000;

    private final HeapGraph graph;
    private final Scratch scratch;
    private final Monitor monitor;

    /**
     * Ordinal → depth-first number from 1 with {@link #ENTERED} set. Where no GC root reaches it the start of its row stays, which
     * is not negative in the end.
     */
    private final IntStore numbers;
    /** The objects that have a number, where the rows of a huge graph leave no sign free to tell; null as a rule. */
    private final @Nullable BitStore entered;
    /** Depth-first number → number of its parent in the depth-first tree; in the end of its immediate dominator. */
    private final IntStore parents;
    /** Sources and destinations of non-tree references, pairs of depth-first numbers. */
    private final IntStore nonTree;

    private long nonTreeInts;
    /** Positions to resume at, as unsigned ints; the objects they belong to are the ancestors of the current one. */
    private final IntStack resume;

    private int reached;
    private @Nullable ByteSums retained;

    private Dominators(HeapGraph graph, Scratch scratch, Monitor monitor, boolean signsFree) {
        this.graph = graph;
        this.scratch = scratch;
        this.monitor = monitor;
        entered = signsFree ? null : new BitStore(scratch, graph.size());
        numbers = graph.takeRows();
        parents = IntStore.growing(scratch);
        nonTree = IntStore.growing(scratch);
        resume = new IntStack(scratch);
    }

    /**
     * Builds the tree and gives the graph's references back: afterwards the graph still knows its objects, types and sizes,
     * and can no longer be walked.
     *
     * @param graph the heap; loses its references
     * @param scratch where the memory comes from; must stay open as long as the result is used
     * @param monitor hears of the progress
     * @return the dominators with retained sizes
     * @throws io.heapgauge.analysis.store.ScratchBudgetException if it does not fit
     */
    public static Dominators of(HeapGraph graph, Scratch scratch, Monitor monitor) {
        return of(graph, scratch, monitor, graph.hasFreeSigns());
    }

    /** The same for tests, which have no graph as huge as it takes. */
    static Dominators of(HeapGraph graph, Scratch scratch, Monitor monitor, boolean signsFree) {
        Dominators dominators = new Dominators(graph, scratch, monitor, signsFree);
        dominators.number();
        graph.dropTargets();
        dominators.forgetRows();
        dominators.resume.release();
        SemiNca.run(
                scratch, monitor, dominators.reached, dominators.parents, dominators.nonTree, dominators.nonTreeInts);
        dominators.nonTree.release();
        dominators.addUp();
        return dominators;
    }

    // ---- the depth-first walk

    private void number() {
        monitor.phase("numbering objects");
        parents.ensure(0);
        GcRoots roots = graph.source().roots();
        for (int root = 0; root < roots.size(); root++) {
            int ordinal = graph.ordinalOf(roots.id(root));
            if (ordinal >= 0) {
                numberFrom(ordinal);
            }
        }
        HeldClasses held = new HeldClasses(graph, monitor);
        while (held.next(ordinal -> isEntered(ordinal, numbers.get(ordinal)), this::numberFrom)) {
            monitor.at(1);
        }
    }

    private void numberFrom(int root) {
        int entry = numbers.get(root);
        if (isEntered(root, entry)) {
            int known = entry & ~ENTERED;
            if (parents.get(known) != VIRTUAL_ROOT) {
                addNonTree(VIRTUAL_ROOT, known);
            }
            return;
        }
        enter(root, VIRTUAL_ROOT);
        long position = HeapGraph.position(entry);
        int current = reached;
        long depth = 0;
        while (true) {
            if (position < 0) {
                if (depth == 0) {
                    return;
                }
                depth--;
                current = parents.get(current);
                position = (resume.pop() & 0xffff_ffffL) - 1;
                continue;
            }
            int target = graph.target(position++);
            int ordinal = target & ~HeapGraph.LAST;
            if (target < 0) {
                position = -1;
            }
            entry = numbers.get(ordinal);
            if (!isEntered(ordinal, entry)) {
                enter(ordinal, current);
                if (entry != 0) {
                    resume.push((int) (position + 1));
                    depth++;
                    current = reached;
                    position = HeapGraph.position(entry);
                }
            } else {
                int number = entry & ~ENTERED;
                if (number != current && parents.get(number) != current) {
                    addNonTree(current, number);
                }
            }
        }
    }

    /** Gives an object the next number, in the place of its row. */
    private void enter(int ordinal, int parent) {
        int number = ++reached;
        numbers.set(ordinal, number | ENTERED);
        if (entered != null) {
            entered.add(ordinal);
        }
        parents.ensure(number);
        parents.set(number, parent);
        if ((number & Monitor.POLL) == 0) {
            monitor.at((double) number / graph.size());
        }
    }

    private boolean isEntered(int ordinal, int entry) {
        return entered == null ? entry < 0 : entered.get(ordinal);
    }

    /** From here on the sign tells in any graph whether an object has a number. */
    private void forgetRows() {
        if (entered == null) {
            return;
        }
        for (int ordinal = 0; ordinal < graph.size(); ordinal++) {
            if (!entered.get(ordinal)) {
                numbers.set(ordinal, 0);
            }
            poll(ordinal, graph.size(), 0, 1);
        }
        entered.release();
    }

    private void addNonTree(int source, int destination) {
        nonTree.ensure(nonTreeInts + 1);
        nonTree.set(nonTreeInts++, source);
        nonTree.set(nonTreeInts++, destination);
    }

    // ---- retained sizes

    private void addUp() {
        monitor.phase("adding up retained sizes");
        ByteSums sums = new ByteSums(
                scratch,
                reached + 1L,
                graph.tally().totalBytes(),
                graph.source().alignmentBytes());
        for (int ordinal = 0; ordinal < graph.size(); ordinal++) {
            int number = numberOf(ordinal);
            if (number > 0) {
                sums.add(number, graph.bytesOf(ordinal));
            }
            poll(ordinal, graph.size(), 0, 2);
        }
        for (int number = reached; number > 0; number--) {
            sums.add(parents.get(number), sums.get(number));
            poll(reached - number, reached, 1, 2);
        }
        retained = sums;
    }

    private void poll(int done, int of, int loop, int loops) {
        if ((done & Monitor.POLL) == 0) {
            monitor.at((loop + (double) done / of) / loops);
        }
    }

    private ByteSums sums() {
        return Objects.requireNonNull(retained);
    }

    /**
     * Number of objects that the GC roots reach.
     *
     * @return the size of the tree without its virtual root
     */
    public int reached() {
        return reached;
    }

    /**
     * Bytes that the GC roots reach.
     *
     * @return the retained size of the virtual root
     */
    public long reachedBytes() {
        return sums().get(VIRTUAL_ROOT);
    }

    /**
     * The retained size of an object.
     *
     * @param ordinal the object
     * @return bytes, 0 when no GC root reaches it
     */
    public long retainedBytes(int ordinal) {
        int number = numberOf(ordinal);
        return number == 0 ? 0 : sums().get(number);
    }

    /**
     * The objects that retain most. Cost: two looks at every object in the order of memory.
     *
     * @param most how many at the most
     * @return by retained bytes descending, then by id
     */
    public List<RetainedObject> top(int most) {
        monitor.phase("choosing top retainers");
        BitStore candidates = atLeast(leastOfTop(most));
        PriorityQueue<long[]> least = new PriorityQueue<>(Comparator.<long[]>comparingLong(entry -> entry[0])
                .thenComparing(entry -> entry[1], Comparator.reverseOrder()));
        for (int ordinal = 0; ordinal < graph.size(); ordinal++) {
            int number = numberOf(ordinal);
            if (candidates.get(number)) {
                long bytes = sums().get(number);
                if (least.size() < most || bytes > least.element()[0]) {
                    least.add(new long[] {bytes, ordinal});
                    if (least.size() > most) {
                        least.remove();
                    }
                }
            }
            poll(ordinal, graph.size(), 2, 3);
        }
        candidates.release();
        Int2IntHashMap ordinals = new Int2IntHashMap(-1);
        least.forEach(entry -> ordinals.put(numberOf((int) entry[1]), (int) entry[1]));
        LinkedList<RetainedObject> sorted = new LinkedList<>();
        while (!least.isEmpty()) {
            long[] entry = least.remove();
            int ordinal = (int) entry[1];
            // a dominator retains more than what it dominates, so it is among the top as well
            int dominator = ordinals.get(parents.get(numberOf(ordinal)));
            sorted.addFirst(new RetainedObject(
                    graph.idOf(ordinal),
                    graph.displayName(ordinal),
                    graph.bytesOf(ordinal),
                    entry[0],
                    dominator < 0 ? 0 : graph.idOf(dominator)));
        }
        return List.copyOf(sorted);
    }

    /** The retained size of the last one of the top: looks at the sizes alone, which lie side by side. */
    private long leastOfTop(int most) {
        PriorityQueue<Long> top = new PriorityQueue<>();
        long least = 1;
        for (int number = 1; number <= reached; number++) {
            long bytes = sums().get(number);
            if (bytes >= least && top.size() < most) {
                top.add(bytes);
            } else if (bytes > least) {
                top.remove();
                top.add(bytes);
            }
            least = top.size() < most ? 1 : top.element();
            poll(number, reached, 0, 3);
        }
        return least;
    }

    /** The numbers of objects that retain so much or more. */
    private BitStore atLeast(long bytes) {
        BitStore numbersOf = new BitStore(scratch, reached + 1L);
        for (int number = 1; number <= reached; number++) {
            if (sums().get(number) >= bytes) {
                numbersOf.add(number);
            }
            poll(number, reached, 1, 3);
        }
        return numbersOf;
    }

    /**
     * The depth-first number of an object.
     *
     * @param ordinal the object
     * @return from 1 to {@link #reached}, 0 when no GC root reaches it
     */
    public int numberOf(int ordinal) {
        int entry = numbers.get(ordinal);
        return entry < 0 ? entry & ~ENTERED : 0;
    }

    /**
     * The immediate dominator of an object.
     *
     * @param number depth-first number of the object
     * @return its dominator's number, 0 for the virtual root
     */
    public int dominatorOf(int number) {
        return parents.get(number);
    }

    /**
     * The retained size of an object by its number.
     *
     * @param number depth-first number of the object, 0 for the virtual root
     * @return bytes
     */
    public long retainedBytesOf(int number) {
        return sums().get(number);
    }

    /** Gives its memory back; it must not be used any more. */
    void release() {
        numbers.release();
        parents.release();
        sums().release();
    }
}

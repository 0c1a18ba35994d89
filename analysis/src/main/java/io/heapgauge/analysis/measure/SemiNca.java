/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.store.BitStore;
import io.heapgauge.analysis.store.IntStack;
import io.heapgauge.analysis.store.IntStore;
import io.heapgauge.analysis.store.Scratch;

/**
 * Semi-NCA over the core of a depth-first tree: the endpoints of non-tree references and all their ancestors, in a numbering
 * of their own, which is the depth-first order too. {@link Dominators} tells why that is enough.
 */
final class SemiNca {
    private static final int VIRTUAL_ROOT = 0;
    private static final int STAGES = 8;
    /** Positions among the sources are unsigned ints. */
    private static final long UNSIGNED = 0xffff_ffffL;

    private final Scratch scratch;
    private final Monitor monitor;
    private final int reached;
    /** Depth-first number → number of its parent; in the end of its immediate dominator. */
    private final IntStore parents;
    /** Sources and destinations of non-tree references, pairs of depth-first numbers. */
    private final IntStore nonTree;

    private final long nonTreeInts;

    private final BitStore inCore;
    private final int size;
    /** Core index → depth-first number. */
    private final IntStore numberOf;
    /** Core index → parent, then the nearest ancestor that path compression left; in the end where to jump. */
    private final IntStore ancestors;
    /** Core index → least semidominator on the compressed path to its ancestor; in the end depth among the dominators. */
    private final IntStore labels;
    /** Core index → semidominator. */
    private final IntStore semis;
    /** Core index → parent, in the end immediate dominator. */
    private final IntStore dominators;
    /** Core index → start of the sources of its non-tree references in {@code sources}. */
    private final IntStore starts;

    private final IntStore sources;
    private final IntStack path;

    private SemiNca(
            Scratch scratch, Monitor monitor, int reached, IntStore parents, IntStore nonTree, long nonTreeInts) {
        this.scratch = scratch;
        this.monitor = monitor;
        this.reached = reached;
        this.parents = parents;
        this.nonTree = nonTree;
        this.nonTreeInts = nonTreeInts;
        inCore = core();
        size = (int) inCore.cardinality();
        numberOf = IntStore.ofLength(scratch, size);
        ancestors = IntStore.ofLength(scratch, size);
        labels = IntStore.ofLength(scratch, size);
        semis = IntStore.ofLength(scratch, size);
        dominators = IntStore.ofLength(scratch, size);
        starts = IntStore.ofLength(scratch, size + 1L);
        sources = IntStore.ofLength(scratch, nonTreeInts / 2);
        path = new IntStack(scratch);
    }

    /**
     * Replaces the parents of a depth-first tree by immediate dominators.
     *
     * @param scratch where the memory comes from; given back at the end
     * @param monitor hears of the progress
     * @param reached the largest depth-first number
     * @param parents depth-first number → number of its parent, then of its immediate dominator
     * @param nonTree pairs of depth-first numbers, source and destination of each non-tree reference; used up
     * @param nonTreeInts how many ints of it are used
     */
    static void run(
            Scratch scratch, Monitor monitor, int reached, IntStore parents, IntStore nonTree, long nonTreeInts) {
        monitor.phase("finding dominators");
        new SemiNca(scratch, monitor, reached, parents, nonTree, nonTreeInts).run();
    }

    private void stage(int stage, long done, long of) {
        monitor.at((stage + (double) done / of) / STAGES);
    }

    /** Endpoints of non-tree references and all their ancestors. */
    private BitStore core() {
        BitStore members = new BitStore(scratch, reached + 1L);
        members.add(VIRTUAL_ROOT);
        for (long i = 0; i < nonTreeInts; i++) {
            members.add(nonTree.get(i));
            if ((i & Monitor.POLL) == 0) {
                stage(0, i, nonTreeInts);
            }
        }
        for (int number = reached; number > 0; number--) {
            if (members.get(number)) {
                members.add(parents.get(number));
            }
            if ((number & Monitor.POLL) == 0) {
                stage(1, reached - number, reached);
            }
        }
        return members;
    }

    private void run() {
        RankedBits ranks = new RankedBits(scratch, inCore, reached + 1L);
        numberCore(ranks);
        sortNonTree(ranks);
        ranks.release();
        inCore.release();
        semidominators();
        nearestCommonAncestors();
        for (int i = 1; i < size; i++) {
            parents.set(numberOf.get(i), numberOf.get(dominators.get(i)));
            if ((i & Monitor.POLL) == 0) {
                stage(7, i, size);
            }
        }
        for (IntStore store : new IntStore[] {numberOf, ancestors, labels, semis, dominators, starts, sources}) {
            store.release();
        }
        path.release();
    }

    private void numberCore(RankedBits ranks) {
        int index = 0;
        for (int number = 0; number <= reached; number++) {
            if (inCore.get(number)) {
                numberOf.set(index, number);
                int parent = number == VIRTUAL_ROOT ? 0 : ranks.rank(parents.get(number));
                ancestors.set(index, parent);
                dominators.set(index, parent);
                labels.set(index, index);
                index++;
            }
            if ((number & Monitor.POLL) == 0) {
                stage(2, number, reached + 1L);
            }
        }
    }

    /** Groups the sources of non-tree references by destination: count, sum up, place from behind. */
    private void sortNonTree(RankedBits ranks) {
        for (long i = 0; i < nonTreeInts; i += 2) {
            nonTree.set(i, ranks.rank(nonTree.get(i)));
            int destination = ranks.rank(nonTree.get(i + 1));
            nonTree.set(i + 1, destination);
            starts.set(destination, starts.get(destination) + 1);
            if ((i & Monitor.POLL) == 0) {
                stage(3, i, nonTreeInts);
            }
        }
        int sum = 0;
        for (int i = 0; i < size; i++) {
            sum += starts.get(i);
            starts.set(i, sum);
        }
        starts.set(size, sum);
        for (long i = 0; i < nonTreeInts; i += 2) {
            int destination = nonTree.get(i + 1);
            int slot = starts.get(destination) - 1;
            starts.set(destination, slot);
            sources.set(slot & UNSIGNED, nonTree.get(i));
            if ((i & Monitor.POLL) == 0) {
                stage(4, i, nonTreeInts);
            }
        }
    }

    private void semidominators() {
        for (int i = size - 1; i > 0; i--) {
            if ((i & Monitor.POLL) == 0) {
                stage(5, size - i, size);
            }
            int semi = dominators.get(i);
            for (long at = starts.get(i) & UNSIGNED, end = starts.get(i + 1L) & UNSIGNED; at < end; at++) {
                int source = sources.get(at);
                int candidate = source <= i ? source : leastOnPath(source, i);
                if (candidate < semi) {
                    semi = candidate;
                }
            }
            semis.set(i, semi);
            labels.set(i, semi);
        }
    }

    /** The least semidominator on the tree path from above {@code linked} down to a node, compressing the path. */
    private int leastOnPath(int node, int linked) {
        int depth = 0;
        int top = node;
        for (int next = ancestors.get(top); next > linked; next = ancestors.get(top)) {
            path.push(top);
            depth++;
            top = next;
        }
        if (depth > 0) {
            int ancestor = ancestors.get(top);
            int least = labels.get(top);
            for (; depth > 0; depth--) {
                int below = path.pop();
                least = Math.min(least, labels.get(below));
                labels.set(below, least);
                ancestors.set(below, ancestor);
            }
        }
        return labels.get(node);
    }

    /**
     * The immediate dominator is the nearest ancestor, among the dominators of the parent, that is not behind the
     * semidominator. To go there step by step takes as many steps as the chain of dominators is long: with a list of a million
     * elements that are in a map too, half a million for each of them. So every node knows another ancestor to jump to, at such a
     * distance that any search takes no more than logarithmically many steps: E. W. Myers, An applicative random-access stack
     * (Information Processing Letters 17, 1983).
     */
    private void nearestCommonAncestors() {
        // what path compression needed is free for this
        IntStore jumps = ancestors;
        IntStore depths = labels;
        jumps.set(VIRTUAL_ROOT, VIRTUAL_ROOT);
        depths.set(VIRTUAL_ROOT, 0);
        for (int i = 1; i < size; i++) {
            int dominator = dominators.get(i);
            int semi = semis.get(i);
            while (dominator > semi) {
                int jump = jumps.get(dominator);
                dominator = jump > semi ? jump : dominators.get(dominator);
            }
            dominators.set(i, dominator);
            int depth = depths.get(dominator);
            int jump = jumps.get(dominator);
            int farther = jumps.get(jump);
            boolean joins = depth - depths.get(jump) == depths.get(jump) - depths.get(farther);
            depths.set(i, depth + 1);
            jumps.set(i, joins ? farther : dominator);
            if ((i & Monitor.POLL) == 0) {
                stage(6, i, size);
            }
        }
    }
}

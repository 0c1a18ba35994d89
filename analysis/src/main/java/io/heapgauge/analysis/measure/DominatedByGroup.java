/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.store.IntStore;
import io.heapgauge.analysis.store.Scratch;

/**
 * What the objects of each group dominate one by one: the sum of the retained sizes of those members that no other member
 * dominates. A lower bound of what the group retains, since several members can hold together what none of them dominates.
 *
 * <p>One walk over the dominator tree with a counter per group that tells whether a member is above. The tree is threaded by
 * first children and next siblings, so the walk needs no stack. Memory: 12 bytes per reached object beside the tree.
 */
final class DominatedByGroup {
    private static final int VIRTUAL_ROOT = 0;

    private final Dominators dominators;
    private final Monitor monitor;
    /** Depth-first number → group. */
    private final IntStore groups;
    /** Depth-first number → the first of those it dominates immediately, 0 for none. */
    private final IntStore firstChildren;
    /** Depth-first number → the next with the same immediate dominator, 0 for none. */
    private final IntStore nextSiblings;

    private final int[] above;
    private final long[] bytes;

    private DominatedByGroup(
            HeapGraph graph, Dominators dominators, ObjectGroups groupOf, Scratch scratch, Monitor monitor) {
        this.dominators = dominators;
        this.monitor = monitor;
        int reached = dominators.reached();
        groups = IntStore.ofLength(scratch, reached + 1L);
        firstChildren = IntStore.ofLength(scratch, reached + 1L);
        nextSiblings = IntStore.ofLength(scratch, reached + 1L);
        above = new int[groupOf.size()];
        bytes = new long[groupOf.size()];
        for (int ordinal = 0; ordinal < graph.size(); ordinal++) {
            int number = dominators.numberOf(ordinal);
            if (number != 0) {
                groups.set(number, groupOf.groupOf(ordinal));
            }
            if ((ordinal & Monitor.POLL) == 0) {
                monitor.at(0);
            }
        }
        for (int number = reached; number > 0; number--) {
            int dominator = dominators.dominatorOf(number);
            nextSiblings.set(number, firstChildren.get(dominator));
            firstChildren.set(dominator, number);
            if ((number & Monitor.POLL) == 0) {
                monitor.at(0);
            }
        }
    }

    /**
     * Adds up.
     *
     * @return group → bytes
     */
    static long[] of(HeapGraph graph, Dominators dominators, ObjectGroups groupOf, Scratch scratch, Monitor monitor) {
        monitor.phase("ranking groups");
        DominatedByGroup sums = new DominatedByGroup(graph, dominators, groupOf, scratch, monitor);
        sums.walk();
        sums.groups.release();
        sums.firstChildren.release();
        sums.nextSiblings.release();
        return sums.bytes;
    }

    private void walk() {
        int at = enter(firstChildren.get(VIRTUAL_ROOT), 0);
        for (int entered = 1; at != VIRTUAL_ROOT; ) {
            int next = firstChildren.get(at);
            while (next == 0 && at != VIRTUAL_ROOT) {
                above[groups.get(at)]--;
                next = nextSiblings.get(at);
                at = dominators.dominatorOf(at);
            }
            at = enter(next, entered++);
        }
    }

    private int enter(int number, int entered) {
        if (number != VIRTUAL_ROOT) {
            int group = groups.get(number);
            if (above[group]++ == 0) {
                bytes[group] += dominators.retainedBytesOf(number);
            }
            if ((entered & Monitor.POLL) == 0) {
                monitor.at((double) entered / dominators.reached());
            }
        }
        return number;
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.measure.SetRetained.ObjectSet;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.report.RetainedGroup;
import io.heapgauge.analysis.report.RetainedGroups;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.store.Scratch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Exact retained sizes of groups of objects: what the GC roots no longer reach once all objects of a group are taken out.
 * Where a heap has more groups than a few walks can measure, those are measured that dominate most, see
 * {@link DominatedByGroup}; a group that is not among them could retain more only by what its members hold together.
 */
public final class GroupRetained {
    /** Groups measured even where fewer are asked for, so that what members hold together can change the order. */
    public static final int LEAST_MEASURED = 2 * SetRetained.SETS_PER_WALK;

    /** Most groups that can be asked for: as many as four walks measure. */
    public static final int MOST_MEASURED = 4 * SetRetained.SETS_PER_WALK;

    private static final Comparator<RetainedGroup> BY_RETAINED =
            Comparator.comparingLong(RetainedGroup::retainedBytes).reversed().thenComparing(RetainedGroup::name);

    private final HeapGraph graph;
    private final Scratch scratch;
    private final Monitor monitor;
    private final Grouping by;
    private final ObjectGroups groups;
    /** Group → reached members, and the sum of their shallow sizes. */
    private final long[] objects;

    private final long[] bytes;
    private final Size reached;

    private GroupRetained(HeapGraph graph, Scratch scratch, Monitor monitor, Grouping by) {
        this.graph = graph;
        this.scratch = scratch;
        this.monitor = monitor;
        this.by = by;
        groups = new ObjectGroups(graph, by);
        objects = new long[groups.size()];
        bytes = new long[groups.size()];
        GcReachability reachability = GcReachability.of(graph, scratch, monitor);
        for (int ordinal = 0; ordinal < graph.size(); ordinal++) {
            if (reachability.isReached(ordinal)) {
                int group = groups.groupOf(ordinal);
                objects[group]++;
                bytes[group] += graph.bytesOf(ordinal);
            }
            if ((ordinal & Monitor.POLL) == 0) {
                monitor.at((double) ordinal / graph.size());
            }
        }
        reachability.release();
        reached = new Size(Arrays.stream(objects).sum(), Arrays.stream(bytes).sum());
    }

    /**
     * Puts the objects of a heap into groups. Cost: one walk over what the GC roots reach.
     *
     * @param graph the heap, with its references
     * @param scratch where the memory comes from
     * @param monitor hears of the progress
     * @param by how to group
     * @return the groups, not measured yet
     */
    public static GroupRetained of(HeapGraph graph, Scratch scratch, Monitor monitor, Grouping by) {
        return new GroupRetained(graph, scratch, monitor, by);
    }

    /**
     * Whether there are more groups than are measured anyway, so that {@link #ranked} has to choose.
     *
     * @return true if so
     */
    public boolean hasToChoose() {
        return reachedGroups().count() > LEAST_MEASURED;
    }

    /**
     * All groups with reached objects.
     *
     * @return their numbers, which are the same in every graph of the same dump
     */
    public int[] all() {
        return reachedGroups().toArray();
    }

    private IntStream reachedGroups() {
        return IntStream.range(0, objects.length).filter(group -> objects[group] > 0);
    }

    /**
     * The groups to measure: twice as many as are asked for, those first whose objects dominate most. Builds the dominator
     * tree, which uses the graph's references up; {@link #measure} takes another graph of the same dump.
     *
     * @param most how many groups will be shown, at most {@link #MOST_MEASURED}
     * @return their numbers
     */
    public int[] ranked(int most) {
        Dominators dominators = Dominators.of(graph, scratch, monitor);
        long[] dominated = DominatedByGroup.of(graph, dominators, groups, scratch, monitor);
        dominators.release();
        return reachedGroups()
                .boxed()
                .sorted(Comparator.comparingLong((Integer group) -> dominated[group])
                        .reversed())
                .limit(Math.max(LEAST_MEASURED, Math.min(MOST_MEASURED, 2L * most)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /**
     * Measures groups. Cost: a walk per 63 of them.
     *
     * @param chosen numbers of groups
     * @param most how many to tell at the most
     * @return those that retain most
     * @throws io.heapgauge.analysis.store.ScratchBudgetException if it does not fit
     */
    public RetainedGroups measure(int[] chosen, int most) {
        List<ObjectSet> sets = new ArrayList<>(chosen.length);
        for (int group : chosen) {
            sets.add(groups.members(group, monitor));
        }
        List<Size> retained = SetRetained.of(graph, scratch, monitor, sets);
        List<RetainedGroup> measured = new ArrayList<>(chosen.length);
        for (int i = 0; i < chosen.length; i++) {
            int group = chosen[i];
            measured.add(new RetainedGroup(
                    groups.name(group),
                    new Size(objects[group], bytes[group]),
                    retained.get(i).bytes()));
        }
        measured.sort(BY_RETAINED);
        return new RetainedGroups(
                by.id(),
                reached,
                (int) reachedGroups().count(),
                measured.size(),
                measured.subList(0, Math.min(most, measured.size())));
    }
}

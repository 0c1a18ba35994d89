/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.report.DuplicateGroup;
import io.heapgauge.analysis.report.DuplicateTotals;
import io.heapgauge.analysis.report.Duplicates;
import io.heapgauge.analysis.report.MainHolder;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.store.Scratch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.agrona.collections.Int2IntHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Strings and primitive arrays of equal contents. A String counts through its array, equal if both the array's contents and
 * the number of bytes per char are; what several Strings share already is not wasted. Arrays of Strings are no arrays of
 * their own here, even where something else holds them as well.
 *
 * <p>Cost: two passes over the source, one of which reads all contents. Memory: 39 to 45 bytes per reached primitive array
 * and about half a byte per object, off the Java heap.
 */
public final class DuplicateContents {
    /** Most groups that can be asked for, since each has counts of holders on the Java heap. */
    public static final int MOST_GROUPS = 1_000;

    private static final Comparator<Group> LEAST_WASTED_FIRST =
            Comparator.comparingLong(Group::wastedBytes).thenComparing(Group::array, Comparator.reverseOrder());
    private static final String STRING = "java.lang.String";

    /**
     * A group among those that waste most.
     *
     * @param number its number in the groups
     * @param array ordinal of its first array
     */
    private record Group(int number, int array, long copyBytes, long wastedBytes) {}

    private static final class Sums {
        long groups;
        long duplicates;
        long wastedBytes;
    }

    private final HeapGraph graph;
    private final Monitor monitor;
    private final GcReachability reached;
    private final ContentGroups contents;
    private final Map<String, Sums> sums = new TreeMap<>();
    private final PriorityQueue<Group> most = new PriorityQueue<>(LEAST_WASTED_FIRST);
    /** Number of a group → ordinal of its first String. */
    private final Int2IntHashMap firstStrings = new Int2IntHashMap(-1);

    private long stringBytes;

    private DuplicateContents(HeapGraph graph, Scratch scratch, Monitor monitor) throws IOException {
        this.graph = graph;
        this.monitor = monitor;
        reached = GcReachability.of(graph, scratch, monitor);
        contents = ContentGroups.of(graph, reached, scratch, monitor);
    }

    /**
     * The fields that the graph must have been built with.
     *
     * @return rules
     */
    public static List<FieldRule> rules() {
        return ContentGroups.rules();
    }

    /**
     * Finds duplicates.
     *
     * @param graph the heap, built with {@link #rules()}
     * @param scratch where the memory comes from
     * @param monitor hears of the progress
     * @param most how many groups to tell at the most, up to {@link #MOST_GROUPS}
     * @return the duplicates
     * @throws IOException if the source cannot be read again
     * @throws io.heapgauge.analysis.store.ScratchBudgetException if it does not fit
     */
    public static Duplicates of(HeapGraph graph, Scratch scratch, Monitor monitor, int most) throws IOException {
        DuplicateContents duplicates = new DuplicateContents(graph, scratch, monitor);
        duplicates.add(most);
        return duplicates.result();
    }

    private void add(int limit) {
        monitor.phase("adding up");
        stringBytes = bytesOfAString();
        for (int ordinal = 0; ordinal < graph.size(); ordinal++) {
            int group = contents.ledBy(ordinal);
            if (group >= 0 && copies(group) > 1) {
                add(group, ordinal, limit);
            }
            poll(ordinal);
        }
    }

    /** All have the same. */
    private long bytesOfAString() {
        for (int ordinal = 0; ordinal < graph.size(); ordinal++) {
            if (contents.numberOfValue(ordinal) >= 0) {
                return graph.bytesOf(ordinal);
            }
            poll(ordinal);
        }
        return 0;
    }

    private void add(int group, int array, int limit) {
        long arrayBytes = graph.bytesOf(array);
        long wasted = (contents.arrays(group) - 1) * arrayBytes;
        long copyBytes = arrayBytes;
        if (isString(group)) {
            wasted += (contents.shells(group) - 1) * stringBytes;
            copyBytes += stringBytes;
        }
        Sums kind = sums.computeIfAbsent(kind(group, array), any -> new Sums());
        kind.groups++;
        kind.duplicates += copies(group) - 1;
        kind.wastedBytes += wasted;
        Group least = most.peek();
        if (most.size() < limit || least != null && wasted > least.wastedBytes) {
            if (most.size() == limit) {
                most.remove();
            }
            most.add(new Group(group, array, copyBytes, wasted));
        }
    }

    private boolean isString(int group) {
        return contents.use(group) != ContentTable.PLAIN;
    }

    private long copies(int group) {
        return isString(group) ? contents.shells(group) : contents.arrays(group);
    }

    private String kind(int group, int array) {
        return isString(group) ? STRING : graph.displayName(array);
    }

    private Duplicates result() throws IOException {
        List<DuplicateTotals> totals = new ArrayList<>();
        sums.forEach((kind, sum) -> totals.add(new DuplicateTotals(kind, sum.groups, sum.duplicates, sum.wastedBytes)));
        totals.sort(Comparator.comparingLong(DuplicateTotals::wastedBytes).reversed());
        List<Group> groups = new ArrayList<>(most);
        groups.sort(LEAST_WASTED_FIRST.reversed());
        findFirstStrings(groups);
        List<@Nullable MainHolder> holders = holders(groups);
        List<DuplicateGroup> rows = new ArrayList<>(groups.size());
        for (int i = 0; i < groups.size(); i++) {
            rows.add(row(groups.get(i), holders.get(i)));
        }
        Size all = reached.totals().reachable();
        return new Duplicates(all == null ? new Size(0, 0) : all, contents.stringsKnown(), totals, rows);
    }

    private DuplicateGroup row(Group group, @Nullable MainHolder holder) {
        boolean wide = contents.use(group.number) == ContentTable.TWO_PER_CHAR;
        return new DuplicateGroup(
                kind(group.number, group.array),
                copies(group.number),
                contents.length(group.number) / (wide ? 2 : 1),
                group.copyBytes,
                group.wastedBytes,
                graph.idOf(isString(group.number) ? firstStrings.get(group.number) : group.array),
                holder);
    }

    private void findFirstStrings(List<Group> groups) {
        Int2IntHashMap wanted = new Int2IntHashMap(-1);
        groups.stream().filter(group -> isString(group.number)).forEach(group -> wanted.put(group.number, 0));
        for (int ordinal = 0; firstStrings.size() < wanted.size() && ordinal < graph.size(); ordinal++) {
            int number = contents.numberOfValue(ordinal);
            int group = number < 0 ? -1 : contents.groupOf(ordinal);
            if (wanted.containsKey(group)) {
                firstStrings.putIfAbsent(group, ordinal);
            }
            poll(ordinal);
        }
    }

    private List<@Nullable MainHolder> holders(List<Group> groups) throws IOException {
        Int2IntHashMap rows = new Int2IntHashMap(-1);
        for (int i = 0; i < groups.size(); i++) {
            rows.put(groups.get(i).number, i);
        }
        return HolderCount.of(
                graph,
                reached,
                new HolderCount.Rows() {
                    @Override
                    public int rowOf(int ordinal) {
                        int group = contents.groupOf(ordinal);
                        return group < 0 ? -1 : rows.get(group);
                    }

                    @Override
                    public long weightOf(int ordinal) {
                        return 1;
                    }
                },
                groups.size());
    }

    private void poll(int ordinal) {
        if ((ordinal & Monitor.POLL) == 0) {
            monitor.at((double) ordinal / graph.size());
        }
    }
}

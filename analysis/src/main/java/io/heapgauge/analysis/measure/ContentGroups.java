/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.graph.ValueSink;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.store.BitStore;
import io.heapgauge.analysis.store.IntStore;
import io.heapgauge.analysis.store.Scratch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reached primitive arrays in groups of equal contents, those of Strings apart from all others. Arrays are numbered densely in
 * address order; the first one of a group leads it.
 *
 * <p>Memory while they are found: 39 to 45 bytes per reached primitive array and about 3 bits per object of the heap; 16 of the
 * bytes per array and the table's 6 to 12 are given back before this returns.
 */
final class ContentGroups implements ValueSink {
    private static final String STRING = "java.lang.String";
    private static final String CODER = "coder";
    private static final Set<String> PRIMITIVE_ARRAYS =
            Set.of("boolean[]", "byte[]", "char[]", "short[]", "int[]", "long[]", "float[]", "double[]");
    private static final FieldRule VALUE = new FieldRule(STRING, "value");

    private final HeapGraph graph;
    private final GcReachability reached;
    private final Monitor monitor;
    private final int valueRule;
    private final boolean stringsKnown;
    /** Type → whether it is the String. */
    private final boolean[] strings;
    /** Ordinal → whether it is a reached primitive array. */
    private final BitStore members;

    private final RankedBits ranks;
    /** Ordinal → whether it is a String of two bytes per char. */
    private final BitStore wide;

    private final ContentTable table;
    /** Number of a leader → Strings that have an array of its group. */
    private final IntStore shells;

    private ContentGroups(HeapGraph graph, GcReachability reached, Scratch scratch, Monitor monitor) {
        this.graph = graph;
        this.reached = reached;
        this.monitor = monitor;
        valueRule = graph.rules().indexOf(VALUE);
        List<HeapType> types = graph.source().types();
        boolean[] primitive = new boolean[types.size()];
        strings = new boolean[types.size()];
        boolean known = false;
        for (HeapType type : types) {
            primitive[type.index()] = isPrimitiveArray(type);
            strings[type.index()] = isUnderstoodString(graph, type);
            known |= strings[type.index()];
        }
        stringsKnown = known;
        members = new BitStore(scratch, graph.size());
        wide = new BitStore(scratch, graph.size());
        int count = 0;
        for (int ordinal = 0; ordinal < graph.size(); ordinal++) {
            if (primitive[graph.typeOf(ordinal)] && reached.isReached(ordinal)) {
                members.add(ordinal);
                count++;
            }
            poll(ordinal);
        }
        ranks = new RankedBits(scratch, members, graph.size());
        table = new ContentTable(scratch, count);
        shells = IntStore.ofLength(scratch, count);
    }

    static boolean isPrimitiveArray(HeapType type) {
        return PRIMITIVE_ARRAYS.contains(type.name());
    }

    /** Before JDK 7u6 several Strings shared parts of one array, by an offset. */
    private static boolean isUnderstoodString(HeapGraph graph, HeapType type) {
        return type.name().equals(STRING)
                && type.loaderId() == 0
                && type.referenceField(VALUE.field()) >= 0
                && !graph.source().primitiveFields(type.index()).contains("offset");
    }

    /** The field that the graph must have been built with. */
    static List<FieldRule> rules() {
        return List.of(VALUE);
    }

    /** Reads the contents and groups them. */
    static ContentGroups of(HeapGraph graph, GcReachability reached, Scratch scratch, Monitor monitor)
            throws IOException {
        monitor.phase("looking for arrays");
        ContentGroups groups = new ContentGroups(graph, reached, scratch, monitor);
        groups.read();
        monitor.phase("comparing contents");
        groups.markStrings();
        groups.table.group(scratch, monitor);
        groups.countStrings();
        return groups;
    }

    private void poll(int ordinal) {
        if ((ordinal & Monitor.POLL) == 0) {
            monitor.at((double) ordinal / graph.size());
        }
    }

    private void read() throws IOException {
        List<List<FieldRule>> fields = new ArrayList<>();
        for (HeapType type : graph.source().types()) {
            boolean coded = strings[type.index()]
                    && graph.source().primitiveFields(type.index()).contains(CODER);
            fields.add(coded ? List.of(new FieldRule(STRING, CODER)) : List.of());
        }
        graph.source().values(fields, this);
    }

    @Override
    public void instance(long id, int type, long[] values) {
        int ordinal = graph.ordinalOf(id);
        if (values[0] != 0 && ordinal >= 0) {
            wide.add(ordinal);
        }
    }

    @Override
    public boolean wantsArray(long id, int type) {
        int ordinal = graph.ordinalOf(id);
        // of two records with one id the first one counts
        return ordinal >= 0
                && members.get(ordinal)
                && graph.typeOf(ordinal) == type
                && table.use(ranks.rank(ordinal)) == ContentTable.NOT_SEEN;
    }

    @Override
    public void primitiveArray(long id, int type, int length, long hash, long otherHash) {
        table.set(ranks.rank(graph.ordinalOf(id)), length, hash, otherHash);
    }

    private void markStrings() {
        for (int ordinal = 0; ordinal < graph.size(); ordinal++) {
            int number = numberOfValue(ordinal);
            if (number >= 0) {
                table.use(number, wide.get(ordinal) ? ContentTable.TWO_PER_CHAR : ContentTable.ONE_PER_CHAR);
            }
            poll(ordinal);
        }
    }

    /** Number of the array of a reached String, -1 for everything else. */
    int numberOfValue(int ordinal) {
        if (!strings[graph.typeOf(ordinal)] || !reached.isReached(ordinal)) {
            return -1;
        }
        int value = graph.field(ordinal, valueRule);
        int number = value >= 0 && members.get(value) ? ranks.rank(value) : -1;
        return number >= 0 && table.use(number) != ContentTable.NOT_SEEN ? number : -1;
    }

    private void countStrings() {
        for (int ordinal = 0; ordinal < graph.size(); ordinal++) {
            int number = numberOfValue(ordinal);
            if (number >= 0) {
                int leader = table.leader(number);
                shells.set(leader, shells.get(leader) + 1);
            }
            poll(ordinal);
        }
    }

    /** Whether the String of this heap is one that is understood. */
    boolean stringsKnown() {
        return stringsKnown;
    }

    /**
     * Number of the group of an object.
     *
     * @return that of its leader; -1 for what is neither a reached String nor a reached primitive array outside of Strings
     */
    int groupOf(int ordinal) {
        if (members.get(ordinal)) {
            int number = ranks.rank(ordinal);
            return table.use(number) == ContentTable.PLAIN ? table.leader(number) : -1;
        }
        int number = numberOfValue(ordinal);
        return number < 0 ? -1 : table.leader(number);
    }

    /** Number of the group that a reached primitive array leads, -1 for all other objects. */
    int ledBy(int ordinal) {
        if (!members.get(ordinal)) {
            return -1;
        }
        int number = ranks.rank(ordinal);
        return table.use(number) != ContentTable.NOT_SEEN && table.leader(number) == number ? number : -1;
    }

    /** What the arrays of a group are used for, one of the constants of {@link ContentTable}. */
    int use(int group) {
        return table.use(group);
    }

    /** Number of elements of each array of a group. */
    int length(int group) {
        return table.length(group);
    }

    /** Number of arrays of a group. */
    int arrays(int group) {
        return table.arrays(group);
    }

    /** Number of reached Strings with an array of a group, 0 for arrays outside of Strings. */
    int shells(int group) {
        return shells.get(group);
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.graph.ValueSink;
import io.heapgauge.analysis.measure.CollectionKind.Counting;
import io.heapgauge.analysis.measure.CollectionKind.Layout;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.store.BitStore;
import io.heapgauge.analysis.store.LongStore;
import io.heapgauge.analysis.store.Scratch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What reached collections and object arrays hold, as one pass over the source tells it. Both are numbered densely in address
 * order.
 *
 * <p>Memory: 16 bytes per reached collection, 8 per reached object array, and about 3 bits per object of the heap.
 */
final class CollectionValues implements ValueSink {
    /** A size that the values do not tell. */
    static final int UNKNOWN = -1;
    /** A size that only the slots in use can tell. */
    static final int FROM_SLOTS = -2;

    /** Marks the record of an array that has been seen. */
    private static final long SEEN = 1L << 63;

    private final HeapGraph graph;
    /** Type → its layout, null where it is no collection that is understood. */
    private final @Nullable Layout[] layouts;
    /** Type → whether it is a class of collections with other fields than are known. */
    private final boolean[] strange;
    /** Ordinal → whether it is a reached collection. */
    private final BitStore collections;
    /** Ordinal → whether it is a reached object array. */
    private final BitStore arrays;

    private final RankedBits collectionRanks;
    private final RankedBits arrayRanks;
    private final int collectionCount;
    private final int arrayCount;
    /** Twice the number of a collection → ordinal of what it refers to plus 1 in the low half; the next → its number fields. */
    private final LongStore values;
    /** Number of an array → length in the high half below the mark, slots in use in the low half. */
    private final LongStore slots;

    private CollectionValues(HeapGraph graph, GcReachability reached, Scratch scratch, Monitor monitor) {
        this.graph = graph;
        List<HeapType> types = graph.source().types();
        layouts = new Layout[types.size()];
        strange = new boolean[types.size()];
        boolean[] isArray = new boolean[types.size()];
        for (HeapType type : types) {
            Layout layout = CollectionKind.of(graph.source(), type);
            strange[type.index()] = layout != null && layout.counting() == null;
            layouts[type.index()] = strange[type.index()] ? null : layout;
            isArray[type.index()] = type.name().endsWith("[]") && !ContentGroups.isPrimitiveArray(type);
        }
        collections = new BitStore(scratch, graph.size());
        arrays = new BitStore(scratch, graph.size());
        int[] counts = new int[2];
        for (int ordinal = 0; ordinal < graph.size(); ordinal++) {
            int type = graph.typeOf(ordinal);
            if ((layouts[type] != null || isArray[type]) && reached.isReached(ordinal)) {
                (isArray[type] ? arrays : collections).add(ordinal);
                counts[isArray[type] ? 1 : 0]++;
            }
            if ((ordinal & Monitor.POLL) == 0) {
                monitor.at((double) ordinal / graph.size());
            }
        }
        collectionCount = counts[0];
        arrayCount = counts[1];
        scratch.check(16L * collectionCount + 8L * arrayCount);
        collectionRanks = new RankedBits(scratch, collections, graph.size());
        arrayRanks = new RankedBits(scratch, arrays, graph.size());
        values = new LongStore(scratch, 2L * collectionCount);
        slots = new LongStore(scratch, arrayCount);
    }

    /** Reads all values. */
    static CollectionValues of(HeapGraph graph, GcReachability reached, Scratch scratch, Monitor monitor)
            throws IOException {
        monitor.phase("looking for collections");
        CollectionValues read = new CollectionValues(graph, reached, scratch, monitor);
        List<List<FieldRule>> fields = new ArrayList<>();
        for (Layout layout : read.layouts) {
            fields.add(layout == null ? List.of() : layout.fields());
        }
        graph.source().values(fields, read);
        return read;
    }

    @Override
    public void instance(long id, int type, long[] fields) {
        int number = numberOf(graph.ordinalOf(id));
        Layout layout = layouts[type];
        if (number < 0 || layout == null || graph.typeOf(graph.ordinalOf(id)) != type || values.get(2L * number) != 0) {
            return;
        }
        Counting counting = layout.counting();
        boolean refers = counting != Counting.LINKED;
        int to = refers ? graph.ordinalOf(fields[0]) : -1;
        values.set(2L * number, SEEN | to + 1);
        values.set(2L * number + 1, number(counting, fields));
    }

    /** The size; of a ring the end in the high half and the start in the low one. */
    private static long number(Counting counting, long[] fields) {
        return switch (counting) {
            case TABLE, LIST -> size(fields[1]);
            case LINKED -> size(fields[0]);
            case STRIPED_TABLE -> fields[2] == 0 ? size(fields[1]) : FROM_SLOTS;
            case RING -> fields[2] << 32 | fields[1] & 0xffff_ffffL;
            case WHOLE_ARRAY, SHELL -> UNKNOWN;
        };
    }

    private static long size(long value) {
        return value < 0 ? UNKNOWN : Math.min(value, Integer.MAX_VALUE);
    }

    @Override
    public boolean wantsArray(long id, int type) {
        int ordinal = graph.ordinalOf(id);
        // of two records with one id the first one counts
        return ordinal >= 0
                && arrays.get(ordinal)
                && graph.typeOf(ordinal) == type
                && slots.get(arrayRanks.rank(ordinal)) == 0;
    }

    @Override
    public void objectArray(long id, int type, int length, int used) {
        slots.set(arrayRanks.rank(graph.ordinalOf(id)), SEEN | (long) length << 32 | used);
    }

    /** Number of reached collections, understood or not yet. */
    int collectionCount() {
        return collectionCount;
    }

    /** Number of reached object arrays. */
    int arrayCount() {
        return arrayCount;
    }

    /** Whether instances of a type are collections with other fields than are known. */
    boolean isStrange(int type) {
        return strange[type];
    }

    /** Number of a reached collection, -1 for everything else, -1 included. */
    int numberOf(int ordinal) {
        return ordinal >= 0 && collections.get(ordinal) ? collectionRanks.rank(ordinal) : -1;
    }

    /** Number of a reached object array whose slots are known, -1 for everything else, -1 included. */
    int arrayNumberOf(int ordinal) {
        int number = ordinal >= 0 && arrays.get(ordinal) ? arrayRanks.rank(ordinal) : -1;
        return number >= 0 && slots.get(number) != 0 ? number : -1;
    }

    /** How a reached collection is counted. */
    Counting counting(int ordinal) {
        Layout layout = layouts[graph.typeOf(ordinal)];
        Counting counting = layout == null ? null : layout.counting();
        if (counting == null) {
            throw new IllegalArgumentException(ordinal + " is no collection");
        }
        return counting;
    }

    /** Ordinal of the array or collection in a collection, -1 for none. */
    int inner(int number) {
        return (int) values.get(2L * number) - 1;
    }

    /**
     * Number of elements of a collection.
     *
     * @param counting how it is counted
     * @param length number of slots of its array, 0 for none
     * @return the size, {@link #UNKNOWN} or {@link #FROM_SLOTS}
     */
    int size(int number, Counting counting, int length) {
        long value = values.get(2L * number + 1);
        if (values.get(2L * number) == 0) {
            return UNKNOWN;
        }
        return switch (counting) {
            case WHOLE_ARRAY -> inner(number) < 0 ? UNKNOWN : length;
            case RING -> ringSize((int) value, (int) (value >> 32), length);
            case LIST -> value > length ? UNKNOWN : (int) value;
            default -> (int) value;
        };
    }

    private static int ringSize(int start, int end, int length) {
        if (start < 0 || start >= length || end < 0 || end >= length) {
            return UNKNOWN;
        }
        return end >= start ? end - start : end - start + length;
    }

    /** Number of slots of an array. */
    int length(int arrayNumber) {
        return (int) (slots.get(arrayNumber) >>> 32) & Integer.MAX_VALUE;
    }

    /** Number of slots of an array that are not null. */
    int used(int arrayNumber) {
        return (int) slots.get(arrayNumber);
    }
}

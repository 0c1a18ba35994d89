/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.measure.CollectionKind.Counting;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.report.CollectionSummary;
import io.heapgauge.analysis.report.CollectionWaste;
import io.heapgauge.analysis.store.BitStore;
import io.heapgauge.analysis.store.LongStore;
import io.heapgauge.analysis.store.Scratch;
import java.io.IOException;

/**
 * Empty and sparse collections, see {@link CollectionSummary} for the words. Collections of the JDK and their sub classes
 * count by class; a class whose fields are not those of a known JDK, or an instance whose values make no sense, is not
 * understood and in no row. The slots in use are those that are not null, of lists as many as there are elements. A
 * ConcurrentHashMap that has been under contention spreads its size over cells; it is estimated from its used slots then,
 * which is too little where several entries share a slot.
 *
 * <p>Cost: two passes over the source. Memory: 24 bytes per reached collection, 16 per reached object array, and about half a
 * byte per object, off the Java heap.
 */
public final class SparseCollections {
    /** Most rows that can be asked for, since each has counts of holders on the Java heap. */
    public static final int MOST_ROWS = 1_000;

    private static final int LEAST_SLOTS = 8;
    private static final int SPARSE_ONE_IN = 4;
    private final HeapGraph graph;
    private final Monitor monitor;
    private final GcReachability reached;
    private final CollectionValues values;
    private final int slotBytes;
    private final CollectionRows rows;
    /** Number of an array → whether a collection has it. */
    private final BitStore claimed;
    /** Number of a collection → whether it is in a shell that counts for both. */
    private final BitStore inShell;
    /** Number of a collection → bytes it wastes. */
    private final LongStore collectionWaste;
    /** Number of an array → bytes it wastes, 0 where a collection has it. */
    private final LongStore arrayWaste;

    private SparseCollections(HeapGraph graph, Scratch scratch, Monitor monitor) throws IOException {
        this.graph = graph;
        this.monitor = monitor;
        slotBytes = graph.source().referenceBytes();
        reached = GcReachability.of(graph, scratch, monitor);
        values = CollectionValues.of(graph, reached, scratch, monitor);
        rows = new CollectionRows(graph);
        claimed = new BitStore(scratch, values.arrayCount());
        inShell = new BitStore(scratch, values.collectionCount());
        collectionWaste = new LongStore(scratch, values.collectionCount());
        arrayWaste = new LongStore(scratch, values.arrayCount());
    }

    /**
     * Measures.
     *
     * @param graph the heap, with any rules
     * @param scratch where the memory comes from
     * @param monitor hears of the progress
     * @param most how many rows of collections and of arrays to tell at the most, up to {@link #MOST_ROWS} of each
     * @return what is wasted
     * @throws IOException if the source cannot be read again
     * @throws io.heapgauge.analysis.store.ScratchBudgetException if it does not fit
     */
    public static CollectionWaste of(HeapGraph graph, Scratch scratch, Monitor monitor, int most) throws IOException {
        SparseCollections sparse = new SparseCollections(graph, scratch, monitor);
        monitor.phase("adding up");
        sparse.findShells();
        sparse.addCollections();
        sparse.addArrays();
        return sparse.rows.result(sparse.reached, sparse::wasteOf, most);
    }

    private void findShells() {
        for (int ordinal = 0; ordinal < graph.size(); ordinal++) {
            int number = values.numberOf(ordinal);
            int inner = number >= 0 && values.counting(ordinal) == Counting.SHELL ? shellOf(number) : -1;
            if (inner >= 0) {
                inShell.add(values.numberOf(inner));
            }
            poll(ordinal);
        }
    }

    /** Ordinal of the collection in a shell, -1 where there is none or one that is a shell as well. */
    private int shellOf(int number) {
        int inner = values.inner(number);
        return values.numberOf(inner) >= 0 && values.counting(inner) != Counting.SHELL ? inner : -1;
    }

    private void addCollections() {
        for (int ordinal = 0; ordinal < graph.size(); ordinal++) {
            int number = values.numberOf(ordinal);
            if (number >= 0 && !inShell.get(number)) {
                addCollection(ordinal, number);
            } else if (values.isStrange(graph.typeOf(ordinal)) && reached.isReached(ordinal)) {
                rows.addNotUnderstood(ordinal);
            }
            poll(ordinal);
        }
    }

    private void addCollection(int ordinal, int number) {
        int at = ordinal;
        long shellBytes = graph.bytesOf(ordinal);
        if (values.counting(ordinal) == Counting.SHELL) {
            at = shellOf(number);
            shellBytes += at < 0 ? 0 : graph.bytesOf(at);
        }
        int counted = values.numberOf(at);
        if (counted < 0) {
            rows.addNotUnderstood(ordinal);
            return;
        }
        Counting counting = values.counting(at);
        int inner = counting == Counting.LINKED ? -1 : values.inner(counted);
        int array = values.arrayNumberOf(inner);
        int length = array < 0 ? 0 : values.length(array);
        int used = array < 0 ? 0 : values.used(array);
        int size = values.size(counted, counting, length);
        boolean without = size > 0 && length == 0 && counting != Counting.LINKED;
        if (size == CollectionValues.UNKNOWN || without || inner >= 0 && array < 0) {
            rows.addNotUnderstood(ordinal);
            return;
        }
        boolean estimated = size == CollectionValues.FROM_SLOTS;
        size = estimated ? used : size;
        used = counting == Counting.LIST ? size : used;
        CollectionRow row = rows.rowOf(ordinal);
        row.count(size, estimated);
        // what two collections share is not there twice
        boolean owns = array >= 0 && claimed.add(array);
        long arrayBytes = owns ? graph.bytesOf(inner) : 0;
        long wasted = 0;
        if (size == 0 && length > 0) {
            wasted = row.addEmpty(shellBytes + arrayBytes);
        } else if (owns && size > 0) {
            wasted = row.addUnused((long) (length - used) * slotBytes, isSparse(length, used));
        }
        row.addArray(arrayBytes);
        collectionWaste.set(number, wasted);
    }

    private static boolean isSparse(int length, int used) {
        return length >= LEAST_SLOTS && (long) used * SPARSE_ONE_IN < length;
    }

    private void addArrays() {
        for (int ordinal = 0; ordinal < graph.size(); ordinal++) {
            int array = values.arrayNumberOf(ordinal);
            if (array >= 0 && !claimed.get(array)) {
                addArray(ordinal, array);
            }
            poll(ordinal);
        }
    }

    private void addArray(int ordinal, int array) {
        int length = values.length(array);
        int used = values.used(array);
        CollectionRow row = rows.rowOf(ordinal);
        long bytes = graph.bytesOf(ordinal);
        row.addArray(bytes);
        if (length == 0) {
            row.countWithoutSlots();
            return;
        }
        row.count(used, false);
        long wasted = 0;
        if (used == 0) {
            wasted = row.addEmpty(bytes);
        } else if (isSparse(length, used)) {
            wasted = row.addUnused((long) (length - used) * slotBytes, true);
        }
        arrayWaste.set(array, wasted);
    }

    private long wasteOf(int ordinal) {
        int number = values.numberOf(ordinal);
        int array = number >= 0 ? -1 : values.arrayNumberOf(ordinal);
        return number >= 0 ? collectionWaste.get(number) : array >= 0 ? arrayWaste.get(array) : 0;
    }

    private void poll(int ordinal) {
        if ((ordinal & Monitor.POLL) == 0) {
            monitor.at((double) ordinal / graph.size());
        }
    }
}

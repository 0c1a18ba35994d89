/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.graph;

import io.heapgauge.analysis.graph.ObjectIndex.UnalignedIdException;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.store.BitStore;
import io.heapgauge.analysis.store.IntStore;
import io.heapgauge.analysis.store.Scratch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Fills the arrays of a {@link HeapGraph} in one decoding pass after the one that found the objects. Threads of the source
 * write different objects, and so different places of the arrays.
 */
final class GraphBuilder {
    /** Ints that a thread asks for at a time. */
    private static final int STRETCH = 1 << 16;

    private TypeTally tally;
    private final ObjectIndex index;
    private final Shapes shapes;
    private final IntStore rows;
    private final ReferenceSpace space;
    private final int[][] instanceSlots;
    private final int[][] classSlots;
    private final boolean[] referents;
    private final int classType;
    private final List<HeapType> allTypes;
    private final Long2ObjectHashMap<HeapType> byClassId = new Long2ObjectHashMap<>();
    private final BitStore ruled;
    private final @Nullable BitStore seen;
    private final List<RowWriter> writers = new ArrayList<>();
    private final boolean readOnly;

    private GraphBuilder(
            HeapSource source,
            FieldRules rules,
            Scratch scratch,
            TypeTally tally,
            ObjectIndex index,
            boolean readOnly) {
        this.readOnly = readOnly;
        this.tally = tally;
        this.index = index;
        allTypes = source.types();
        classType = source.classType();
        int objects = index.size();
        scratch.check((long) objects * (Integer.BYTES + Short.BYTES));
        shapes = new Shapes(scratch, objects, allTypes.size());
        rows = IntStore.ofLength(scratch, objects);
        space = new ReferenceSpace(scratch);
        ruled = new BitStore(scratch, objects);
        seen = index.duplicates() > 0 ? new BitStore(scratch, objects) : null;
        instanceSlots = new int[allTypes.size()][];
        classSlots = new int[allTypes.size()][];
        referents = new boolean[allTypes.size()];
        int referent = rules.indexOf(FieldRule.REFERENT);
        for (HeapType type : allTypes) {
            int[] slots = rules.instanceSlots(lineage(type));
            instanceSlots[type.index()] = slots;
            referents[type.index()] = slots.length > 0 && slots[0] == referent;
            classSlots[type.index()] = rules.classSlots(type);
            byClassId.put(type.classId(), type);
        }
    }

    private List<HeapType> lineage(HeapType type) {
        List<HeapType> lineage = new ArrayList<>();
        for (HeapType at = type; lineage.size() <= allTypes.size(); at = allTypes.get(at.superIndex())) {
            lineage.add(at);
            if (at.superIndex() < 0) {
                break;
            }
        }
        return lineage;
    }

    /** @param readOnly whether nobody writes to the memory of rows afterwards */
    static GraphBuilder build(HeapSource source, FieldRules rules, Scratch scratch, Monitor monitor, boolean readOnly)
            throws IOException {
        ObjectIndex index = new ObjectIndex(scratch, 3);
        TypeTally tally;
        try {
            tally = source.scan(index::adder);
        } catch (UnalignedIdException notAddresses) {
            index = new ObjectIndex(scratch, 0);
            tally = source.scan(index::adder);
        }
        monitor.phase("numbering addresses");
        index.freeze(monitor);
        GraphBuilder builder = new GraphBuilder(source, rules, scratch, tally, index, readOnly);
        source.references(rules, builder::writer);
        builder.writers.forEach(RowWriter::finish);
        if (index.duplicates() > 0) {
            builder.recount(monitor);
        }
        return builder;
    }

    private RowWriter writer() {
        if (writers.size() == 1) {
            writers.get(0).finish();
            space.share();
        }
        RowWriter writer = new RowWriter(this, STRETCH, readOnly && writers.isEmpty());
        writers.add(writer);
        return writer;
    }

    /** The first pass counted records; with duplicates there are fewer objects. */
    private void recount(Monitor monitor) {
        tally = TypeTally.empty(allTypes.size());
        for (int ordinal = 0; ordinal < index.size(); ordinal++) {
            shapes.count(ordinal, tally);
            if ((ordinal & Monitor.POLL) == 0) {
                monitor.at((double) ordinal / index.size());
            }
        }
    }

    /** Of records with one id the first one counts; this tells whether it is another. */
    boolean isSeen(int ordinal) {
        return seen != null && isSeen(seen, ordinal);
    }

    private static synchronized boolean isSeen(BitStore seen, int ordinal) {
        return !seen.add(ordinal);
    }

    /** Notes an object with rule slots, of which there are few; threads share words. */
    void ruled(int ordinal) {
        synchronized (ruled) {
            ruled.add(ordinal);
        }
    }

    /** Whether rule slots may lead the rows of a type's objects. */
    boolean isLed(int type) {
        return type == classType || instanceSlots[type].length > 0;
    }

    /** Number of rule slots that lead the row of an object. */
    int slotsOf(long id, int type) {
        HeapType represented = type == classType ? byClassId.get(id) : null;
        return (represented == null ? instanceSlots[type] : classSlots[represented.index()]).length;
    }

    boolean hasReferent(int type) {
        return referents[type];
    }

    TypeTally tally() {
        return tally;
    }

    ReferenceSpace space() {
        return space;
    }

    boolean[] referents() {
        return referents;
    }

    IntStore targets() {
        return space.targets();
    }

    /** How many positions rows take. */
    long positions() {
        return space.end();
    }

    long references() {
        return writers.stream().mapToLong(RowWriter::references).sum();
    }

    long missing() {
        return writers.stream().mapToLong(RowWriter::missing).sum();
    }

    ObjectIndex index() {
        return index;
    }

    Shapes shapes() {
        return shapes;
    }

    BitStore ruled() {
        return ruled;
    }

    IntStore rows() {
        return rows;
    }

    int[][] instanceSlots() {
        return instanceSlots;
    }

    int[][] classSlots() {
        return classSlots;
    }

    long duplicates() {
        return index.duplicates();
    }
}

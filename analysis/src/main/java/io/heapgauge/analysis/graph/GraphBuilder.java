/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.graph;

import io.heapgauge.analysis.graph.ObjectIndex.UnalignedIdException;
import io.heapgauge.analysis.store.BitStore;
import io.heapgauge.analysis.store.IntStore;
import io.heapgauge.analysis.store.NarrowStore;
import io.heapgauge.analysis.store.Scratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** Fills the arrays of a {@link HeapGraph} in one decoding pass after the one that found the objects. */
final class GraphBuilder implements ReferenceSink {
    /** Positions are stored plus 1 in an unsigned int. */
    private static final long MAX_POSITION = 0xffff_fffeL;

    private TypeTally tally;
    private final ObjectIndex index;
    private final NarrowStore types;
    private final ShallowSizes sizes;
    private final IntStore rows;
    private final IntStore targets;
    private final int[][] instanceSlots;
    private final int[][] classSlots;
    private final int classType;
    private final List<HeapType> allTypes;
    private final Long2ObjectHashMap<HeapType> byClassId = new Long2ObjectHashMap<>();
    private final @Nullable BitStore seen;
    private long duplicates;
    private long references;
    private long missing;

    private long position;
    private int current;
    private long rowStart;
    /** References of the current row that are rule slots and still to come. */
    private int slotsLeft;

    private GraphBuilder(
            HeapSource source, FieldRules rules, Scratch scratch, TypeTally tally, ObjectIndex index, boolean doubles) {
        this.tally = tally;
        this.index = index;
        allTypes = source.types();
        classType = source.classType();
        int objects = index.size();
        scratch.check((long) objects * (Integer.BYTES + 1 + NarrowStore.width(allTypes.size())));
        types = new NarrowStore(scratch, objects, allTypes.size());
        sizes = new ShallowSizes(scratch, objects, source.alignmentBytes(), source.bigObjects());
        rows = IntStore.ofLength(scratch, objects);
        targets = IntStore.growing(scratch);
        seen = doubles ? new BitStore(scratch, objects) : null;
        instanceSlots = new int[allTypes.size()][];
        classSlots = new int[allTypes.size()][];
        for (HeapType type : allTypes) {
            instanceSlots[type.index()] = rules.instanceSlots(lineage(type));
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

    static GraphBuilder build(HeapSource source, FieldRules rules, Scratch scratch) throws IOException {
        Ids ids = new Ids(scratch, 3);
        TypeTally tally;
        try {
            tally = source.scan(ids);
        } catch (UnalignedIdException notAddresses) {
            ids = new Ids(scratch, 0);
            tally = source.scan(ids);
        }
        ids.index.freeze();
        GraphBuilder builder = new GraphBuilder(source, rules, scratch, tally, ids.index, ids.duplicates > 0);
        source.references(rules, builder);
        builder.duplicates = ids.duplicates;
        if (ids.duplicates > 0) {
            builder.recount();
        }
        return builder;
    }

    /** The first pass counted records; with duplicates there are fewer objects. */
    private void recount() {
        tally = TypeTally.empty(allTypes.size());
        for (int ordinal = 0; ordinal < index.size(); ordinal++) {
            tally.add(types.get(ordinal), sizes.get(ordinal));
        }
    }

    private static final class Ids implements IdSink {
        final ObjectIndex index;
        long duplicates;

        Ids(Scratch scratch, int granuleShift) {
            index = new ObjectIndex(scratch, granuleShift);
        }

        @Override
        public void object(long id) {
            if (!index.add(id)) {
                duplicates++;
            }
        }
    }

    @Override
    public void object(long id, int type, long bytes) {
        int ordinal = index.ordinalOf(id);
        if (ordinal < 0) {
            throw new UncheckedIOException(new IOException("object 0x" + Long.toHexString(id)
                    + " was not there in the first pass: the dump changed while it was read"));
        }
        if (seen != null && !seen.add(ordinal)) {
            current = -1;
            return;
        }
        current = ordinal;
        rowStart = position;
        types.set(ordinal, type);
        sizes.set(ordinal, bytes);
        slotsLeft = slotsOf(id, type);
    }

    private int slotsOf(long id, int type) {
        if (type == classType) {
            HeapType represented = byClassId.get(id);
            if (represented != null) {
                return classSlots[represented.index()].length;
            }
        }
        return instanceSlots[type].length;
    }

    @Override
    public void references(long[] ids, int count) {
        if (current < 0) {
            return;
        }
        if (position + count > MAX_POSITION) {
            throw new UncheckedIOException(
                    new IOException("the dump has more than " + MAX_POSITION + " references, which no graph can hold"));
        }
        targets.ensure(position + count);
        int i = 0;
        while (slotsLeft > 0 && i < count) {
            int target = ids[i] == 0 ? -1 : index.ordinalOf(ids[i]);
            missing += ids[i] != 0 && target < 0 ? 1 : 0;
            references += target >= 0 ? 1 : 0;
            targets.set(position++, target < 0 ? current : target);
            slotsLeft--;
            i++;
        }
        long start = position;
        long at = start;
        for (; i < count; i++) {
            int target = index.ordinalOf(ids[i]);
            if (target >= 0) {
                targets.set(at++, target);
            } else {
                missing++;
            }
        }
        references += at - start;
        position = at;
    }

    @Override
    public void end() {
        if (current >= 0 && slotsLeft > 0) {
            fillSlots();
        }
        if (current >= 0 && position > rowStart) {
            targets.set(position - 1, targets.get(position - 1) | HeapGraph.LAST);
            rows.set(current, (int) (rowStart + 1));
        }
    }

    /** An object whose record has another shape than its type still has a row with all slots of the type, as null. */
    private void fillSlots() {
        targets.ensure(position + slotsLeft);
        while (slotsLeft > 0) {
            targets.set(position++, current);
            slotsLeft--;
        }
    }

    TypeTally tally() {
        return tally;
    }

    ObjectIndex index() {
        return index;
    }

    NarrowStore types() {
        return types;
    }

    ShallowSizes sizes() {
        return sizes;
    }

    IntStore rows() {
        return rows;
    }

    IntStore targets() {
        return targets;
    }

    int[][] instanceSlots() {
        return instanceSlots;
    }

    int[][] classSlots() {
        return classSlots;
    }

    long references() {
        return references;
    }

    long missing() {
        return missing;
    }

    long duplicates() {
        return duplicates;
    }
}

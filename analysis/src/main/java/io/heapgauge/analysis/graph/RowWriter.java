/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.graph;

import io.heapgauge.analysis.store.WriteBehind;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Writes the rows of the objects that one thread meets; several of them fill one graph. */
final class RowWriter implements ReferenceSink {
    private final GraphBuilder graph;
    private final ObjectIndex index;
    private final ReferenceSpace space;
    /** Null where references go to their places at once. */
    private @Nullable WriteBehind targetsBehind;

    private @Nullable WriteBehind rowsBehind;
    private final Shapes.Writer shapes;
    private final int stretch;

    private long references;
    private long missing;
    /** Where the next reference goes, and where the stretch ends. */
    private long position;

    private long limit;
    private int current = -1;
    private boolean hasReferent;
    private long rowStart;
    /** References of the current row that are rule slots and still to come. */
    private int slotsLeft;

    /**
     * @param stretch ints to ask for at a time
     * @param behind whether there is no other writer, nor anybody who reads before {@link #finish}
     */
    RowWriter(GraphBuilder graph, int stretch, boolean behind) {
        this.graph = graph;
        this.stretch = stretch;
        index = graph.index();
        space = graph.space();
        targetsBehind = behind ? space.targets().writeBehind() : null;
        rowsBehind = behind ? graph.rows().writeBehind() : null;
        shapes = graph.shapes().new Writer(behind);
    }

    /** To be called before anybody reads and before there are other writers. */
    void finish() {
        if (rowsBehind != null && targetsBehind != null) {
            rowsBehind.flush();
            targetsBehind.flush();
            rowsBehind = null;
            targetsBehind = null;
        }
        shapes.finish();
    }

    private void setTarget(long at, int target) {
        if (targetsBehind == null) {
            space.targets().set(at, target);
        } else {
            targetsBehind.set(at, target);
        }
    }

    private int target(long at) {
        return targetsBehind == null ? space.targets().get(at) : targetsBehind.get(at);
    }

    private void setRow(int ordinal, long start) {
        int entry = (int) (start + 1); // 0 is no row
        if (rowsBehind == null) {
            graph.rows().set(ordinal, entry);
        } else {
            rowsBehind.set(ordinal, entry);
        }
    }

    long references() {
        return references;
    }

    long missing() {
        return missing;
    }

    @Override
    public void object(long id, int type, long bytes) {
        int ordinal = index.ordinalOf(id);
        if (ordinal < 0) {
            throw new UncheckedIOException(new IOException("object 0x" + Long.toHexString(id)
                    + " was not there in the first pass: the dump changed while it was read"));
        }
        if (graph.isSeen(ordinal)) {
            current = -1;
            return;
        }
        current = ordinal;
        shapes.set(ordinal, type, bytes);
        rowStart = position;
        slotsLeft = 0;
        hasReferent = false;
        if (graph.isLed(type)) {
            beginLed(id, type);
        }
    }

    /** Apart from what is done for every object. */
    private void beginLed(long id, int type) {
        slotsLeft = graph.slotsOf(id, type);
        if (slotsLeft > 0) {
            graph.ruled(current);
        }
        hasReferent = graph.hasReferent(type);
    }

    @Override
    public void references(long[] ids, int count) {
        if (current < 0) {
            return;
        }
        if (position + count > limit) {
            makeRoom(count);
        }
        int i = 0;
        while (slotsLeft > 0 && i < count) {
            int target = ids[i] == 0 ? -1 : index.ordinalOf(ids[i]);
            missing += ids[i] != 0 && target < 0 ? 1 : 0;
            references += target >= 0 ? 1 : 0;
            setTarget(position++, target < 0 ? current : target);
            slotsLeft--;
            i++;
        }
        long at = position;
        for (; i < count; i++) {
            int target = index.ordinalOf(ids[i]);
            if (target >= 0) {
                setTarget(at++, target);
            } else {
                missing++;
            }
        }
        references += at - position;
        position = at;
    }

    /** A row lies in one piece: what is written of it moves along where its stretch is too short. */
    private void makeRoom(long count) {
        // little more than there is so far, so that small heaps take little
        long needed = Math.max(position + count - limit, Math.min(stretch, position >>> 3));
        if (space.extend(limit, needed)) {
            limit += needed;
            return;
        }
        long written = position - rowStart;
        long ints = Math.max(stretch, 2 * (written + count));
        long start = space.reserve(ints);
        for (long i = 0; i < written; i++) {
            setTarget(start + i, target(rowStart + i));
        }
        rowStart = start;
        position = start + written;
        limit = start + ints;
    }

    @Override
    public void end() {
        if (current < 0) {
            return;
        }
        if (slotsLeft > 0) {
            fillSlots();
        }
        if (hasReferent && position == rowStart + 1) {
            append(current); // a row is not empty
        }
        if (position > rowStart) {
            setTarget(position - 1, target(position - 1) | HeapGraph.LAST);
            setRow(current, hasReferent ? rowStart + 1 : rowStart);
        }
    }

    /** An object whose record has another shape than its type still has a row with all slots of the type, as null. */
    private void fillSlots() {
        while (slotsLeft > 0) {
            append(current);
            slotsLeft--;
        }
    }

    private void append(int target) {
        if (position == limit) {
            makeRoom(1);
        }
        setTarget(position++, target);
    }
}

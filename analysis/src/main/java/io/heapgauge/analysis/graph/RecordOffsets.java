/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.graph;

import io.heapgauge.analysis.store.IntStore;
import io.heapgauge.analysis.store.NarrowStore;
import io.heapgauge.analysis.store.Scratch;

/**
 * Where the record of each object starts in its file: 5 bytes per object, for files up to a terabyte. Several threads may
 * set different objects.
 */
public final class RecordOffsets {
    /** Files from here on are too long. */
    public static final long LIMIT = (1L << 40) - 1;

    /** Of the offset plus 1, which leaves 0 for none. */
    private final IntStore low;

    private final NarrowStore high;

    /**
     * No offsets yet.
     *
     * @param scratch where the memory comes from
     * @param objects number of objects
     * @throws io.heapgauge.analysis.store.ScratchBudgetException if it does not fit
     */
    public RecordOffsets(Scratch scratch, int objects) {
        low = IntStore.ofLength(scratch, objects);
        high = new NarrowStore(scratch, objects, 0xff);
    }

    /**
     * Notes a record; of several of one object the first one counts.
     *
     * @param ordinal the object
     * @param offset where it starts, from 0 to below {@link #LIMIT}
     */
    public void set(int ordinal, long offset) {
        if (get(ordinal) < 0) {
            low.set(ordinal, (int) (offset + 1));
            high.set(ordinal, (int) (offset + 1 >>> 32));
        }
    }

    /**
     * Where a record starts.
     *
     * @param ordinal the object
     * @return offset in the file, -1 where none was noted
     */
    public long get(int ordinal) {
        return ((long) high.get(ordinal) << 32 | low.get(ordinal) & 0xffff_ffffL) - 1;
    }
}

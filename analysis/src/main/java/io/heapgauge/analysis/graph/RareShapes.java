/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.graph;

import io.heapgauge.analysis.store.LongStore;
import io.heapgauge.analysis.store.Scratch;

/** Ordinal → type and shallow size in an open-addressed table off the Java heap, 16 bytes a slot, at most half full. */
final class RareShapes {
    private static final int FIRST_SLOTS = 1 << 4;

    private final Scratch scratch;
    /** Of each slot ordinal + 1 in the high half and the type in the low half, 0 where free; then the size. */
    private LongStore table;

    private long slots = FIRST_SLOTS;
    private long taken;

    RareShapes(Scratch scratch) {
        this.scratch = scratch;
        table = new LongStore(scratch, 2 * slots);
    }

    /**
     * Adds an object that is not there.
     *
     * @throws IllegalArgumentException if the size is negative
     */
    synchronized void put(int ordinal, int type, long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("a shallow size of " + bytes + " bytes");
        }
        if (2 * taken == slots) {
            grow();
        }
        place((long) (ordinal + 1) << 32 | type, bytes);
        taken++;
    }

    private void grow() {
        LongStore before = table;
        long slotsBefore = slots;
        table = new LongStore(scratch, 4 * slotsBefore);
        slots = 2 * slotsBefore;
        for (long slot = 0; slot < slotsBefore; slot++) {
            if (before.get(2 * slot) != 0) {
                place(before.get(2 * slot), before.get(2 * slot + 1));
            }
        }
        before.release();
    }

    private void place(long entry, long bytes) {
        long slot = slot((int) (entry >>> 32));
        while (table.get(2 * slot) != 0) {
            slot = slot + 1 & slots - 1;
        }
        table.set(2 * slot, entry);
        table.set(2 * slot + 1, bytes);
    }

    int typeOf(int ordinal) {
        return (int) table.get(2 * find(ordinal + 1));
    }

    long bytesOf(int ordinal) {
        return table.get(2 * find(ordinal + 1) + 1);
    }

    private long find(int key) {
        long slot = slot(key);
        while ((int) (table.get(2 * slot) >>> 32) != key) {
            slot = slot + 1 & slots - 1;
        }
        return slot;
    }

    private long slot(int key) {
        return (key * 0x9E37_79B9_7F4A_7C15L >>> 32) & slots - 1;
    }
}

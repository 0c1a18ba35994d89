/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.graph;

import io.heapgauge.analysis.store.LongStore;
import io.heapgauge.analysis.store.NarrowStore;
import io.heapgauge.analysis.store.Scratch;

/**
 * Shallow size of every object in one byte, in units of the alignment; the few big ones are in an open-addressed table.
 * Ordinal → bytes.
 */
final class ShallowSizes {
    private static final int BIG = 0xff;

    private final NarrowStore units;
    private final int unitShift;
    /** Slot → ordinal + 1 in the high half, units in the low half; 0 where free. */
    private final LongStore big;

    private final long bigMask;

    /**
     * @param objects number of objects
     * @param unitBytes sizes are multiples of this power of two
     * @param bigObjects most objects of 255 units or more that will be set
     */
    ShallowSizes(Scratch scratch, int objects, int unitBytes, long bigObjects) {
        units = new NarrowStore(scratch, objects, BIG);
        unitShift = Integer.numberOfTrailingZeros(unitBytes);
        long capacity = Long.highestOneBit(Math.max(4, bigObjects * 2)) << 1;
        big = new LongStore(scratch, capacity);
        bigMask = capacity - 1;
    }

    void set(int ordinal, long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("a shallow size of " + bytes + " bytes");
        }
        long size = bytes >>> unitShift;
        if (size < BIG) {
            units.set(ordinal, (int) size);
            return;
        }
        units.set(ordinal, BIG);
        setBig(ordinal, Math.min(size, 0xffff_ffffL));
    }

    /** Few are big, and several threads may set sizes at once. */
    private synchronized void setBig(int ordinal, long size) {
        long slot = slot(ordinal);
        while (big.get(slot) != 0) {
            slot = slot + 1 & bigMask;
        }
        big.set(slot, (long) (ordinal + 1) << 32 | size);
    }

    long get(int ordinal) {
        int size = units.get(ordinal);
        return size < BIG ? (long) size << unitShift : getBig(ordinal);
    }

    private long getBig(int ordinal) {
        long slot = slot(ordinal);
        while (true) {
            long entry = big.get(slot);
            if ((int) (entry >>> 32) == ordinal + 1) {
                return (entry & 0xffff_ffffL) << unitShift;
            }
            slot = slot + 1 & bigMask;
        }
    }

    private long slot(int ordinal) {
        return (ordinal * 0x9E37_79B9_7F4A_7C15L >>> 32) & bigMask;
    }
}

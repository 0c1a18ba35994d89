/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.store.IntStore;
import io.heapgauge.analysis.store.LongStore;
import io.heapgauge.analysis.store.Scratch;
import org.jspecify.annotations.Nullable;

/**
 * Sums of shallow sizes off the Java heap. Index → bytes, zero at first; four bytes each where all shallow sizes together are
 * less than 2^32 units of the alignment, which are 32 GiB in nearly every VM, else eight.
 */
final class ByteSums {
    private static final long UNSIGNED = 0xffff_ffffL;

    private final @Nullable IntStore units;
    private final @Nullable LongStore wide;
    private final int unitShift;

    /**
     * @param mostBytes no sum will be larger
     * @param unitBytes all shallow sizes are multiples of this power of two
     */
    ByteSums(Scratch scratch, long length, long mostBytes, int unitBytes) {
        unitShift = Integer.numberOfTrailingZeros(unitBytes);
        boolean fits = mostBytes >>> unitShift <= UNSIGNED;
        units = fits ? IntStore.ofLength(scratch, length) : null;
        wide = fits ? null : new LongStore(scratch, length);
    }

    long get(int index) {
        return units != null ? (units.get(index) & UNSIGNED) << unitShift : wide().get(index);
    }

    void add(int index, long bytes) {
        if (units != null) {
            units.set(index, units.get(index) + (int) (bytes >>> unitShift));
        } else {
            wide().set(index, wide().get(index) + bytes);
        }
    }

    void release() {
        if (units != null) {
            units.release();
        } else {
            wide().release();
        }
    }

    private LongStore wide() {
        if (wide == null) {
            throw new IllegalStateException("sums are kept in units");
        }
        return wide;
    }
}

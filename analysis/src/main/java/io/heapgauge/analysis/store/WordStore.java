/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.store;

import org.jspecify.annotations.Nullable;

/** Small sets off the Java heap, one for each index, as words of as many bytes as their members need. Zero at first. */
public final class WordStore {
    private static final long UNSIGNED = 0xffff_ffffL;

    private final @Nullable NarrowStore narrow;
    private final @Nullable LongStore wide;

    /**
     * Allocates empty sets.
     *
     * @param scratch where the memory comes from
     * @param length number of sets
     * @param bits members are less than this, at most 64; up to 8, 16 and 32 a set takes 1, 2 and 4 bytes, else 8
     */
    public WordStore(Scratch scratch, long length, int bits) {
        narrow = bits > Integer.SIZE
                ? null
                : new NarrowStore(scratch, length, bits > Short.SIZE ? Integer.MAX_VALUE : (1 << bits) - 1);
        wide = narrow == null ? new LongStore(scratch, length) : null;
    }

    /**
     * Reads.
     *
     * @param index from 0
     * @return member → bit
     */
    public long get(int index) {
        return narrow != null ? narrow.get(index) & UNSIGNED : wide().get(index);
    }

    /**
     * Writes.
     *
     * @param index from 0
     * @param word member → bit
     */
    public void set(int index, long word) {
        if (narrow != null) {
            narrow.set(index, (int) word);
        } else {
            wide().set(index, word);
        }
    }

    /** Gives its memory back; it must not be used any more. */
    public void release() {
        if (narrow != null) {
            narrow.release();
        } else {
            wide().release();
        }
    }

    private LongStore wide() {
        if (wide == null) {
            throw new IllegalStateException("the sets are narrow");
        }
        return wide;
    }
}

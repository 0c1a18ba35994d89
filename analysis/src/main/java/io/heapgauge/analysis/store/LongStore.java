/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.store;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;

/** Longs off the Java heap, in pages, of fixed length. Index → value, zero where nothing was set. */
public final class LongStore {
    /** So that most sets of objects, one bit each, have one page, which needs no look-up. */
    private static final int PAGE_SHIFT = 22;

    private static final int PAGE_MASK = (1 << PAGE_SHIFT) - 1;

    private final LongBuffer first;
    private final LongBuffer[] pages;
    private final ByteBuffer[] memory;
    private final Scratch scratch;

    /**
     * Allocates zeros.
     *
     * @param scratch where the memory comes from
     * @param length number of longs
     */
    public LongStore(Scratch scratch, long length) {
        scratch.check(length * Long.BYTES);
        this.scratch = scratch;
        int full = (int) (length >>> PAGE_SHIFT);
        int rest = (int) (length & PAGE_MASK);
        pages = new LongBuffer[full + (rest > 0 ? 1 : 0)];
        memory = new ByteBuffer[pages.length];
        for (int i = 0; i < pages.length; i++) {
            int longs = i < full ? PAGE_MASK + 1 : rest;
            memory[i] = scratch.allocate(longs * Long.BYTES);
            pages[i] = memory[i].asLongBuffer();
        }
        first = pages.length == 0 ? LongBuffer.allocate(0) : pages[0];
    }

    /**
     * Reads.
     *
     * @param index from 0
     * @return the value
     */
    public long get(long index) {
        return page(index).get((int) index & PAGE_MASK);
    }

    /**
     * Writes.
     *
     * @param index from 0
     * @param value the value
     */
    public void set(long index, long value) {
        page(index).put((int) index & PAGE_MASK, value);
    }

    private LongBuffer page(long index) {
        return index >>> PAGE_SHIFT == 0 ? first : pages[(int) (index >>> PAGE_SHIFT)];
    }

    /**
     * The values of a short array side by side, for a loop that cannot afford to look for the page each time.
     *
     * @return all of up to 2^22 values; must not be used any more once this is released
     */
    public LongBuffer onlyPage() {
        if (pages.length != 1) {
            throw new IllegalStateException("the array has " + pages.length + " pages");
        }
        return pages[0];
    }

    /**
     * Takes the values of another array of the same length.
     *
     * @param other the other array
     */
    public void copyFrom(LongStore other) {
        for (int i = 0; i < pages.length; i++) {
            pages[i].put(0, other.pages[i], 0, pages[i].capacity());
        }
    }

    /**
     * Number of bits set in all values.
     *
     * @return the sum
     */
    long bitCount() {
        long count = 0;
        for (LongBuffer page : pages) {
            for (int i = 0, n = page.capacity(); i < n; i++) {
                count += Long.bitCount(page.get(i));
            }
        }
        return count;
    }

    /** Sets every value to zero. */
    public void clear() {
        for (LongBuffer page : pages) {
            for (int i = 0, n = page.capacity(); i < n; i++) {
                page.put(i, 0);
            }
        }
    }

    /** Gives its memory back; it must not be used any more. */
    public void release() {
        for (ByteBuffer page : memory) {
            scratch.release(page);
        }
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.store;

import java.nio.ByteBuffer;

/** Small unsigned numbers off the Java heap in one, two or four bytes each, of fixed length. */
public final class NarrowStore {
    /** So that most heaps have one page, which needs no look-up. */
    private static final int PAGE_SHIFT = 27;

    private static final int PAGE_MASK = (1 << PAGE_SHIFT) - 1;

    private final Scratch scratch;
    private final ByteBuffer first;
    private final PageList pages;
    private final int pageCount;
    private final int widthShift;

    /**
     * Allocates zeros wide enough for the largest value.
     *
     * @param scratch where the memory comes from
     * @param length number of values
     * @param maxValue the largest value that will be set
     */
    public NarrowStore(Scratch scratch, long length, int maxValue) {
        this.scratch = scratch;
        widthShift = maxValue <= 0xff ? 0 : maxValue <= 0xffff ? 1 : 2;
        scratch.check(length << widthShift);
        int full = (int) (length >>> PAGE_SHIFT);
        int rest = (int) (length & PAGE_MASK);
        pageCount = full + (rest > 0 ? 1 : 0);
        pages = new PageList(pageCount);
        for (int i = 0; i < pageCount; i++) {
            pages.set(i, scratch.allocate((i < full ? PAGE_MASK + 1 : rest) << widthShift));
        }
        first = pageCount == 0 ? ByteBuffer.allocate(0) : pages.get(0);
    }

    /**
     * Bytes that one value takes.
     *
     * @param maxValue the largest value
     * @return 1, 2 or 4
     */
    public static int width(int maxValue) {
        return maxValue <= 0xff ? 1 : maxValue <= 0xffff ? 2 : 4;
    }

    /**
     * Reads.
     *
     * @param index from 0
     * @return the value
     */
    public int get(int index) {
        ByteBuffer page = page(index);
        int at = (index & PAGE_MASK) << widthShift;
        return switch (widthShift) {
            case 0 -> page.get(at) & 0xff;
            case 1 -> page.getChar(at);
            default -> page.getInt(at);
        };
    }

    /**
     * Writes.
     *
     * @param index from 0
     * @param value from 0 to the largest value promised
     */
    public void set(int index, int value) {
        ByteBuffer page = page(index);
        int at = (index & PAGE_MASK) << widthShift;
        switch (widthShift) {
            case 0 -> page.put(at, (byte) value);
            case 1 -> page.putChar(at, (char) value);
            default -> page.putInt(at, value);
        }
    }

    private ByteBuffer page(int index) {
        return index >>> PAGE_SHIFT == 0 ? first : pages.get(index >>> PAGE_SHIFT);
    }

    /**
     * A way to set many values in order.
     *
     * @return for one thread
     */
    public WriteBehind writeBehind() {
        return new WriteBehind(scratch, pages, PAGE_SHIFT + widthShift, widthShift);
    }

    /** Gives its memory back; it must not be used any more. */
    public void release() {
        for (int i = 0; i < pageCount; i++) {
            scratch.release(pages.get(i));
        }
    }
}

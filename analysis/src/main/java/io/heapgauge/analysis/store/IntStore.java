/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.store;

import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;

/**
 * Ints off the Java heap, in pages; grows at its end. Index → value, zero where nothing was set. Several threads may use
 * different indexes at once, also while one of them has it grow beyond the first page.
 */
public final class IntStore {
    private static final int PAGE_SHIFT = 20;
    /** Logarithm of the bytes of an int. */
    private static final int INT_SHIFT = 2;
    /** Ints of a full page. */
    public static final int PAGE_INTS = 1 << PAGE_SHIFT;

    private static final int PAGE_MASK = (1 << PAGE_SHIFT) - 1;
    /** What the first page of a growing array starts with, so that small heaps take little. */
    private static final int FIRST_INTS = 1 << 10;

    private final Scratch scratch;
    private IntBuffer[] pages;
    private PageList memory;
    private int pageCount;

    private IntStore(Scratch scratch, int pages) {
        this.scratch = scratch;
        this.pages = new IntBuffer[Math.max(1, pages)];
        this.memory = new PageList(pages);
    }

    /**
     * An array of fixed size.
     *
     * @param scratch where its memory comes from
     * @param length number of ints
     * @return zeros
     */
    public static IntStore ofLength(Scratch scratch, long length) {
        int full = (int) (length >>> PAGE_SHIFT);
        int rest = (int) (length & PAGE_MASK);
        scratch.check(length * Integer.BYTES);
        IntStore store = new IntStore(scratch, full + 1);
        for (int i = 0; i < full; i++) {
            store.addPage(PAGE_MASK + 1);
        }
        if (rest > 0) {
            store.addPage(rest);
        }
        return store;
    }

    /**
     * An array that {@link #ensure} lets grow.
     *
     * @param scratch where its memory comes from
     * @return an empty array
     */
    public static IntStore growing(Scratch scratch) {
        return new IntStore(scratch, 16);
    }

    private void addPage(int ints) {
        if (pageCount == pages.length) {
            IntBuffer[] more = Arrays.copyOf(pages, pageCount * 2);
            // threads that write other pages meanwhile find these in the new array too
            VarHandle.storeStoreFence();
            pages = more;
        }
        ByteBuffer page = scratch.allocate(ints * Integer.BYTES);
        memory.set(pageCount, page);
        pages[pageCount] = page.asIntBuffer();
        pageCount++;
    }

    /**
     * Makes an index usable in a growing array. Cost: nothing, or the allocation of 4 MiB at the most.
     *
     * @param index the index about to be set
     */
    public void ensure(long index) {
        if (index >>> PAGE_SHIFT >= pageCount || pageCount == 1 && index >= pages[0].capacity()) {
            grow(index);
        }
    }

    private void grow(long index) {
        if (pageCount == 0) {
            addPage(FIRST_INTS);
        }
        int first = pages[0].capacity();
        long wanted = Math.min(PAGE_MASK + 1L, Math.max(index + 1, first));
        if (wanted > first) {
            int ints = (int) Math.min(PAGE_MASK + 1L, Long.highestOneBit(wanted) << 1);
            ByteBuffer larger = scratch.allocate(ints * Integer.BYTES);
            ByteBuffer smaller = memory.get(0);
            larger.put(0, smaller, 0, smaller.capacity());
            scratch.release(smaller);
            memory.set(0, larger);
            pages[0] = larger.asIntBuffer();
        }
        while (index >>> PAGE_SHIFT >= pageCount) {
            addPage(PAGE_MASK + 1);
        }
    }

    /**
     * Reads.
     *
     * @param index from 0
     * @return the value
     */
    public int get(long index) {
        return pages[(int) (index >>> PAGE_SHIFT)].get((int) index & PAGE_MASK);
    }

    /**
     * Writes.
     *
     * @param index from 0
     * @param value the value
     */
    public void set(long index, int value) {
        pages[(int) (index >>> PAGE_SHIFT)].put((int) index & PAGE_MASK, value);
    }

    /**
     * A way to set many values in order.
     *
     * @return for one thread
     */
    public WriteBehind writeBehind() {
        return new WriteBehind(scratch, memory, PAGE_SHIFT + INT_SHIFT, INT_SHIFT);
    }

    /** Gives its memory back; it must not be used any more. */
    public void release() {
        for (int i = 0; i < pageCount; i++) {
            scratch.release(memory.get(i));
        }
        pageCount = 0;
        pages = new IntBuffer[1];
        memory = new PageList(1);
    }
}

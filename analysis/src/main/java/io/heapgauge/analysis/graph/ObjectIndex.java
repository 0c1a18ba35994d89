/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.graph;

import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.store.LongStore;
import io.heapgauge.analysis.store.Scratch;
import io.heapgauge.analysis.store.ScratchBudgetException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Object ids to dense ordinals in address order and back. Ids are addresses: the used address range is cut into blocks of
 * 43 granules of 8 bytes; a block is a long, 43 bits of "an object starts here" above the number of objects in the page
 * before the block. A look-up is a division, one read and a bit count. Blocks live in pages that exist only where objects
 * are, so gaps of terabytes cost nothing. About 1 byte per object in ordinary heaps.
 *
 * <p>First add every id by an {@link #adder}, then {@link #freeze}, then look up.
 */
public final class ObjectIndex {
    /** Bits of a block for the number of objects before it, which is below those of a whole page. */
    private static final int RANK_BITS = 21;

    private static final long RANK_MASK = (1L << RANK_BITS) - 1;
    private static final int BLOCK = Long.SIZE - RANK_BITS;
    private static final int PAGE_SHIFT = 15;
    private static final int BLOCKS_PER_PAGE = 1 << PAGE_SHIFT;
    private static final int PAGE_MASK = BLOCKS_PER_PAGE - 1;
    /** A directory of this many entries is small on the Java heap and covers 11 TB of addresses. */
    private static final long MAX_DIRECTORY = 1 << 20;

    private static final long PAGE_BYTES = (long) BLOCKS_PER_PAGE * Long.BYTES;
    /**
     * Pages reach 450 GB of addresses that hold objects. Ids all over the address space would take a page each: more than an
     * operating system maps for one process, and as many buffers on the Java heap.
     */
    private static final int MAX_PAGES = 40_000;

    private final Scratch scratch;
    private final int granuleShift;
    private final long granuleMask;
    private final Long2ObjectHashMap<Page> pages = new Long2ObjectHashMap<>();
    private final List<Adder> adders = new ArrayList<>();
    private long duplicates;
    private int size;
    private long firstPage;
    /** Page number less {@code firstPage} → page; empty when the range is too wide, then {@code pages} serves. */
    private @Nullable Page[] directory = {};
    /** All of them by address. */
    private Page[] sortedPages = {};

    /** The blocks that start where a multiple of so many does. */
    private static final class Page {
        private final long number;
        private final LongBuffer blocks;
        /** Number of objects in the pages before. */
        private int firstOrdinal;

        private Page(long number, LongBuffer blocks) {
            this.number = number;
            this.blocks = blocks;
        }
    }

    /**
     * An empty index.
     *
     * @param scratch where its pages come from
     * @param granuleShift 3 where all ids are multiples of 8, as addresses are; 0 for arbitrary ids
     */
    public ObjectIndex(Scratch scratch, int granuleShift) {
        this.scratch = scratch;
        this.granuleShift = granuleShift;
        this.granuleMask = (1L << granuleShift) - 1;
    }

    /**
     * A way in for the objects that one thread finds. To be called on one thread only.
     *
     * @return an adder for one thread
     */
    public Adder adder() {
        Adder adder = new Adder();
        adders.add(adder);
        return adder;
    }

    /** Adds objects to the index. Each is for one thread, several may add at once. */
    public final class Adder implements IdSink {
        private @Nullable Page page;
        private long pageNumber = -1;
        /** Position in the page of the block that is being collected. */
        private int at;
        /** Bits of that block which are not in the page yet: neighbours in a dump share a block as a rule. */
        private long bits;

        private long duplicates;

        private Adder() {}

        /**
         * Adds an object.
         *
         * @param id its id
         * @throws UnalignedIdException if the id is no multiple of the granule
         */
        @Override
        public void object(long id) {
            if ((id & granuleMask) != 0) {
                throw new UnalignedIdException(id);
            }
            long granule = id >>> granuleShift;
            long block = blockOf(granule);
            int position = (int) block & PAGE_MASK;
            long number = block >>> PAGE_SHIFT;
            if (position != at || number != pageNumber) {
                moveTo(number, position);
            }
            long mask = 1L << bitOf(granule, block);
            if ((bits & mask) != 0) {
                duplicates++;
            }
            bits |= mask;
        }

        private void moveTo(long number, int position) {
            flush();
            if (number != pageNumber) {
                page = pageForAdding(number);
                pageNumber = number;
            }
            at = position;
        }

        private void flush() {
            Page open = page;
            if (open != null && bits != 0) {
                synchronized (open) {
                    long before = open.blocks.get(at);
                    duplicates += Long.bitCount(before & bits);
                    open.blocks.put(at, before | bits);
                }
                bits = 0;
            }
        }
    }

    /** Tells that ids are not addresses in the expected granule; the index must be built anew with granule shift 0. */
    public static final class UnalignedIdException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        UnalignedIdException(long id) {
            super("object id 0x" + Long.toHexString(id) + " is no multiple of 8");
        }
    }

    private synchronized Page pageForAdding(long number) {
        Page page = pages.get(number);
        if (page == null) {
            if (pages.size() == MAX_PAGES) {
                throw new ScratchBudgetException((MAX_PAGES + 1) * PAGE_BYTES, MAX_PAGES * PAGE_BYTES);
            }
            page = new Page(number, new LongStore(scratch, BLOCKS_PER_PAGE).onlyPage());
            pages.put(number, page);
        }
        return page;
    }

    /** Shifted addresses are positive; arbitrary 64-bit ids may not be. */
    private static long blockOf(long granule) {
        return granule >= 0 ? granule / BLOCK : Long.divideUnsigned(granule, BLOCK);
    }

    private static int bitOf(long granule, long block) {
        return RANK_BITS + (int) (granule - block * BLOCK);
    }

    /**
     * Numbers the objects once all threads have added theirs. Cost: linear in the number of pages.
     *
     * @param monitor hears of the progress
     * @throws UncheckedIOException if there are more than 2^31 - 1 objects
     */
    public void freeze(Monitor monitor) {
        for (Adder adder : adders) {
            adder.flush();
            duplicates += adder.duplicates;
        }
        adders.clear();
        sortedPages = pages.values().toArray(new Page[0]);
        Arrays.sort(sortedPages, Comparator.comparingLong(page -> page.number));
        long objects = 0;
        for (int i = 0; i < sortedPages.length; i++) {
            monitor.at((double) i / sortedPages.length);
            sortedPages[i].firstOrdinal = (int) objects;
            objects += number(sortedPages[i].blocks, monitor);
            if (objects > Integer.MAX_VALUE) {
                throw new UncheckedIOException(new IOException(
                        "the dump has more than " + Integer.MAX_VALUE + " objects, which no graph can hold"));
            }
        }
        size = (int) objects;
        makeDirectory();
    }

    /** Writes into each block how many objects are before it; returns how many there are. */
    private static long number(LongBuffer blocks, Monitor monitor) {
        long rank = 0;
        for (int at = 0; at < BLOCKS_PER_PAGE; at++) {
            if ((at & Monitor.POLL) == 0) {
                monitor.beat();
            }
            long members = blocks.get(at);
            blocks.put(at, members | rank);
            rank += Long.bitCount(members);
        }
        return rank;
    }

    private void makeDirectory() {
        int count = sortedPages.length;
        if (count == 0) {
            return;
        }
        firstPage = sortedPages[0].number;
        long range = sortedPages[count - 1].number - firstPage + 1;
        if (range > 0 && range <= MAX_DIRECTORY) {
            directory = new Page[(int) range];
            for (Page page : sortedPages) {
                directory[(int) (page.number - firstPage)] = page;
            }
        }
    }

    /**
     * Number of objects.
     *
     * @return from 0
     */
    public int size() {
        return size;
    }

    /**
     * Ids that were added although they were there.
     *
     * @return how many, after {@link #freeze}
     */
    public long duplicates() {
        return duplicates;
    }

    /**
     * The ordinal of an object.
     *
     * @param id any id
     * @return from 0, or -1 when there is no such object
     */
    public int ordinalOf(long id) {
        if ((id & granuleMask) != 0) {
            return -1;
        }
        long granule = id >>> granuleShift;
        long block = blockOf(granule);
        Page page = page(block >>> PAGE_SHIFT);
        if (page == null) {
            return -1;
        }
        long members = page.blocks.get((int) block & PAGE_MASK);
        long mask = 1L << bitOf(granule, block);
        if ((members & mask) == 0) {
            return -1;
        }
        return page.firstOrdinal + (int) (members & RANK_MASK) + Long.bitCount((members & mask - 1) >>> RANK_BITS);
    }

    private @Nullable Page page(long number) {
        long slot = number - firstPage;
        if (directory.length > 0) {
            return slot >= 0 && slot < directory.length ? directory[(int) slot] : null;
        }
        return pages.get(number);
    }

    /**
     * The id of an object. Cost: two binary searches, for reports rather than for loops.
     *
     * @param ordinal from 0 to {@link #size()} - 1
     * @return its id
     */
    public long idOf(int ordinal) {
        Page page = pageOf(ordinal);
        int left = ordinal - page.firstOrdinal;
        int low = 0;
        int high = BLOCKS_PER_PAGE - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if ((page.blocks.get(middle) & RANK_MASK) <= left) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        long members = page.blocks.get(low);
        long above = members & ~RANK_MASK;
        for (left -= (int) (members & RANK_MASK); left > 0; left--) {
            above &= above - 1;
        }
        long block = (page.number << PAGE_SHIFT) + low;
        return (block * BLOCK + Long.numberOfTrailingZeros(above) - RANK_BITS) << granuleShift;
    }

    /** The last page that begins with this object or one before; pages of no objects there are none. */
    private Page pageOf(int ordinal) {
        int low = 0;
        int high = sortedPages.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (sortedPages[middle].firstOrdinal <= ordinal) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return sortedPages[low];
    }
}

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
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Object ids to dense ordinals in address order and back. Ids are addresses: the used address range is cut into blocks of
 * 96 granules of 8 bytes; a block is two longs, 96 bits of "an object starts here" and the number of objects before the
 * block. A look-up is a division, two reads of one cache line and a bit count. Blocks live in pages that exist only where
 * objects are, so gaps of terabytes cost nothing. About 1 byte per object in ordinary heaps.
 *
 * <p>First add every id by an {@link #adder}, then {@link #freeze}, then look up.
 */
public final class ObjectIndex {
    private static final int BLOCK = 96;
    private static final int PAGE_SHIFT = 14;
    private static final int BLOCKS_PER_PAGE = 1 << PAGE_SHIFT;
    private static final int PAGE_MASK = BLOCKS_PER_PAGE - 1;
    /** A directory of this many entries is small on the Java heap and covers 13 TB of addresses. */
    private static final long MAX_DIRECTORY = 1 << 20;

    private static final long PAGE_BYTES = 2L * BLOCKS_PER_PAGE * Long.BYTES;
    /**
     * Pages reach 500 GB of addresses that hold objects. Ids all over the address space would take a page each: more than an
     * operating system maps for one process, and as many buffers on the Java heap.
     */
    private static final int MAX_PAGES = 40_000;

    private final Scratch scratch;
    private final int granuleShift;
    private final long granuleMask;
    private final Long2ObjectHashMap<LongBuffer> pages = new Long2ObjectHashMap<>();
    private final List<Adder> adders = new ArrayList<>();
    private long duplicates;
    private int size;
    private long firstPage;
    /** Page number less {@code firstPage} → page; empty when the range is too wide, then {@code pages} serves. */
    private @Nullable LongBuffer[] directory = {};
    /** Pages by address → page number, and the ordinal of the page's first object. */
    private long[] sortedPages = {};

    private int[] firstOrdinals = {};

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
        private @Nullable LongBuffer page;
        private long pageNumber = -1;
        /** Position in the page of the word that is being collected. */
        private int at;
        /** Bits of that word which are not in the page yet: neighbours in a dump share a word as a rule. */
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
            int bit = (int) (granule - block * BLOCK);
            int position = (((int) block & PAGE_MASK) << 1) + (bit >>> 6);
            long number = block >>> PAGE_SHIFT;
            if (position != at || number != pageNumber) {
                moveTo(number, position);
            }
            long mask = 1L << bit;
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
            LongBuffer open = page;
            if (open != null && bits != 0) {
                synchronized (open) {
                    long before = open.get(at);
                    duplicates += Long.bitCount(before & bits);
                    open.put(at, before | bits);
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

    private synchronized LongBuffer pageForAdding(long number) {
        LongBuffer page = pages.get(number);
        if (page == null) {
            if (pages.size() == MAX_PAGES) {
                throw new ScratchBudgetException((MAX_PAGES + 1) * PAGE_BYTES, MAX_PAGES * PAGE_BYTES);
            }
            page = new LongStore(scratch, 2L * BLOCKS_PER_PAGE).onlyPage();
            pages.put(number, page);
        }
        return page;
    }

    /** Shifted addresses are positive; arbitrary 64-bit ids may not be. */
    private static long blockOf(long granule) {
        return granule >= 0 ? granule / BLOCK : Long.divideUnsigned(granule, BLOCK);
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
        sortedPages = new long[pages.size()];
        int count = 0;
        for (Long2ObjectHashMap<LongBuffer>.KeyIterator keys = pages.keySet().iterator(); keys.hasNext(); ) {
            sortedPages[count++] = keys.nextLong();
        }
        Arrays.sort(sortedPages);
        firstOrdinals = new int[count];
        long rank = 0;
        for (int i = 0; i < count; i++) {
            firstOrdinals[i] = (int) rank;
            LongBuffer page = pages.get(sortedPages[i]);
            for (int at = 0; at < 2 * BLOCKS_PER_PAGE; at += 2) {
                if ((at & Monitor.POLL) == 0) {
                    monitor.at((double) i / count);
                }
                long high = page.get(at + 1);
                page.put(at + 1, high | rank << 32);
                rank += Long.bitCount(page.get(at)) + Long.bitCount(high);
            }
            if (rank > Integer.MAX_VALUE) {
                throw new UncheckedIOException(new IOException(
                        "the dump has more than " + Integer.MAX_VALUE + " objects, which no graph can hold"));
            }
        }
        size = (int) rank;
        makeDirectory(count);
    }

    private void makeDirectory(int count) {
        if (count == 0) {
            return;
        }
        firstPage = sortedPages[0];
        long range = sortedPages[count - 1] - firstPage + 1;
        if (range > 0 && range <= MAX_DIRECTORY) {
            directory = new LongBuffer[(int) range];
            for (long number : sortedPages) {
                directory[(int) (number - firstPage)] = pages.get(number);
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
        int bit = (int) (granule - block * BLOCK);
        LongBuffer page = page(block >>> PAGE_SHIFT);
        if (page == null) {
            return -1;
        }
        int at = ((int) block & PAGE_MASK) << 1;
        long high = page.get(at + 1);
        int rank = (int) (high >>> 32);
        long mask = 1L << bit;
        if (bit < 64) {
            long low = page.get(at);
            return (low & mask) == 0 ? -1 : rank + Long.bitCount(low & (mask - 1));
        }
        return (high & mask) == 0 ? -1 : rank + Long.bitCount(page.get(at)) + Long.bitCount(high & (mask - 1));
    }

    private @Nullable LongBuffer page(long number) {
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
        int found = Arrays.binarySearch(firstOrdinals, ordinal);
        int index = found >= 0 ? found : -found - 2;
        while (index + 1 < firstOrdinals.length && firstOrdinals[index + 1] <= ordinal) {
            index++;
        }
        LongBuffer page = pages.get(sortedPages[index]);
        int low = 0;
        int high = BLOCKS_PER_PAGE - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if ((int) (page.get(2 * middle + 1) >>> 32) <= ordinal) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        long block = (sortedPages[index] << PAGE_SHIFT) + low;
        int left = ordinal - (int) (page.get(2 * low + 1) >>> 32);
        long word = page.get(2 * low);
        int bit = 0;
        if (left >= Long.bitCount(word)) {
            left -= Long.bitCount(word);
            word = page.get(2 * low + 1) & 0xffff_ffffL;
            bit = 64;
        }
        while (left-- > 0) {
            word &= word - 1;
        }
        return (block * BLOCK + bit + Long.numberOfTrailingZeros(word)) << granuleShift;
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;

/**
 * Sets the numbers of an array for one thread, which goes through it in order as a rule: what it sets is collected in a piece
 * of memory that stays in the processor's cache, and goes into the array a piece at a time. Where the array lies in a mapped
 * file it is the system, then, that writes to the file's pages first; a program that does so itself waits for each page
 * longer than all else takes that it does with it. Numbers out of order are set in the array itself.
 *
 * <p>The array has all of it after {@link #flush}.
 */
public final class WriteBehind {
    /** Logarithm of the bytes of a piece. */
    private static final int PIECE_SHIFT = 17;
    /** So many numbers of one piece, one after the other, show that the thread goes through the array in order. */
    private static final int IN_ORDER = 1 << 10;

    private static final int NONE = -2;

    private final Scratch scratch;
    private final PageList pages;
    private final int pageShift;
    private final int widthShift;
    /** Logarithm of the numbers of a piece. */
    private final int numbersShift;

    private ByteBuffer piece = ByteBuffer.allocate(0);
    /** Which piece of the array is collected, {@link #NONE} for none. */
    private int collected = NONE;
    /** Pieces that the array has something of. */
    private final BitSet written = new BitSet();
    /** Where numbers were set in the array itself last, and how many one after the other. */
    private int beside = NONE;

    private int timesBeside;

    /**
     * @param pages memory of the array
     * @param pageShift logarithm of the bytes of a page
     * @param widthShift logarithm of the bytes of a number
     */
    WriteBehind(Scratch scratch, PageList pages, int pageShift, int widthShift) {
        this.scratch = scratch;
        this.pages = pages;
        this.pageShift = pageShift;
        this.widthShift = widthShift;
        numbersShift = PIECE_SHIFT - widthShift;
    }

    /**
     * Writes.
     *
     * @param index of the array
     * @param value the value
     */
    public void set(long index, int value) {
        if (index >>> numbersShift == collected || moveTo(index)) {
            put(piece, inPiece(index), value);
        } else {
            put(page(index << widthShift), inPage(index << widthShift), value);
        }
    }

    /**
     * Reads.
     *
     * @param index of the array
     * @return the value that was set
     */
    public int get(long index) {
        return index >>> numbersShift == collected
                ? get(piece, inPiece(index))
                : get(page(index << widthShift), inPage(index << widthShift));
    }

    private void put(ByteBuffer to, int at, int value) {
        switch (widthShift) {
            case 0 -> to.put(at, (byte) value);
            case 1 -> to.putChar(at, (char) value);
            default -> to.putInt(at, value);
        }
    }

    private int get(ByteBuffer from, int at) {
        return switch (widthShift) {
            case 0 -> from.get(at) & 0xff;
            case 1 -> from.getChar(at);
            default -> from.getInt(at);
        };
    }

    private int inPiece(long index) {
        return (int) (index << widthShift) & (1 << PIECE_SHIFT) - 1;
    }

    private ByteBuffer page(long firstByte) {
        return pages.get((int) (firstByte >>> pageShift));
    }

    private int inPage(long firstByte) {
        return (int) (firstByte & (1L << pageShift) - 1);
    }

    /** Collects the piece with an index if that is the next one in order. */
    private boolean moveTo(long index) {
        int wanted = (int) (index >>> numbersShift);
        if (wanted == collected + 1 || wanted == beside + 1 && timesBeside >= IN_ORDER) {
            flush();
            collect(wanted);
            return true;
        }
        if (wanted == beside) {
            timesBeside++;
        } else {
            beside = wanted;
            timesBeside = 1;
            written.set(wanted);
        }
        return false;
    }

    private void collect(int wanted) {
        if (piece.capacity() == 0) {
            piece = ByteBuffer.allocateDirect(1 << PIECE_SHIFT).order(ByteOrder.nativeOrder());
        }
        if (written.get(wanted)) {
            long start = (long) wanted << PIECE_SHIFT;
            piece.put(0, page(start), inPage(start), length(start));
        } else {
            for (int at = 0; at < piece.capacity(); at += Long.BYTES) {
                piece.putLong(at, 0);
            }
        }
        collected = wanted;
        beside = NONE;
    }

    /** The last piece of an array may be shorter. */
    private int length(long start) {
        return Math.min(piece.capacity(), page(start).capacity() - inPage(start));
    }

    /** Puts into the array what has been collected. */
    public void flush() {
        if (collected != NONE) {
            long start = (long) collected << PIECE_SHIFT;
            scratch.write(page(start), inPage(start), piece.clear().limit(length(start)));
            piece.clear();
            written.set(collected);
            collected = NONE;
        }
    }
}

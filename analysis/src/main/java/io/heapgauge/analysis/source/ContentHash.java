/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import java.nio.ByteBuffer;

/**
 * A hash of 128 bits over the type, length and contents of one primitive array at a time. Each word of 8 bytes is spread
 * over all its bits by two multiplications, then taken up by two lanes in different ways: by exclusive or, and by a sum. All
 * steps are bijections, so arrays that differ in one word differ in both lanes; and what makes one lane of arrays that differ
 * in more words meet again does not make the other one. Not made against people who look for collisions: the constants are
 * known.
 *
 * <p>Speed: four multiplications per 8 bytes, two of which wait for those of the word before.
 */
final class ContentHash {
    private static final long FIRST_SEED = 0x8F14_E45F_CEEA_167AL;
    private static final long SECOND_SEED = 0x2B7E_1516_28AE_D2A6L;
    // odd, with about as many ones as zeros
    private static final long FIRST_FACTOR = 0xD6E8_FEB8_6659_FD93L;
    private static final long SECOND_FACTOR = 0xA076_1D64_78BD_642FL;
    private static final long WORD_FACTOR = 0x9FB2_1C65_1E98_DF25L;
    private static final long OTHER_WORD_FACTOR = 0xC6BC_2796_92B5_C323L;

    private long first;
    private long second;
    /** Bytes that do not fill a word yet, the first one highest. */
    private long rest;

    private int restBytes;

    /**
     * Begins an array.
     *
     * @param code type code of its elements
     * @param length number of elements
     */
    void start(int code, int length) {
        first = FIRST_SEED;
        second = SECOND_SEED;
        rest = 0;
        restBytes = 0;
        word((long) code << 32 | length);
    }

    /**
     * Takes the next bytes of the contents, any number of them.
     *
     * @param window big-endian bytes
     * @param at index of the first
     * @param count how many
     */
    void add(ByteBuffer window, int at, int count) {
        int next = at;
        int end = at + count;
        while (restBytes != 0 && next < end) {
            one(window.get(next++));
        }
        for (; end - next >= Long.BYTES; next += Long.BYTES) {
            word(window.getLong(next));
        }
        while (next < end) {
            one(window.get(next++));
        }
    }

    private void one(byte value) {
        rest = rest << 8 | value & 0xff;
        if (++restBytes == Long.BYTES) {
            word(rest);
            rest = 0;
            restBytes = 0;
        }
    }

    private void word(long word) {
        long spread = word * WORD_FACTOR;
        spread = (spread ^ spread >>> 32) * OTHER_WORD_FACTOR;
        first = Long.rotateLeft(first ^ spread, 27) * FIRST_FACTOR;
        second = (Long.rotateLeft(second, 37) + spread) * SECOND_FACTOR;
    }

    /** Ends the array. Its length is part of the hash, so the rest needs no mark. */
    void end() {
        if (restBytes != 0) {
            word(rest);
        }
        first = spread(first);
        second = spread(second);
    }

    private static long spread(long lane) {
        long bits = (lane ^ lane >>> 31) * SECOND_FACTOR;
        bits = (bits ^ bits >>> 30) * FIRST_FACTOR;
        return bits ^ bits >>> 33;
    }

    /** First half of the hash, once the array has ended. */
    long hash() {
        return first;
    }

    /** Second half of the hash, once the array has ended. */
    long otherHash() {
        return second;
    }
}

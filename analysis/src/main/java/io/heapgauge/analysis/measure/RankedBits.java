/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.store.BitStore;
import io.heapgauge.analysis.store.IntStore;
import io.heapgauge.analysis.store.Scratch;

/** Counts the members of a set below a number in constant time: a count per 64 numbers and the bits of one word. */
final class RankedBits {
    private final BitStore bits;
    /** Word → members in the words before it. */
    private final IntStore before;

    RankedBits(Scratch scratch, BitStore bits, long length) {
        this.bits = bits;
        long words = (length + 63) >>> 6;
        before = IntStore.ofLength(scratch, words);
        int sum = 0;
        for (int word = 0; word < words; word++) {
            before.set(word, sum);
            sum += Long.bitCount(bits.word(word));
        }
    }

    int rank(int number) {
        return before.get(number >>> 6) + Long.bitCount(bits.word(number >>> 6) & ((1L << number) - 1));
    }

    void release() {
        before.release();
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.store;

/** A set of ints off the Java heap, one bit each. */
public final class BitStore {
    private final LongStore words;
    private final int wordCount;

    /**
     * Allocates an empty set.
     *
     * @param scratch where the memory comes from
     * @param length exclusive upper bound of its members
     */
    public BitStore(Scratch scratch, long length) {
        wordCount = (int) ((length + 63) >>> 6);
        words = new LongStore(scratch, wordCount);
    }

    /**
     * Tells whether it has a member.
     *
     * @param index from 0
     * @return whether the bit is set
     */
    public boolean get(int index) {
        return (words.get(index >>> 6) & 1L << index) != 0;
    }

    /**
     * Adds a member.
     *
     * @param index from 0
     * @return whether it was new
     */
    public boolean add(int index) {
        int word = index >>> 6;
        long old = words.get(word);
        long now = old | 1L << index;
        if (old == now) {
            return false;
        }
        words.set(word, now);
        return true;
    }

    /**
     * Takes the members of another set of the same length, in place of its own.
     *
     * @param other the other set
     */
    public void copyFrom(BitStore other) {
        words.copyFrom(other.words);
    }

    /**
     * Takes a member out.
     *
     * @param index from 0
     */
    public void remove(int index) {
        int word = index >>> 6;
        words.set(word, words.get(word) & ~(1L << index));
    }

    /**
     * 64 members at once.
     *
     * @param word index of the word
     * @return bits of the numbers from {@code 64 * word} on
     */
    public long word(int word) {
        return words.get(word);
    }

    /**
     * Sets 64 members at once.
     *
     * @param word index of the word
     * @param members bits of the numbers from {@code 64 * word} on
     */
    public void word(int word, long members) {
        words.set(word, members);
    }

    /**
     * Number of words.
     *
     * @return indexes of words are below this
     */
    public int words() {
        return wordCount;
    }

    /**
     * Number of members. Cost: linear in the length.
     *
     * @return how many bits are set
     */
    public long cardinality() {
        return words.bitCount();
    }

    /** Removes all members. */
    public void clear() {
        words.clear();
    }

    /** Gives its memory back; it must not be used any more. */
    public void release() {
        words.release();
    }
}

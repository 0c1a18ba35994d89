/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

/**
 * What is known of one class while its objects stream by: counts, and the distance that most of its instances keep to
 * their next neighbour, found by majority vote (Boyer and Moore's algorithm) in constant memory.
 */
final class TypeEntry {
    private static final int[] NOTHING = {};

    final long classId;
    /** Where the first object of the class stands in the file, for errors. */
    final long firstOffset;

    /** Type index, -1 until the classes are resolved. */
    int type = -1;

    long objects;
    /** Of arrays the sum of their sizes; of instances only what exceeds the class's own instance size. */
    long bytes;

    long largest;

    /** Candidate of the vote, in bytes. */
    private long distance;

    private long votes;

    /** Offset of the field that tells how many extra words an instance has, -1 for ordinary classes. */
    int extraWordsField = -1;

    /** Shallow size of an instance, once the classes are resolved. */
    long instanceBytes;
    /** Bytes of field values in the dump. */
    int dataBytes;
    /** Leading slot → offset of its reference in the field values. */
    int[] slotFields = NOTHING;
    /** Offsets of all other references in the field values. */
    int[] otherFields = NOTHING;

    TypeEntry(long classId, long firstOffset) {
        this.classId = classId;
        this.firstOffset = firstOffset;
    }

    void vote(long toNeighbour) {
        if (distance == toNeighbour) {
            votes++;
        } else if (votes == 0) {
            distance = toNeighbour;
            votes = 1;
        } else {
            votes--;
        }
    }

    /**
     * The distance that at least three quarters of many instances keep.
     *
     * @return bytes, or 0 when there is no such distance
     */
    long clearMajority() {
        return objects >= 16 && votes * 2 >= objects ? distance : 0;
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import org.jspecify.annotations.Nullable;

/**
 * What is known of one class while its objects stream by: counts, and the smallest distance that its instances keep to the
 * object that follows in the dump.
 */
final class TypeEntry {
    private static final int[] NOTHING = {};

    final long classId;
    /** Where the first object of the class stands in the file, for errors. */
    long firstOffset;

    /** Type index, -1 until the classes are resolved. */
    int type = -1;

    long objects;
    /** Of arrays the sum of their sizes; of instances only what exceeds the class's own instance size. */
    long bytes;

    long largest;

    /** Bytes to the nearest neighbour of all. */
    private long nearest = Long.MAX_VALUE;
    /** One of the instances with a neighbour as near as that. */
    private long nearestTo;
    /** How many there are. */
    private long nearestSeen;

    /** Whether no field of its instances has to be read in the first pass; known after the first one. */
    boolean plain;
    /** Offset of the field that tells how many extra words an instance has, -1 for ordinary classes. */
    int extraWordsField = -1;
    /** Tells how many bytes outside of the heap an instance holds, null where none does. */
    @Nullable
    NativeBytes nativeBytesOf;
    /** What all of them hold outside of the heap. */
    long nativeBytes;

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

    /** The object that follows one of its instances in the dump is so far away. */
    void neighbour(long id, long distance) {
        if (distance < nearest) {
            nearest = distance;
            nearestTo = id;
            nearestSeen = 1;
        } else if (distance == nearest) {
            nearestSeen++;
        }
    }

    /** Adds what another thread has seen of the class. */
    void absorb(TypeEntry other) {
        firstOffset = Math.min(firstOffset, other.firstOffset);
        objects += other.objects;
        bytes += other.bytes;
        largest = Math.max(largest, other.largest);
        nativeBytes += other.nativeBytes;
        if (other.extraWordsField >= 0) {
            extraWordsField = other.extraWordsField;
        }
        if (other.nearest < nearest) {
            nearest = other.nearest;
            nearestTo = other.nearestTo;
            nearestSeen = other.nearestSeen;
        } else if (other.nearest == nearest) {
            nearestSeen += other.nearestSeen;
        }
    }

    /**
     * The smallest distance, if at least half of many instances keep it.
     *
     * @return bytes, or 0 when there is no such distance
     */
    long clearlyNearest() {
        return objects >= 16 && nearestSeen * 2 >= objects ? nearest : 0;
    }

    /** An instance at the smallest distance. */
    long nearestTo() {
        return nearestTo;
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.layout;

/**
 * What decides the size of an object in a HotSpot heap.
 *
 * @param headerBytes bytes before an instance's first field: 8 with compact object headers, 12 with compressed class
 *     pointers, else 16
 * @param referenceBytes size of a reference in a field or array slot: 4 with compressed oops, else 8
 * @param alignmentBytes objects start at multiples of this, {@code ObjectAlignmentInBytes}
 * @param packedArrays whether array elements start right behind the length instead of at the next 8-byte boundary; so
 *     since JDK 23 (JDK-8139457)
 */
public record VmModel(int headerBytes, int referenceBytes, int alignmentBytes, boolean packedArrays) {
    /** What a 64-bit HotSpot does without any flag below 32 GB of heap. */
    public static final VmModel DEFAULT = new VmModel(12, 4, 8, false);

    /**
     * Checks the figures.
     *
     * @param headerBytes 8, 12 or 16
     * @param referenceBytes 4 or 8
     * @param alignmentBytes a power of two from 8 to 256
     * @param packedArrays whether array elements start right behind the length
     */
    public VmModel {
        if (headerBytes != 8 && headerBytes != 12 && headerBytes != 16) {
            throw new IllegalArgumentException("header of " + headerBytes + " bytes: expected 8, 12 or 16");
        }
        if (referenceBytes != 4 && referenceBytes != 8) {
            throw new IllegalArgumentException("references of " + referenceBytes + " bytes: expected 4 or 8");
        }
        if (alignmentBytes < 8 || alignmentBytes > 256 || Integer.bitCount(alignmentBytes) != 1) {
            throw new IllegalArgumentException(
                    "alignment of " + alignmentBytes + " bytes: expected a power of two from 8 to 256");
        }
    }

    /**
     * Rounds up to the object alignment.
     *
     * @param bytes a size in bytes
     * @return the next multiple of the alignment
     */
    public long align(long bytes) {
        return (bytes + alignmentBytes - 1) & -alignmentBytes;
    }

    /**
     * Where the first element of an array lies.
     *
     * @param elementBytes size of one element
     * @return offset from the object's start in bytes
     */
    public int arrayBase(int elementBytes) {
        int afterLength = headerBytes + 4;
        int boundary = packedArrays ? elementBytes : 8;
        return (afterLength + boundary - 1) & -boundary;
    }

    /**
     * Shallow size of an array.
     *
     * @param length number of elements
     * @param elementBytes size of one element
     * @return bytes, aligned
     */
    public long arrayBytes(long length, int elementBytes) {
        return align(arrayBase(elementBytes) + length * elementBytes);
    }
}

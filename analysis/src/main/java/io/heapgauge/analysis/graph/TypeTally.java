/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.graph;

/**
 * Objects and bytes by type. Arrays are indexed by type index and belong to the record.
 *
 * @param objects type → number of objects
 * @param bytes type → sum of shallow sizes
 * @param largest type → shallow size of the largest object
 * @param nativeBytes type → bytes outside of the heap that the objects hold; known of all objects of a heap only, of parts
 *     of it 0
 */
public record TypeTally(long[] objects, long[] bytes, long[] largest, long[] nativeBytes) {
    /**
     * Zeros.
     *
     * @param types number of types
     * @return a tally to add to
     */
    public static TypeTally empty(int types) {
        return new TypeTally(new long[types], new long[types], new long[types], new long[types]);
    }

    /**
     * Counts an object.
     *
     * @param type its type
     * @param shallowBytes its shallow size
     */
    public void add(int type, long shallowBytes) {
        objects[type]++;
        bytes[type] += shallowBytes;
        if (shallowBytes > largest[type]) {
            largest[type] = shallowBytes;
        }
    }

    /**
     * Counts several objects.
     *
     * @param type their type
     * @param count how many
     * @param shallowBytes sum of their shallow sizes
     * @param largestBytes shallow size of the largest
     */
    public void addAll(int type, long count, long shallowBytes, long largestBytes) {
        objects[type] += count;
        bytes[type] += shallowBytes;
        largest[type] = Math.max(largest[type], largestBytes);
    }

    /**
     * Counts what another tally of the same types has counted, native bytes aside.
     *
     * @param other the other tally
     * @param sign 1, or -1 to take it out again; the largest objects stay
     */
    public void addAll(TypeTally other, int sign) {
        for (int type = 0; type < objects.length; type++) {
            addAll(type, sign * other.objects[type], sign * other.bytes[type], other.largest[type]);
        }
    }

    /**
     * Number of objects of all types.
     *
     * @return the sum
     */
    public long totalObjects() {
        return sum(objects);
    }

    /**
     * Bytes of all types.
     *
     * @return the sum
     */
    public long totalBytes() {
        return sum(bytes);
    }

    private static long sum(long[] values) {
        long sum = 0;
        for (long value : values) {
            sum += value;
        }
        return sum;
    }
}

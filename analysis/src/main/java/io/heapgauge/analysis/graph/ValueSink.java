/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.graph;

/**
 * Takes what objects hold apart from references to walk along: chosen fields of instances, what primitive arrays contain as
 * a hash, and how full object arrays are. Nothing is told of arrays that are not wanted.
 */
public interface ValueSink {
    /**
     * Chosen fields of an instance.
     *
     * @param id the instance
     * @param type index of its type
     * @param values chosen field of the type → id of a reference, 0 for null, or the bits of a primitive, sign-extended;
     *     reused by the caller
     */
    default void instance(long id, int type, long[] values) {}

    /**
     * Whether an array is wanted.
     *
     * @param id an object array or primitive array
     * @param type index of its type
     * @return true if so
     */
    default boolean wantsArray(long id, int type) {
        return false;
    }

    /**
     * The contents of a wanted primitive array as a hash of 128 bits: equal for arrays of equal type, length and contents,
     * and with all probability different for others. Of a billion different arrays any two are taken for equal with a chance
     * of about one in 10<sup>21</sup>, unless somebody builds them on purpose.
     *
     * @param id the array
     * @param type index of its type
     * @param length number of elements
     * @param hash first half of the hash
     * @param otherHash second half of the hash
     */
    default void primitiveArray(long id, int type, int length, long hash, long otherHash) {}

    /**
     * How full a wanted object array is.
     *
     * @param id the array
     * @param type index of its type
     * @param length number of elements
     * @param used number of elements that are not null
     */
    default void objectArray(long id, int type, int length, int used) {}
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import org.jspecify.annotations.Nullable;

/**
 * The collections of one class, or the object arrays of one type that back no collection. A collection that is a shell around
 * another one, as a HashSet is around its map, counts as one with it.
 *
 * @param type the class
 * @param objects how many
 * @param empty how many without an element; of arrays those with slots that are all null
 * @param single how many with exactly one element
 * @param sparse how many with elements that use less than a quarter of an array of 8 slots or more
 * @param estimated how many of these have a size that is estimated from the slots of their table
 * @param arrayBytes shallow sizes of the backing arrays, each once; of arrays their own
 * @param unusedBytes unused slots of collections with elements, of arrays only of sparse ones
 * @param emptyBytes empty collections that have an array with slots, shells and arrays together; of arrays those that are all
 *     null
 * @param holder by what most of the wasted bytes are held, null where nothing is wasted, or by no field and no array of
 *     reached objects
 */
public record CollectionSummary(
        String type,
        long objects,
        long empty,
        long single,
        long sparse,
        long estimated,
        long arrayBytes,
        long unusedBytes,
        long emptyBytes,
        @Nullable MainHolder holder) {
    /**
     * What is wasted.
     *
     * @return {@link #unusedBytes} and {@link #emptyBytes}
     */
    public long wastedBytes() {
        return unusedBytes + emptyBytes;
    }
}

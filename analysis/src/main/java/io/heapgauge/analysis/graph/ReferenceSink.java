/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.graph;

/** Takes every object with its references: one {@link #object}, any number of {@link #references}, one {@link #end}. */
public interface ReferenceSink {
    /**
     * An object.
     *
     * @param id its id
     * @param type index of its type
     * @param bytes its shallow size
     */
    void object(long id, int type, long bytes);

    /**
     * Some of the object's references. The first ones of an object are its rule slots, 0 for null; behind them nulls are
     * left out.
     *
     * @param ids ids of the objects referred to; reused by the caller
     * @param count how many of them
     */
    void references(long[] ids, int count);

    /** The object's references are complete. */
    void end();
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import java.util.List;

/**
 * How two dumps differ, type by type. Shallow sizes only, of every object, whether reached or not.
 *
 * @param before all objects of the old dump
 * @param after all objects of the new dump
 * @param sizesBefore where the shallow sizes of the old dump come from
 * @param sizesAfter where those of the new dump come from
 * @param types by absolute change of bytes descending
 */
public record HeapDiff(Size before, Size after, String sizesBefore, String sizesAfter, List<TypeChange> types) {
    /**
     * Keeps an immutable copy of the list.
     *
     * @param before all objects of the old dump
     * @param after all objects of the new dump
     * @param sizesBefore where the shallow sizes of the old dump come from
     * @param sizesAfter where those of the new dump come from
     * @param types by absolute change of bytes descending
     */
    public HeapDiff {
        types = List.copyOf(types);
    }
}

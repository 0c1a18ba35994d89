/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import java.util.List;

/**
 * The outcome of one walk from a configured root.
 *
 * @param total everything the walk met, the start included
 * @param types what it is made of, by bytes descending, cut to a bounded number of rows
 * @param typeCount how many types there are before the cut
 */
public record OwnershipSummary(Size total, List<TypeSummary> types, int typeCount) {
    /**
     * Keeps an immutable copy of the rows.
     *
     * @param total everything the walk met
     * @param types rows by bytes descending
     * @param typeCount number of types before the cut
     */
    public OwnershipSummary {
        types = List.copyOf(types);
    }
}

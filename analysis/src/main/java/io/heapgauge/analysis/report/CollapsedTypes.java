/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import java.util.List;

/**
 * Types of objects that own their private parts: each row counts owners, with the bytes of their parts.
 *
 * @param objects how many objects there are when nothing is folded
 * @param total owners, and the bytes of everything
 * @param types every type with owners, by bytes descending
 */
public record CollapsedTypes(long objects, Size total, List<TypeSummary> types) {
    /**
     * Keeps an immutable copy of the types.
     *
     * @param objects how many objects there are when nothing is folded
     * @param total owners, and the bytes of everything
     * @param types every type with owners
     */
    public CollapsedTypes {
        types = List.copyOf(types);
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.graph;

/** Takes every reference with the field or type of array it is in. */
@FunctionalInterface
public interface FieldReferenceSink {
    /**
     * A reference that is not null, whether or not the object it refers to is in the heap.
     *
     * @param holder id of the object that has the field
     * @param field number of the field
     * @param target id of the object it refers to
     */
    void reference(long holder, int field, long target);
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.graph;

/** Takes the fields by which objects refer to others. */
@FunctionalInterface
public interface FieldSink {
    /**
     * A field that refers to the object asked for.
     *
     * @param holder id of the object that has the field
     * @param owner name of the class that declares the field, of an array its type
     * @param field {@code next}, {@code static ALL}, {@code [17]}, or what a class record has apart from its fields,
     *     {@code <super>}
     */
    void field(long holder, String owner, String field);
}

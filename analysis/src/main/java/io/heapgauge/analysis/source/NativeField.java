/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import io.heapgauge.analysis.graph.FieldRule;

/**
 * A field that tells how many bytes outside of the Java heap an instance holds. It counts for instances of the class that
 * declares it and of its sub classes; negative values count as 0. {@link #parse} and {@link Object#toString} are inverse.
 *
 * @param className the declaring class as people write it, {@code com.acme.OffHeapMap}
 * @param field name of an instance field of type long, int, short, byte or char
 */
public record NativeField(String className, String field) {
    /**
     * Reads {@code Class#field}.
     *
     * @param text the text
     * @return the field
     * @throws IllegalArgumentException if the text has another form
     */
    public static NativeField parse(String text) {
        FieldRule field = FieldRule.parse(text);
        return new NativeField(field.className(), field.field());
    }

    @Override
    public String toString() {
        return className + "#" + field;
    }
}

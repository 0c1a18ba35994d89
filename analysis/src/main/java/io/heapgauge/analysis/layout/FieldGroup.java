/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.layout;

import java.util.Arrays;

/**
 * Fields that are laid out together. The array belongs to the record.
 *
 * @param primitiveBytes sizes of the primitive fields in any order: 1, 2, 4 or 8
 * @param references number of reference fields
 */
public record FieldGroup(int[] primitiveBytes, int references) {
    /** No field. */
    public static final FieldGroup NONE = new FieldGroup(new int[0], 0);

    /**
     * Names the figures in reading order.
     *
     * @param references number of reference fields
     * @param primitiveBytes sizes of the primitive fields
     * @return a group
     */
    public static FieldGroup of(int references, int... primitiveBytes) {
        return new FieldGroup(primitiveBytes, references);
    }

    /**
     * Joins two groups.
     *
     * @param more other fields
     * @return the fields of both
     */
    public FieldGroup plus(FieldGroup more) {
        int[] both = Arrays.copyOf(primitiveBytes, primitiveBytes.length + more.primitiveBytes.length);
        System.arraycopy(more.primitiveBytes, 0, both, primitiveBytes.length, more.primitiveBytes.length);
        return new FieldGroup(both, references + more.references);
    }

    /**
     * Whether there is no field.
     *
     * @return true for an empty group
     */
    public boolean isEmpty() {
        return primitiveBytes.length == 0 && references == 0;
    }

    /** The sizes of the primitive fields, small before large. */
    int[] ascending() {
        int[] sorted = primitiveBytes.clone();
        Arrays.sort(sorted);
        return sorted;
    }
}

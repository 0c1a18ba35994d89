/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a source recorded of one object. Belongs to whoever asked for it.
 *
 * @param fields instance fields, those of the class itself first, then its super class's; of a class object its loader,
 *     its static fields and the rest of its record; of an array none
 * @param elementType of an array {@link #REFERENCE} or the Java keyword of its elements' type; empty for what is no array
 * @param length elements of an array, or the length that the source tells of something else; -1 for none
 * @param elements the elements that were asked for: ids, 0 for null, or the bits of primitives, sign-extended
 * @param value what the source itself says that the object is worth: text, a whole number as Long, a Double or a Boolean;
 *     null where it says nothing
 */
public record ObjectRecord(
        List<Field> fields,
        String elementType,
        int length,
        long[] elements,
        @Nullable Object value) {
    /** Element type of arrays of objects, and type of fields that hold a reference. */
    public static final String REFERENCE = "object";

    /** Elements of objects that have none. */
    public static final long[] NO_ELEMENTS = {};

    /**
     * A field with its value.
     *
     * @param owner name of the class that declares it
     * @param name its name; in angle brackets what a class record has apart from static fields, {@code <super>}
     * @param type {@link #REFERENCE} or the Java keyword of a primitive type
     * @param bits id of the object referred to, 0 for null, or the bits of a primitive, sign-extended
     */
    public record Field(String owner, String name, String type, long bits) {
        /**
         * Whether it holds a reference.
         *
         * @return true if so, null or not
         */
        public boolean isReference() {
            return type.equals(REFERENCE);
        }
    }

    /**
     * Keeps an immutable copy of the fields.
     *
     * @param fields the fields
     * @param elementType type of the elements of an array
     * @param length number of elements
     * @param elements those that were asked for
     * @param value what the source itself says
     */
    public ObjectRecord {
        fields = List.copyOf(fields);
    }

    /**
     * The record of an instance or a class object.
     *
     * @param fields its fields
     * @return a record without elements
     */
    public static ObjectRecord ofFields(List<Field> fields) {
        return new ObjectRecord(fields, "", -1, NO_ELEMENTS, null);
    }

    /**
     * Whether the object is an array.
     *
     * @return true if so
     */
    public boolean isArray() {
        return !elementType.isEmpty();
    }
}

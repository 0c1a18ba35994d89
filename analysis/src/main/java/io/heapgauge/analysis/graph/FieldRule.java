/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.graph;

/**
 * A field whose references a walk can leave out: an instance or static reference field, by its declaring class.
 *
 * @param className declaring class as people write it
 * @param field field name
 */
public record FieldRule(String className, String field) {
    /** What a weak, soft, phantom or final reference refers to. */
    public static final FieldRule REFERENT = new FieldRule("java.lang.ref.Reference", "referent");

    /** The class loader of a class; a part of the class record rather than a field in dumps. */
    public static final FieldRule CLASS_LOADER = new FieldRule("java.lang.Class", "classLoader");

    /**
     * Reads {@code Class#field}.
     *
     * @param text the text
     * @return the field
     * @throws IllegalArgumentException if the text has another form
     */
    public static FieldRule parse(String text) {
        int hash = text.indexOf('#');
        if (hash <= 0 || hash == text.length() - 1 || text.indexOf('#', hash + 1) >= 0) {
            throw new IllegalArgumentException("field '" + text + "': expected Class#field");
        }
        return new FieldRule(text.substring(0, hash), text.substring(hash + 1));
    }
}

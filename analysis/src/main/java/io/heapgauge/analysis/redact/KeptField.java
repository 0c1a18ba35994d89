/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.redact;

/**
 * A primitive field whose values stay in a redacted dump, instance or static. {@link #parse} and {@link Object#toString} are
 * inverse.
 *
 * @param className the declaring class as people write it, {@code com.acme.Cache}
 * @param field field name
 */
public record KeptField(String className, String field) {
    /**
     * Reads {@code Class#field}.
     *
     * @param text the text
     * @return the field
     * @throws IllegalArgumentException if the text has another form
     */
    public static KeptField parse(String text) {
        int hash = text.indexOf('#');
        if (hash <= 0 || hash == text.length() - 1 || text.indexOf('#', hash + 1) >= 0) {
            throw new IllegalArgumentException("kept field '" + text + "': expected Class#field");
        }
        return new KeptField(text.substring(0, hash), text.substring(hash + 1));
    }

    @Override
    public String toString() {
        return className + "#" + field;
    }
}

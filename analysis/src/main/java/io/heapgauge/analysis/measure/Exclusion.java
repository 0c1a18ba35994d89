/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import java.util.Objects;

/** Something that an owned-size walk does not enter. {@link #parse} and {@link Object#toString} are inverse. */
public sealed interface Exclusion {

    /**
     * Instances of exactly this class, and its class object.
     *
     * @param className class name as people write it; arrays as {@code byte[]}
     */
    record OfClass(String className) implements Exclusion {
        @Override
        public String toString() {
            return "class:" + className;
        }
    }

    /**
     * Instances (and arrays) of all classes of a package and the packages below it, and their class objects.
     *
     * @param packageName package name, {@code com.acme}
     */
    record OfPackage(String packageName) implements Exclusion {
        @Override
        public String toString() {
            return "package:" + packageName;
        }
    }

    /**
     * The references in one instance or static field that this class declares.
     *
     * @param className the declaring class
     * @param field field name
     */
    record OfField(String className, String field) implements Exclusion {
        @Override
        public String toString() {
            return "field:" + className + "#" + field;
        }
    }

    /**
     * The start of another configured root; needed only for {@code class:} roots, others exclude each other anyway.
     *
     * @param rootName name of the other root
     */
    record OfRoot(String rootName) implements Exclusion {
        @Override
        public String toString() {
            return "root:" + rootName;
        }
    }

    /**
     * Reads {@code class:Name}, {@code package:name}, {@code field:Class#name} or {@code root:name}.
     *
     * @param text the exclusion
     * @return the exclusion as a value
     * @throws IllegalArgumentException if the text is none of these, saying what was expected
     */
    static Exclusion parse(String text) {
        Objects.requireNonNull(text, "text");
        int colon = text.indexOf(':');
        String kind = colon < 0 ? "" : text.substring(0, colon);
        String rest = text.substring(colon + 1);
        if (!rest.isBlank()) {
            switch (kind) {
                case "class":
                    return new OfClass(rest);
                case "package":
                    return new OfPackage(rest);
                case "field": {
                    int hash = rest.indexOf('#');
                    if (hash > 0 && hash < rest.length() - 1) {
                        return new OfField(rest.substring(0, hash), rest.substring(hash + 1));
                    }
                    break;
                }
                case "root":
                    return new OfRoot(rest);
                default:
                    break;
            }
        }
        throw new IllegalArgumentException(
                "exclusion '" + text + "': expected class:Name, package:name, field:Class#name or root:name");
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import java.util.Locale;

/** How the objects of a heap are put into groups, each into one. */
public enum Grouping {
    /** By class name; class objects are instances of {@code java.lang.Class}. */
    CLASS,
    /** By the class loader of their class; a class object, and so its static fields, is its own loader's. */
    LOADER,
    /** By the package of their class, of an array its elements'; a class object is its own package's. */
    PACKAGE;

    /**
     * The name used in options and JSON.
     *
     * @return the constant's name in lower case
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}

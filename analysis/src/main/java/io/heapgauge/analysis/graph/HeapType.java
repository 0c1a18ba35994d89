/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.graph;

import java.util.List;

/**
 * A class, array class or primitive array type of a heap. Two class loaders with the same class are two types.
 *
 * @param index position in {@link HeapSource#types()}
 * @param name exact name as people write it: {@code java.lang.String[]}, {@code com.acme.Foo$$Lambda/0x0123}
 * @param displayName the name with random suffixes of hidden and proxy classes taken off
 * @param classId id of the class object, 0 where the heap has none
 * @param superIndex index of the super class, -1 for none
 * @param loaderId id of the class loader, 0 for the boot loader
 * @param fields instance fields that hold references, declared by this class, in the order of instance data
 * @param statics static fields that hold references
 */
public record HeapType(
        int index,
        String name,
        String displayName,
        long classId,
        int superIndex,
        long loaderId,
        List<String> fields,
        List<StaticReference> statics) {
    /**
     * A static field that holds a reference.
     *
     * @param name field name
     * @param value id of the object it refers to, 0 for null
     */
    public record StaticReference(String name, long value) {}

    /**
     * Finds a declared instance field that holds references.
     *
     * @param field field name
     * @return its index in {@link #fields()}, -1 when there is none
     */
    public int referenceField(String field) {
        return fields.indexOf(field);
    }

    /**
     * Finds a static field that holds references.
     *
     * @param field field name
     * @return its index in {@link #statics()}, -1 when there is none
     */
    public int staticReference(String field) {
        for (int i = 0; i < statics.size(); i++) {
            if (statics.get(i).name().equals(field)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * The package, of an array its element type's.
     *
     * @return for example {@code java.util}; empty for the unnamed package and primitive types
     */
    public String packageName() {
        int dot = name.lastIndexOf('.');
        int slash = name.indexOf('/');
        if (slash >= 0) {
            dot = name.lastIndexOf('.', slash);
        }
        return dot < 0 ? "" : name.substring(0, dot);
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.jsonl;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object as its line tells it. Filled anew for each line. */
final class Line {
    private static final int UNKNOWN = -1;

    /** Where the line's object starts in the file. */
    long offset;

    boolean hasAddress;
    long address;

    @Nullable
    String type;
    /** Index of its type, -1 where only the name is told. */
    int typeIndex;

    long size;
    int length;

    @Nullable
    Object value;

    private long[] references = new long[64];
    private int referenceCount;
    /** Values of primitive fields. */
    private long[] values = new long[16];

    private int valueCount;
    /** What a line has that is no object, by key. */
    final Map<String, Object> others = new HashMap<>();

    void clear(long startsAt) {
        offset = startsAt;
        hasAddress = false;
        type = null;
        typeIndex = UNKNOWN;
        size = UNKNOWN;
        length = UNKNOWN;
        value = null;
        referenceCount = 0;
        valueCount = 0;
        others.clear();
    }

    boolean isObject() {
        return hasAddress && type != null && size >= 0;
    }

    void reference(long id) {
        if (referenceCount == references.length) {
            references = Arrays.copyOf(references, 2 * referenceCount);
        }
        references[referenceCount++] = id;
    }

    void value(long bits) {
        if (valueCount == values.length) {
            values = Arrays.copyOf(values, 2 * valueCount);
        }
        values[valueCount++] = bits;
    }

    void clearReferences() {
        referenceCount = 0;
    }

    /** The references; valid until the next line. */
    long[] references() {
        return references;
    }

    int referenceCount() {
        return referenceCount;
    }

    long valueAt(int index) {
        return index < valueCount ? values[index] : 0;
    }
}

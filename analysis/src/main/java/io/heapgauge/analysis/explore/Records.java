/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.explore;

import io.heapgauge.analysis.graph.ObjectRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fields and elements of objects by name, as they are recorded, whatever a view makes of them. */
class Records {
    private static final int CHUNK = 1 << 13;

    final View view;
    final OpenHeap open;

    Records(View view) {
        this.view = view;
        open = view.open();
    }

    /** Whether it is an object of Python, or of a source that tells no fields. */
    boolean isWithoutFields() {
        return open.source().classType() < 0;
    }

    boolean is(HeapObject object, String className) {
        return !object.isMissing() && open.isA(open.typeOf(object.ordinal()), className);
    }

    /** The objects are plain ones: parts of a collection are what a view may have folded into it. */
    @Nullable
    HeapObject reference(HeapObject object, String name) {
        ObjectRecord.Field field = Values.field(open.record(object.ordinal()), name);
        return field == null || field.bits() == 0 ? null : plain(field.bits());
    }

    HeapObject plain(long id) {
        int ordinal = open.graph().ordinalOf(id);
        return ordinal < 0 ? HeapObject.missing(view, id) : new HeapObject(view, ordinal);
    }

    int number(HeapObject object, String name) {
        ObjectRecord.Field field = Values.field(open.record(object.ordinal()), name);
        return field == null ? 0 : (int) field.bits();
    }

    List<@Nullable HeapObject> elementsOf(@Nullable HeapObject array) {
        List<@Nullable HeapObject> elements = new ArrayList<>();
        if (array == null || array.isMissing()) {
            return elements;
        }
        int length = CHUNK;
        for (int from = 0; from < length; from += CHUNK) {
            ObjectRecord record = open.record(array.ordinal(), from, CHUNK);
            length = record.length();
            for (long id : record.elements()) {
                elements.add(id == 0 ? null : plain(id));
            }
        }
        return elements;
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.explore;

import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.graph.ObjectRecord;
import io.heapgauge.analysis.measure.ShortestPaths;

/** Finds paths, and the names of the fields that connect their objects. */
final class Paths {
    private static final int ELEMENTS_AT_ONCE = 1 << 16;

    private Paths() {}

    static HeapPath to(View view, int ordinal) {
        ShortestPaths paths = view.open().paths();
        int[] ordinals = paths.to(ordinal);
        String kind = ordinals.length == 0 ? null : paths.rootKind(ordinals[0]);
        return new HeapPath(view, kind == null ? "" : kind, ordinals);
    }

    /** The first field or element of a holder that refers to the next object, empty where the source does not tell. */
    static String between(OpenHeap open, int holder, int target) {
        long id = open.graph().idOf(target);
        ObjectRecord record = open.record(holder, 0, ELEMENTS_AT_ONCE);
        for (ObjectRecord.Field field : record.fields()) {
            if (field.isReference() && field.bits() == id && !isReferent(field)) {
                return open.isClassObject(holder) && !field.name().startsWith("<")
                        ? "static " + field.name()
                        : field.name();
            }
        }
        for (int from = 0; record.elementType().equals(ObjectRecord.REFERENCE); from += ELEMENTS_AT_ONCE) {
            for (int i = 0; i < record.elements().length; i++) {
                if (record.elements()[i] == id) {
                    return "[" + (from + i) + "]";
                }
            }
            if (record.elements().length < ELEMENTS_AT_ONCE) {
                break;
            }
            record = open.record(holder, from + ELEMENTS_AT_ONCE, ELEMENTS_AT_ONCE);
        }
        return "";
    }

    private static boolean isReferent(ObjectRecord.Field field) {
        return field.name().equals(FieldRule.REFERENT.field()) && field.owner().equals(FieldRule.REFERENT.className());
    }
}

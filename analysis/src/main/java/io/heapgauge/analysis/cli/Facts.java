/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.explore.HeapObject;
import io.heapgauge.analysis.explore.HeapObjects;
import io.heapgauge.analysis.report.ObjectFacts;
import io.heapgauge.analysis.report.ObjectList;
import io.heapgauge.analysis.report.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns objects of an open heap into records that outlive it. */
final class Facts {
    private final boolean parents;
    private final boolean retained;

    /**
     * @param parents whether to count who refers to each
     * @param retained whether to tell retained sizes
     */
    Facts(boolean parents, boolean retained) {
        this.parents = parents;
        this.retained = retained;
    }

    ObjectFacts of(HeapObject object) {
        return of(object, null);
    }

    ObjectFacts of(HeapObject object, @Nullable String via) {
        return new ObjectFacts(
                object.address(),
                object.type(),
                object.shallow(),
                object.references(),
                parents ? (Integer) object.parents().size() : null,
                retained ? (Long) object.retained() : null,
                object.length(),
                object.value(),
                via);
    }

    ObjectList of(List<HeapObject> objects, int most) {
        long bytes = objects instanceof HeapObjects some
                ? some.bytes()
                : objects.stream().mapToLong(HeapObject::shallow).sum();
        return new ObjectList(
                new Size(objects.size(), bytes),
                objects.stream().limit(most).map(this::of).toList());
    }

    /** The first elements of an array, of other objects without fields the first references. */
    List<ObjectFacts> elements(HeapObject object, int most) {
        List<ObjectFacts> facts = new ArrayList<>();
        List<HeapObject> children = object.children();
        for (int i = 0; i < Math.min(most, children.size()); i++) {
            facts.add(of(children.get(i), "[" + i + "]"));
        }
        return facts;
    }

    /** Fields; one that holds a primitive or null has no id. */
    List<ObjectFacts> fields(HeapObject object) {
        List<ObjectFacts> facts = new ArrayList<>();
        for (Map.Entry<String, @Nullable Object> field : object.fields().entrySet()) {
            facts.add(
                    field.getValue() instanceof HeapObject target
                            ? of(target, field.getKey())
                            : new ObjectFacts(0, "", 0, 0, null, null, -1, field.getValue(), field.getKey()));
        }
        return facts;
    }
}

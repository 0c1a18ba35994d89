/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.bench;

import java.io.File;
import java.io.IOException;
import java.util.Iterator;
import java.util.Set;
import org.agrona.collections.Long2ObjectHashMap;
import shark.CloseableHeapGraph;
import shark.HeapObject;
import shark.HprofHeapGraph;
import shark.HprofRecordTag;

/** Counts objects and bytes by class over Shark's object graph, which it indexes first: the way its users work. */
final class SharkGraphTypes {
    private SharkGraphTypes() {}

    public static void main(String[] args) throws IOException {
        Long2ObjectHashMap<Tally> types = new Long2ObjectHashMap<>();
        long classes = 0;
        try (CloseableHeapGraph graph =
                HprofHeapGraph.Companion.openHeapGraph(new File(args[0]), null, Set.<HprofRecordTag>of())) {
            Iterator<HeapObject> objects = graph.getObjects().iterator();
            while (objects.hasNext()) {
                HeapObject object = objects.next();
                if (object instanceof HeapObject.HeapInstance instance) {
                    tally(types, instance.getInstanceClassId(), instance.getByteSize());
                } else if (object instanceof HeapObject.HeapObjectArray array) {
                    tally(types, array.getArrayClassId(), array.getRecordSize());
                } else if (object instanceof HeapObject.HeapPrimitiveArray array) {
                    tally(types, -1 - array.getPrimitiveType().ordinal(), array.getRecordSize());
                } else {
                    classes++;
                }
            }
        }
        Tally.print(types.values(), classes);
    }

    private static void tally(Long2ObjectHashMap<Tally> types, long classId, long bytes) {
        Tally.of(types, classId).add(bytes);
    }
}

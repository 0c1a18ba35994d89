/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.mutation;

import static io.heapgauge.analysis.fixture.FieldType.INT;
import static io.heapgauge.analysis.fixture.FieldType.LONG;
import static io.heapgauge.analysis.fixture.FieldType.OBJECT;

import io.heapgauge.analysis.fixture.FieldType;
import io.heapgauge.analysis.fixture.FixtureHeap;
import io.heapgauge.analysis.fixture.RootKind;
import io.heapgauge.analysis.layout.VmModel;
import java.util.Map;

/** A heap of collections of the JDK, and of Strings and arrays that are there twice. */
final class CrowdedHeap {
    private static final String CONCURRENT = "java.util.concurrent.ConcurrentHashMap";

    private CrowdedHeap() {}

    static FixtureHeap of(int idBytes) {
        FixtureHeap heap = new FixtureHeap(idBytes, VmModel.DEFAULT);
        heap.type("java.util.HashMap").field("table", OBJECT).field("size", INT);
        heap.type("java.util.LinkedHashMap").extending("java.util.HashMap").field("head", OBJECT);
        heap.type("java.util.HashSet").field("map", OBJECT);
        heap.type(CONCURRENT).field("table", OBJECT).field("baseCount", LONG).field("counterCells", OBJECT);
        heap.type("java.util.ArrayList").field("elementData", OBJECT).field("size", INT);
        heap.type("java.util.ArrayDeque")
                .field("elements", OBJECT)
                .field("head", INT)
                .field("tail", INT);
        heap.type("java.util.TreeMap").field("size", INT);
        heap.type("java.util.TreeSet").field("m", OBJECT);
        for (int i = 0; i < 3; i++) {
            long text = heap.string("twice and more");
            long map = heap.instance("java.util.LinkedHashMap", Map.of("table", slots(heap, text), "size", 1));
            long set = heap.instance("java.util.HashSet", Map.of("map", map));
            long cells = slots(heap, set);
            long concurrent = heap.instance(
                    CONCURRENT,
                    Map.of("table", slots(heap, set), "baseCount", 1L, "counterCells", i == 0 ? 0L : cells));
            long list = heap.instance("java.util.ArrayList", Map.of("elementData", slots(heap, concurrent), "size", 9));
            long deque =
                    heap.instance("java.util.ArrayDeque", Map.of("elements", slots(heap, list), "head", 8, "tail", 9));
            long tree = heap.instance("java.util.TreeSet", Map.of("m", heap.instance("java.util.TreeMap")));
            long numbers = heap.primitiveArray(FieldType.LONG, 20);
            heap.root(RootKind.JNI_GLOBAL, heap.objectArray("java.lang.Object[]", deque, tree, numbers, cells, text));
        }
        return heap;
    }

    private static long slots(FixtureHeap heap, long element) {
        long[] slots = new long[10];
        slots[8] = element;
        return heap.objectArray("java.lang.Object[]", slots);
    }
}

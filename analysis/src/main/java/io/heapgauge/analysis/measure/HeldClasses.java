/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.graph.HeapGraph;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * Classes with reached instances that no reference reaches: the virtual root holds them. What they lead to may be instances
 * of further such classes, so they come in rounds; all of one round are held alike, whatever their order.
 */
final class HeldClasses {
    private final HeapGraph graph;

    HeldClasses(HeapGraph graph) {
        this.graph = graph;
    }

    /**
     * One round. Cost: a look at every object.
     *
     * @param isReached tells by ordinal
     * @param hold takes the ordinal of each class object of this round
     * @return whether there was any
     */
    boolean next(IntPredicate isReached, IntConsumer hold) {
        boolean[] hasInstance = new boolean[graph.source().types().size()];
        for (int ordinal = 0; ordinal < graph.size(); ordinal++) {
            if (!hasInstance[graph.typeOf(ordinal)] && isReached.test(ordinal)) {
                hasInstance[graph.typeOf(ordinal)] = true;
            }
        }
        int[] held = new int[hasInstance.length];
        int count = 0;
        for (int type = 0; type < hasInstance.length; type++) {
            int classObject = graph.classObject(type);
            if (hasInstance[type] && classObject >= 0 && !isReached.test(classObject)) {
                held[count++] = classObject;
            }
        }
        for (int i = 0; i < count; i++) {
            hold.accept(held[i]);
        }
        return count > 0;
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.monitor.Monitor;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * Classes with reached instances that no reference reaches: the virtual root holds them. What they lead to may be instances
 * of further such classes, so they come in rounds; all of one round are held alike, whatever their order.
 */
final class HeldClasses {

    private final HeapGraph graph;
    private final Monitor monitor;

    HeldClasses(HeapGraph graph, Monitor monitor) {
        this.graph = graph;
        this.monitor = monitor;
    }

    /**
     * One round. Cost: a look at every object, or nothing where every class is reached.
     *
     * @param isReached tells by ordinal
     * @param hold takes the ordinal of each class object of this round
     * @return whether there was any
     */
    boolean next(IntPredicate isReached, IntConsumer hold) {
        int types = graph.source().types().size();
        boolean[] open = new boolean[types];
        boolean any = false;
        for (int type = 0; type < types; type++) {
            int classObject = graph.classObject(type);
            open[type] = classObject >= 0 && !isReached.test(classObject);
            any |= open[type];
        }
        return any && hold(held(open, isReached), hold);
    }

    /** Types with an open class and a reached instance. */
    private boolean[] held(boolean[] open, IntPredicate isReached) {
        boolean[] held = new boolean[open.length];
        for (int ordinal = 0; ordinal < graph.size(); ordinal++) {
            int type = graph.typeOf(ordinal);
            if (open[type] && !held[type] && isReached.test(ordinal)) {
                held[type] = true;
            }
            if ((ordinal & Monitor.POLL) == 0) {
                monitor.at(1);
            }
        }
        return held;
    }

    private boolean hold(boolean[] held, IntConsumer hold) {
        boolean any = false;
        for (int type = 0; type < held.length; type++) {
            if (held[type]) {
                hold.accept(graph.classObject(type));
                any = true;
            }
        }
        return any;
    }
}

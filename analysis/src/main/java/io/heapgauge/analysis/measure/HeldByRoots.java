/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.report.RetainedGroup;
import io.heapgauge.analysis.report.Size;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The objects that no other object dominates, by type. What they retain are parts of the reached heap that do not overlap and
 * leave nothing out, unlike the retained sizes of single objects: what a map of the heap can be drawn from.
 */
public final class HeldByRoots {
    private final HeapGraph graph;
    private final Dominators dominators;
    private final long[] objects;
    private final long[] bytes;
    private final long[] retained;
    private final List<RetainedGroup> groups = new ArrayList<>();

    private HeldByRoots(HeapGraph graph, Dominators dominators) {
        this.graph = graph;
        this.dominators = dominators;
        int types = graph.source().types().size();
        objects = new long[types];
        bytes = new long[types];
        retained = new long[types];
    }

    /**
     * Adds them up. Each class object is a row of its own. Cost: a look at every object in the order of memory; memory of
     * the number of types.
     *
     * @param graph the heap, which need not have its references any more
     * @param dominators its dominators
     * @param monitor hears of the progress
     * @param most most rows
     * @return by retained bytes descending, then by name
     */
    public static List<RetainedGroup> of(HeapGraph graph, Dominators dominators, Monitor monitor, int most) {
        HeldByRoots held = new HeldByRoots(graph, dominators);
        monitor.phase("adding up what the GC roots hold");
        for (int ordinal = 0; ordinal < graph.size(); ordinal++) {
            held.add(ordinal);
            if ((ordinal & Monitor.POLL) == 0) {
                monitor.at((double) ordinal / graph.size());
            }
        }
        return held.top(most);
    }

    private void add(int ordinal) {
        int number = dominators.numberOf(ordinal);
        if (number == 0 || dominators.dominatorOf(number) != 0) {
            return;
        }
        if (graph.isClassObject(ordinal)) {
            groups.add(new RetainedGroup(
                    graph.displayName(ordinal),
                    new Size(1, graph.bytesOf(ordinal)),
                    dominators.retainedBytesOf(number)));
        } else {
            int type = graph.typeOf(ordinal);
            objects[type]++;
            bytes[type] += graph.bytesOf(ordinal);
            retained[type] += dominators.retainedBytesOf(number);
        }
    }

    private List<RetainedGroup> top(int most) {
        for (HeapType type : graph.source().types()) {
            int i = type.index();
            if (objects[i] > 0) {
                groups.add(new RetainedGroup(type.displayName(), new Size(objects[i], bytes[i]), retained[i]));
            }
        }
        Map<String, RetainedGroup> byName = new HashMap<>();
        groups.forEach(group -> byName.merge(group.name(), group, HeldByRoots::sum));
        return byName.values().stream()
                .sorted(Comparator.comparingLong(RetainedGroup::retainedBytes)
                        .reversed()
                        .thenComparing(RetainedGroup::name))
                .limit(most)
                .toList();
    }

    /** Of class loaders that define the same name. */
    private static RetainedGroup sum(RetainedGroup one, RetainedGroup other) {
        return new RetainedGroup(
                one.name(),
                new Size(
                        one.members().objects() + other.members().objects(),
                        one.members().bytes() + other.members().bytes()),
                one.retainedBytes() + other.retainedBytes());
    }
}

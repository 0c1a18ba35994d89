/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.report.RootPath;
import io.heapgauge.analysis.store.IntStore;
import io.heapgauge.analysis.store.Scratch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.Long2LongHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A shortest path over strong references from a GC root to one object, see {@link BreadthFirst}.
 *
 * <p>Cost: one visit of each reached object at the most, and a pass over the source for the names of the fields. Memory: 4
 * bytes per object and those of the widest level.
 */
public final class PathToRoot {
    private final HeapGraph graph;

    private PathToRoot(HeapGraph graph) {
        this.graph = graph;
    }

    /**
     * Finds a path.
     *
     * @param graph the heap, with its references
     * @param scratch where the memory comes from; given back at the end
     * @param monitor hears of the progress
     * @param target ordinal of the object
     * @return the path, without steps where no GC root reaches the object
     * @throws IOException if the source cannot be read again
     * @throws io.heapgauge.analysis.store.ScratchBudgetException if it does not fit
     */
    public static RootPath of(HeapGraph graph, Scratch scratch, Monitor monitor, int target) throws IOException {
        monitor.phase("looking for the object");
        IntStore parents = BreadthFirst.search(graph, scratch, monitor, target);
        RootPath path = new PathToRoot(graph).path(parents, target);
        parents.release();
        return path;
    }

    private RootPath path(IntStore parents, int target) throws IOException {
        int[] ordinals = BreadthFirst.path(parents, target);
        String rootKind =
                ordinals.length == 0 ? null : BreadthFirst.rootKind(graph, parents.get(ordinals[0]), ordinals[0]);
        return new RootPath(
                graph.idOf(target), graph.displayName(target), graph.bytesOf(target), rootKind, steps(ordinals));
    }

    private List<RootPath.Step> steps(int... ordinals) throws IOException {
        Map<Long, String> fields = fields(ordinals);
        List<RootPath.Step> steps = new ArrayList<>(ordinals.length);
        @Nullable String via = null;
        for (int ordinal : ordinals) {
            long id = graph.idOf(ordinal);
            steps.add(new RootPath.Step(id, graph.displayName(ordinal), via));
            via = fields.get(id);
        }
        return steps;
    }

    /** Holder → the first of its fields that refers to the next one on the path. */
    private Map<Long, String> fields(int... ordinals) throws IOException {
        Map<Long, String> fields = new HashMap<>();
        if (ordinals.length < 2) {
            return fields;
        }
        Long2LongHashMap next = new Long2LongHashMap(0);
        for (int i = 0; i + 1 < ordinals.length; i++) {
            next.put(graph.idOf(ordinals[i]), graph.idOf(ordinals[i + 1]));
        }
        graph.source().fieldsBetween(next::get, (holder, owner, field) -> {
            // an object may hold the next one weakly as well
            if (!field.equals(FieldRule.REFERENT.field()) || !owner.equals(FieldRule.REFERENT.className())) {
                fields.putIfAbsent(holder, field);
            }
        });
        return fields;
    }
}

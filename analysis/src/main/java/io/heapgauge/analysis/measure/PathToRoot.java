/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.graph.GcRoots;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.report.RootPath;
import io.heapgauge.analysis.store.IntStack;
import io.heapgauge.analysis.store.IntStore;
import io.heapgauge.analysis.store.Scratch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.Long2LongHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A shortest path over strong references from a GC root to one object: breadth-first from all roots at once until the object
 * is met. A class that only its reached instances hold counts as a root once everything else has been visited.
 *
 * <p>Cost: one visit of each reached object at the most, and a pass over the source for the names of the fields. Memory: 4
 * bytes per object and those of the widest level.
 */
public final class PathToRoot {
    private static final int UNSEEN = 0;
    private static final int GC_ROOT = -1;
    private static final int HELD_CLASS = -2;
    private static final int POLL = 0xffff;

    private final HeapGraph graph;
    private final Monitor monitor;
    private final int target;
    /** Ordinal → ordinal of the object before it on the path plus 1, or one of the constants. */
    private final IntStore parents;

    private IntStack level;
    private IntStack nextLevel;
    private int visited;

    private PathToRoot(HeapGraph graph, Scratch scratch, Monitor monitor, int target) {
        this.graph = graph;
        this.monitor = monitor;
        this.target = target;
        parents = IntStore.ofLength(scratch, graph.size());
        level = new IntStack(scratch);
        nextLevel = new IntStack(scratch);
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
        PathToRoot search = new PathToRoot(graph, scratch, monitor, target);
        search.search();
        RootPath path = search.path();
        search.parents.release();
        search.level.release();
        search.nextLevel.release();
        return path;
    }

    private boolean found() {
        return parents.get(target) != UNSEEN;
    }

    private void search() {
        GcRoots roots = graph.source().roots();
        for (int root = 0; root < roots.size(); root++) {
            int ordinal = graph.ordinalOf(roots.id(root));
            if (ordinal >= 0) {
                visit(ordinal, GC_ROOT);
            }
        }
        spread();
        HeldClasses held = new HeldClasses(graph, monitor);
        while (!found() && held.next(ordinal -> parents.get(ordinal) != UNSEEN, object -> visit(object, HELD_CLASS))) {
            spread();
        }
    }

    private void visit(int ordinal, int parent) {
        if (parents.get(ordinal) == UNSEEN) {
            parents.set(ordinal, parent);
            nextLevel.push(ordinal);
            if ((++visited & POLL) == 0) {
                monitor.at((double) visited / graph.size());
            }
        }
    }

    private void spread() {
        while (!nextLevel.isEmpty() && !found()) {
            IntStack visiting = nextLevel;
            nextLevel = level;
            level = visiting;
            while (!level.isEmpty()) {
                int ordinal = level.pop();
                long position = graph.row(ordinal);
                int reference = position < 0 ? -1 : 0;
                while (reference >= 0) {
                    reference = graph.target(position++);
                    visit(reference & ~HeapGraph.LAST, ordinal + 1);
                }
            }
        }
    }

    private RootPath path() throws IOException {
        List<Integer> ordinals = new ArrayList<>();
        int at = target;
        int parent = parents.get(at);
        while (parent > 0) {
            ordinals.add(at);
            at = parent - 1;
            parent = parents.get(at);
        }
        String rootKind = parent == UNSEEN ? null : rootKind(parent, graph.idOf(at));
        if (rootKind != null) {
            ordinals.add(at);
        }
        Collections.reverse(ordinals);
        return new RootPath(
                graph.idOf(target), graph.displayName(target), graph.bytesOf(target), rootKind, steps(ordinals));
    }

    private String rootKind(int parent, long id) {
        if (parent == HELD_CLASS) {
            return "class of reached objects";
        }
        GcRoots roots = graph.source().roots();
        int root = 0;
        while (roots.id(root) != id) {
            root++;
        }
        return roots.kind(root).label();
    }

    private List<RootPath.Step> steps(List<Integer> ordinals) throws IOException {
        Map<Long, String> fields = fields(ordinals);
        List<RootPath.Step> steps = new ArrayList<>(ordinals.size());
        @Nullable String via = null;
        for (int ordinal : ordinals) {
            long id = graph.idOf(ordinal);
            steps.add(new RootPath.Step(id, graph.displayName(ordinal), via));
            via = fields.get(id);
        }
        return steps;
    }

    /** Holder → the first of its fields that refers to the next one on the path. */
    private Map<Long, String> fields(List<Integer> ordinals) throws IOException {
        Map<Long, String> fields = new HashMap<>();
        if (ordinals.size() < 2) {
            return fields;
        }
        Long2LongHashMap next = new Long2LongHashMap(0);
        for (int i = 0; i + 1 < ordinals.size(); i++) {
            next.put(graph.idOf(ordinals.get(i)), graph.idOf(ordinals.get(i + 1)));
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

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.graph.GcRoots;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.report.MergedPaths;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.store.IntStack;
import io.heapgauge.analysis.store.IntStore;
import io.heapgauge.analysis.store.Scratch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * The shortest paths from GC roots to all instances of a class, merged by class. Every object on a path belongs to one node of
 * a tree of names; the node is worked out once per object, whatever number of paths lead over it.
 *
 * <p>Cost: one visit of each reached object, and one of each object on a path. Memory: 4 bytes per object and those of the
 * widest level. The tree of names is on the Java heap, and has at most {@value #MOST_NODES} nodes; beyond that the paths
 * end in a node named {@value #MORE}.
 */
public final class PathsOfClass {
    private static final int MOST_NODES = 20_000;
    private static final String MORE = "...";
    private static final int FIRST_NODE = -3;

    /** A step that some paths share, below the one before. */
    private static final class Node {
        final int index;
        final int parent;
        final String name;
        final Map<String, Integer> children = new HashMap<>();
        boolean repeated;
        long instances;
        long bytes;
        int example = -1;

        Node(int index, int parent, String name) {
            this.index = index;
            this.parent = parent;
            this.name = name;
        }
    }

    private final HeapGraph graph;
    private final Monitor monitor;
    /** Ordinal → what {@link BreadthFirst} tells; of objects whose node is known its index, as {@link #FIRST_NODE} less it. */
    private final IntStore parents;

    private final IntStack way;
    /** Ordinal of an object that the VM holds → why. */
    private final Int2ObjectHashMap<String> rootKinds = new Int2ObjectHashMap<>();

    private final List<Node> nodes = new ArrayList<>();

    private PathsOfClass(HeapGraph graph, Scratch scratch, Monitor monitor) {
        this.graph = graph;
        this.monitor = monitor;
        parents = BreadthFirst.search(graph, scratch, monitor, BreadthFirst.EVERYTHING);
        way = new IntStack(scratch);
        GcRoots roots = graph.source().roots();
        for (int root = 0; root < roots.size(); root++) {
            rootKinds.putIfAbsent(
                    graph.ordinalOf(roots.id(root)), roots.kind(root).label());
        }
        nodes.add(new Node(0, -1, ""));
    }

    /**
     * Finds the paths.
     *
     * @param graph the heap, with its references
     * @param scratch where the memory comes from; given back at the end
     * @param monitor hears of the progress
     * @param className a class as people write it, in every loader that has it
     * @param most how many paths to tell at the most
     * @return the paths; without instances where the heap has none of that class
     * @throws io.heapgauge.analysis.store.ScratchBudgetException if it does not fit
     */
    public static MergedPaths of(HeapGraph graph, Scratch scratch, Monitor monitor, String className, int most) {
        monitor.phase("following GC roots");
        PathsOfClass paths = new PathsOfClass(graph, scratch, monitor);
        MergedPaths merged = paths.merge(className, most);
        paths.parents.release();
        paths.way.release();
        return merged;
    }

    private MergedPaths merge(String className, int most) {
        monitor.phase("merging paths");
        boolean[] wanted = new boolean[graph.source().types().size()];
        long objects = 0;
        long bytes = 0;
        for (HeapType type : graph.source().types()) {
            if (RootFinder.isNamed(type, className)) {
                wanted[type.index()] = true;
                objects += graph.tally().objects()[type.index()];
                bytes += graph.tally().bytes()[type.index()];
            }
        }
        long reachedObjects = 0;
        long reachedBytes = 0;
        for (int ordinal = 0; ordinal < graph.size(); ordinal++) {
            if (wanted[graph.typeOf(ordinal)] && parents.get(ordinal) != BreadthFirst.UNSEEN) {
                Node node = nodeOf(ordinal);
                node.instances++;
                node.bytes += graph.bytesOf(ordinal);
                node.example = node.example < 0 ? ordinal : node.example;
                reachedObjects++;
                reachedBytes += graph.bytesOf(ordinal);
            }
            if ((ordinal & Monitor.POLL) == 0) {
                monitor.at((double) ordinal / graph.size());
            }
        }
        List<MergedPaths.Path> all = paths();
        return new MergedPaths(
                className,
                new Size(objects, bytes),
                new Size(reachedObjects, reachedBytes),
                all.size(),
                all.subList(0, Math.min(most, all.size())));
    }

    /** Goes up to an object whose node is known, or that the VM holds, and down again. */
    private Node nodeOf(int ordinal) {
        int at = ordinal;
        int parent = parents.get(at);
        while (parent > 0) {
            way.push(at);
            at = parent - 1;
            parent = parents.get(at);
        }
        Node node;
        if (parent > FIRST_NODE) {
            Node root = child(
                    nodes.get(0),
                    parent == BreadthFirst.HELD_CLASS ? BreadthFirst.HELD_CLASS_LABEL : rootKinds.get(at));
            node = child(root, graph.displayName(at));
            parents.set(at, FIRST_NODE - node.index);
        } else {
            node = nodes.get(FIRST_NODE - parent);
        }
        while (!way.isEmpty()) {
            at = way.pop();
            node = child(node, graph.displayName(at));
            parents.set(at, FIRST_NODE - node.index);
        }
        return node;
    }

    private Node child(Node of, String name) {
        if (of.name.equals(name) || of.name.equals(MORE)) {
            of.repeated = true;
            return of;
        }
        Integer known = of.children.get(name);
        if (known != null) {
            return nodes.get(known);
        }
        String label = nodes.size() < MOST_NODES ? name : MORE;
        return nodes.get(of.children.computeIfAbsent(label, any -> {
            nodes.add(new Node(nodes.size(), of.index, label));
            return nodes.size() - 1;
        }));
    }

    private List<MergedPaths.Path> paths() {
        return nodes.stream()
                .filter(node -> node.instances > 0)
                .sorted(Comparator.comparingLong((Node node) -> node.instances)
                        .reversed()
                        .thenComparing(node -> node.example))
                .map(this::path)
                .toList();
    }

    private MergedPaths.Path path(Node last) {
        LinkedList<MergedPaths.Step> steps = new LinkedList<>();
        Node at = last;
        while (nodes.get(at.parent).index != 0) {
            steps.addFirst(new MergedPaths.Step(at.name, at.repeated));
            at = nodes.get(at.parent);
        }
        return new MergedPaths.Path(
                new Size(last.instances, last.bytes),
                graph.idOf(last.example),
                at.name,
                Collections.unmodifiableList(steps));
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.explore;

import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.graph.InboundRows;
import io.heapgauge.analysis.graph.view.EdgeFilter;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.report.RetainedObject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.IntHashSet;
import org.jspecify.annotations.Nullable;

/** A way of looking at an open heap: which edges are followed, what is not entered, what is folded. Immutable. */
final class View {
    private final OpenHeap open;
    private final HeapGraph graph;
    private final Looks looks;
    /** Type → whether walks stay out of its objects. */
    private final boolean[] barredTypes;

    private final IntHashSet barredObjects = new IntHashSet();
    private final @Nullable Folding folding;
    private final Edges edges;

    /** What a view was asked to do. */
    private record Looks(
            Set<EdgeFilter> filters,
            boolean collapsed,
            boolean withoutExpensive,
            List<HeapObject> objects,
            List<String> types,
            List<String> packages,
            List<FieldRule> fields,
            List<Predicate<HeapObject>> tests) {}

    private View(OpenHeap open, Looks looks) {
        this.open = open;
        this.looks = looks;
        graph = open.graph();
        barredTypes = barredTypes(looks);
        folding = looks.collapsed ? open.folding() : null;
        looks.objects.forEach(object -> barredObjects.add(ordinalOf(object)));
        edges = new Edges(open, looks.filters, looks.fields, looks.withoutExpensive);
    }

    static View plain(OpenHeap open) {
        return new View(
                open,
                new Looks(
                        EnumSet.allOf(EdgeFilter.class),
                        false,
                        false,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of()));
    }

    private boolean[] barredTypes(Looks wanted) {
        List<TypePattern> patterns =
                new ArrayList<>(wanted.types.stream().map(TypePattern::parse).toList());
        boolean[] barred = new boolean[open.source().types().size()];
        for (HeapType type : open.source().types()) {
            barred[type.index()] = patterns.stream().anyMatch(pattern -> pattern.matches(open, type))
                    || wanted.packages.stream()
                            .anyMatch(name -> type.packageName().equals(name)
                                    || type.packageName().startsWith(name + "."));
        }
        return barred;
    }

    // ---- other views

    View collapsed() {
        return seen(looks.filters, true, looks.withoutExpensive);
    }

    View withoutExpensive() {
        return seen(looks.filters, looks.collapsed, true);
    }

    View with(Set<EdgeFilter> filters) {
        return seen(filters, looks.collapsed, looks.withoutExpensive);
    }

    private View seen(Set<EdgeFilter> filters, boolean collapsed, boolean withoutExpensive) {
        return new View(
                open,
                new Looks(
                        filters,
                        collapsed,
                        withoutExpensive,
                        looks.objects,
                        looks.types,
                        looks.packages,
                        looks.fields,
                        looks.tests));
    }

    View excludingObjects(Iterable<HeapObject> objects) {
        List<HeapObject> all = new ArrayList<>(looks.objects);
        objects.forEach(all::add);
        return excluding(all, looks.types, looks.packages, looks.fields, looks.tests);
    }

    View excludingTypes(List<String> types) {
        return excluding(looks.objects, and(looks.types, types), looks.packages, looks.fields, looks.tests);
    }

    View excludingPackages(List<String> packages) {
        return excluding(looks.objects, looks.types, and(looks.packages, packages), looks.fields, looks.tests);
    }

    View excludingFields(List<FieldRule> fields) {
        return excluding(looks.objects, looks.types, looks.packages, and(looks.fields, fields), looks.tests);
    }

    View excluding(Predicate<HeapObject> test) {
        return excluding(looks.objects, looks.types, looks.packages, looks.fields, and(looks.tests, List.of(test)));
    }

    private View excluding(
            List<HeapObject> objects,
            List<String> types,
            List<String> packages,
            List<FieldRule> fields,
            List<Predicate<HeapObject>> tests) {
        return new View(
                open,
                new Looks(
                        looks.filters,
                        looks.collapsed,
                        looks.withoutExpensive,
                        objects,
                        types,
                        packages,
                        fields,
                        tests));
    }

    private static <T> List<T> and(List<T> some, List<T> more) {
        List<T> all = new ArrayList<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }

    /** This view without anything excluded. */
    View excludingNothing() {
        boolean excludes = !(looks.objects.isEmpty()
                && looks.types.isEmpty()
                && looks.packages.isEmpty()
                && looks.fields.isEmpty()
                && looks.tests.isEmpty());
        return excludes ? excluding(List.of(), List.of(), List.of(), List.of(), List.of()) : this;
    }

    /** Bytes of all that an object reaches without what is excluded, itself included. */
    long owned(int ordinal) {
        long bytes = 0;
        try (Traversal walk = new Traversal(this, ordinal)) {
            for (int at = walk.next(); at >= 0; at = walk.next()) {
                bytes += bytesOf(at);
            }
        }
        return bytes;
    }

    // ---- objects

    OpenHeap open() {
        return open;
    }

    HeapObject objectAt(long address) {
        int ordinal = graph.ordinalOf(address);
        return ordinal < 0 ? HeapObject.missing(this, address) : object(ordinal);
    }

    /**
     * The ordinal of an object, of a part that of its owner.
     *
     * @throws IllegalArgumentException if it is of another dump, or the dump does not have it
     */
    int ordinalOf(HeapObject object) {
        if (object.openHeap() != open) {
            throw new IllegalArgumentException(object + " is an object of another dump than " + open);
        }
        if (object.isMissing()) {
            throw new IllegalArgumentException(object + ": the dump does not have this object");
        }
        return ownerOf(object.ordinal());
    }

    HeapObject object(int ordinal) {
        return new HeapObject(this, ownerOf(ordinal));
    }

    HeapObjects objects(List<RetainedObject> found) {
        return new HeapObjects(
                this,
                found.stream()
                        .mapToInt(object -> ownerOf(graph.ordinalOf(object.id())))
                        .distinct()
                        .toArray());
    }

    HeapObjects all(String type) {
        TypePattern pattern = TypePattern.parse(type);
        boolean[] wanted = new boolean[open.source().types().size()];
        for (HeapType one : open.source().types()) {
            wanted[one.index()] = pattern.matches(open, one);
        }
        Folding folded = folding;
        IntArrayList found = new IntArrayList();
        open.monitor().phase("looking for " + type);
        for (int ordinal = 0; ordinal < graph.size(); ordinal++) {
            if (wanted[graph.typeOf(ordinal)] && (folded == null || folded.ownerOf(ordinal) == ordinal)) {
                found.addInt(ordinal);
            }
            if ((ordinal & Monitor.POLL) == 0) {
                open.monitor().at((double) ordinal / graph.size());
            }
        }
        return new HeapObjects(this, SizeOrder.sort(this, found.toIntArray()));
    }

    boolean isFolded() {
        return folding != null;
    }

    /** A part of an owner by its type, -1 where it has none; without a folding nothing has parts. */
    int partOf(int owner, String type) {
        int[] found = {-1};
        if (folding != null) {
            folding.forEachPart(owner, part -> {
                if (part != owner && open.typeOf(part).name().equals(type)) {
                    found[0] = part;
                }
            });
        }
        return found[0];
    }

    int ownerOf(int ordinal) {
        return folding == null ? ordinal : folding.ownerOf(ordinal);
    }

    /** Shallow size, of an owner with that of its parts. */
    long bytesOf(int ordinal) {
        return folding == null ? graph.bytesOf(ordinal) : folding.bytesOf(ordinal);
    }

    /** What an owner is called with its parts, null where that is the name of its type. */
    @Nullable
    String foldedName(int ordinal) {
        return folding == null ? null : folding.nameOf(ordinal);
    }

    // ---- edges

    /** Whether a walk stays out of an object. */
    boolean isBarred(int ordinal) {
        if (barredTypes[graph.typeOf(ordinal)] || barredObjects.contains(ordinal)) {
            return true;
        }
        for (Predicate<HeapObject> test : looks.tests) {
            if (test.test(object(ordinal))) {
                return true;
            }
        }
        return false;
    }

    /** Every edge from an object as the graph has it, nothing folded; several to one target as often as there are. */
    void edges(int ordinal, IntConsumer sink) {
        edges.forEach(ordinal, sink);
    }

    /** What an object of this view refers to: of an owner all that it and its parts refer to outside of themselves. */
    int[] children(int ordinal) {
        IntArrayList children = new IntArrayList();
        Folding folded = folding;
        if (folded == null) {
            edges(ordinal, children::addInt);
            return children.toIntArray();
        }
        IntArrayList parts = new IntArrayList();
        IntHashSet seen = new IntHashSet();
        parts.addInt(ordinal);
        seen.add(ordinal);
        while (!parts.isEmpty()) {
            edges(parts.removeAt(parts.size() - 1), target -> {
                int owner = folded.ownerOf(target);
                if (owner != ordinal) {
                    children.addInt(owner);
                } else if (seen.add(target)) {
                    parts.addInt(target);
                }
            });
        }
        return children.toIntArray();
    }

    int childCount(int ordinal) {
        if (folding != null) {
            return children(ordinal).length;
        }
        int[] count = new int[1];
        edges(ordinal, target -> count[0]++);
        return count[0];
    }

    /** Who refers to an object in this view, each once, in address order. */
    int[] parents(int ordinal) {
        InboundRows inbound = open.inbound();
        IntArrayList parents = new IntArrayList();
        if (folding == null) {
            addParents(inbound, ordinal, parents);
        } else {
            folding.forEachPart(ordinal, part -> addParents(inbound, part, parents));
        }
        return parents.intStream()
                .map(this::ownerOf)
                .filter(parent -> parent != ordinal)
                .sorted()
                .distinct()
                .toArray();
    }

    private void addParents(InboundRows inbound, int target, IntArrayList parents) {
        int last = -1;
        for (long at = inbound.start(target); at < inbound.end(target); at++) {
            int holder = inbound.holder(at);
            if (holder != last && refers(holder, target)) {
                parents.addInt(holder);
            }
            last = holder;
        }
    }

    private boolean refers(int holder, int target) {
        boolean[] found = new boolean[1];
        edges(holder, to -> found[0] |= to == target);
        return found[0];
    }

    String description() {
        StringBuilder text = new StringBuilder();
        text.append(looks.collapsed ? ", collapsed" : "");
        if (looks.filters.size() < EdgeFilter.values().length) {
            text.append(", without ").append(looks.filters);
        }
        text.append(!looks.withoutExpensive ? "" : ", without expensive references");
        int excluded = looks.objects.size()
                + looks.types.size()
                + looks.packages.size()
                + looks.fields.size()
                + looks.tests.size();
        text.append(excluded == 0 ? "" : ", " + excluded + (excluded == 1 ? " exclusion" : " exclusions"));
        return text.toString();
    }
}

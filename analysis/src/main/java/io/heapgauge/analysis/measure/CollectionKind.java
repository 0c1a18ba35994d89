/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.graph.HeapSource;
import io.heapgauge.analysis.graph.HeapType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A collection class of the JDK that sub classes inherit the layout of, by the names of its fields, which are the same in JDK
 * 8 to 25 but for what {@link #of} says.
 *
 * @param className the class
 * @param counting what its size and the slots in use come from
 * @param fields those that counting needs
 */
record CollectionKind(String className, Counting counting, List<String> fields) {
    /** How the number of elements and of slots in use are found. */
    enum Counting {
        /** Array and size; a hash table, so the slots in use are those that are not null. */
        TABLE,
        /** Array, sum of the size and cells; without cells the sum is the size, with them the used slots must do. */
        STRIPED_TABLE,
        /** Array and size; an element takes a slot, and may be null. */
        LIST,
        /** Array, index of the first element and index behind the last one, around the end. */
        RING,
        /** Array that is as long as the collection. */
        WHOLE_ARRAY,
        /** Size; no array. */
        LINKED,
        /** Another collection. */
        SHELL
    }

    private static final String PROPERTIES = "java.util.Properties";

    /** Fields that hold a number; all others hold a reference. */
    private static final Set<String> NUMBERS = Set.of("size", "count", "elementCount", "baseCount", "head", "tail");

    private static final List<CollectionKind> ALL = List.of(
            new CollectionKind("java.util.HashMap", Counting.TABLE, List.of("table", "size")),
            new CollectionKind("java.util.IdentityHashMap", Counting.TABLE, List.of("table", "size")),
            new CollectionKind("java.util.WeakHashMap", Counting.TABLE, List.of("table", "size")),
            new CollectionKind("java.util.Hashtable", Counting.TABLE, List.of("table", "count")),
            new CollectionKind("java.util.ImmutableCollections$MapN", Counting.TABLE, List.of("table", "size")),
            new CollectionKind("java.util.ImmutableCollections$SetN", Counting.TABLE, List.of("elements", "size")),
            new CollectionKind(
                    "java.util.concurrent.ConcurrentHashMap",
                    Counting.STRIPED_TABLE,
                    List.of("table", "baseCount", "counterCells")),
            new CollectionKind("java.util.ArrayList", Counting.LIST, List.of("elementData", "size")),
            new CollectionKind("java.util.Vector", Counting.LIST, List.of("elementData", "elementCount")),
            new CollectionKind("java.util.PriorityQueue", Counting.LIST, List.of("queue", "size")),
            new CollectionKind("java.util.ArrayDeque", Counting.RING, List.of("elements", "head", "tail")),
            new CollectionKind("java.util.concurrent.CopyOnWriteArrayList", Counting.WHOLE_ARRAY, List.of("array")),
            new CollectionKind("java.util.ImmutableCollections$ListN", Counting.WHOLE_ARRAY, List.of("elements")),
            new CollectionKind("java.util.TreeMap", Counting.LINKED, List.of("size")),
            new CollectionKind("java.util.LinkedList", Counting.LINKED, List.of("size")),
            new CollectionKind("java.util.HashSet", Counting.SHELL, List.of("map")),
            new CollectionKind("java.util.TreeSet", Counting.SHELL, List.of("m")),
            new CollectionKind(PROPERTIES, Counting.SHELL, List.of("map")),
            new CollectionKind("java.util.concurrent.CopyOnWriteArraySet", Counting.SHELL, List.of("al")));

    /**
     * A collection class of a heap.
     *
     * @param counting how to count, null where a class of the JDK has other fields than are known
     * @param fields those that counting needs, in the order of its description; empty where it is null
     */
    record Layout(@Nullable Counting counting, List<FieldRule> fields) {}

    /**
     * How instances of a type are counted. Until JDK 8 Properties have no map of their own and are laid out as the Hashtable
     * that they extend; since then the Hashtable in them is always empty.
     *
     * @param source after its first pass
     * @param start the type
     * @return the layout, or null where it is no collection
     */
    static @Nullable Layout of(HeapSource source, HeapType start) {
        List<HeapType> types = source.types();
        int steps = 0;
        for (int at = start.index();
                at >= 0 && steps < types.size();
                at = types.get(at).superIndex(), steps++) {
            HeapType type = types.get(at);
            CollectionKind kind = type.loaderId() == 0 ? named(type.name()) : null;
            boolean oldProperties = kind != null
                    && kind.className.equals(PROPERTIES)
                    && type.fields().equals(List.of("defaults"));
            if (kind != null && !oldProperties) {
                return kind.layout(source, type);
            }
        }
        return null;
    }

    private static @Nullable CollectionKind named(String className) {
        for (CollectionKind kind : ALL) {
            if (kind.className.equals(className)) {
                return kind;
            }
        }
        return null;
    }

    private Layout layout(HeapSource source, HeapType type) {
        List<String> numbers = source.primitiveFields(type.index());
        List<FieldRule> rules = new ArrayList<>();
        for (String field : fields) {
            if (!(NUMBERS.contains(field) ? numbers : type.fields()).contains(field)) {
                return new Layout(null, List.of());
            }
            rules.add(new FieldRule(className, field));
        }
        return new Layout(counting, rules);
    }
}

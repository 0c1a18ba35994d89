/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.explore;

import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.graph.ObjectRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads collections of the JDK by the names of their fields, which are the same in JDK 8 to 25, those of Python by Meliae's order
 * of references, and what maps have in them.
 */
final class Containers extends Records {
    private static final String UTIL = "java.util.";
    private static final String IMMUTABLE = UTIL + "ImmutableCollections$";
    /** Wrappers of collections, and sets that are the keys of a map. */
    private static final Map<String, String> WRAPPERS = Map.of(
            UTIL + "Collections$UnmodifiableCollection", "c",
            UTIL + "Collections$SynchronizedCollection", "c",
            UTIL + "Collections$CheckedCollection", "c",
            UTIL + "HashSet", "map",
            UTIL + "TreeSet", "m",
            UTIL + "concurrent.CopyOnWriteArraySet", "al");

    private final MapEntries maps;

    Containers(View view) {
        super(view);
        maps = new MapEntries(view);
    }

    // ---- what is asked for

    Map<Object, @Nullable HeapObject> map(HeapObject object) {
        List<MapEntries.Entry> entries = maps.entries(object);
        if (entries == null) {
            throw new IllegalStateException(object + " is no map that is known here; look at its fields() instead");
        }
        Map<Object, @Nullable HeapObject> map = new LinkedHashMap<>();
        for (MapEntries.Entry entry : entries) {
            HeapObject key = entry.key();
            Object value = key == null ? null : key.value();
            Object name = value == null || map.containsKey(value) ? key : value;
            map.put(name == null ? "null" : name, entry.value());
        }
        return map;
    }

    List<@Nullable HeapObject> list(HeapObject object) {
        List<@Nullable HeapObject> elements = elements(object);
        if (elements == null) {
            throw new IllegalStateException(
                    object + " is no collection that is known here; look at its fields() instead");
        }
        return elements;
    }

    /** Number of elements, by the collection's own field or, where it has none, by looking at them; -1 for anything else. */
    int length(HeapObject object) {
        int told = is(object, UTIL + "Properties") ? -1 : sizeOf(object);
        if (told >= 0 || isWithoutFields()) {
            return told;
        }
        List<MapEntries.Entry> entries = maps.entries(object);
        List<@Nullable HeapObject> elements = entries == null ? elements(object) : null;
        return entries != null ? entries.size() : elements == null ? -1 : elements.size();
    }

    /** Number of elements by the collection's own field, -1 where it has none. */
    private int sizeOf(HeapObject object) {
        if (!open.typeOf(object.ordinal()).name().startsWith(UTIL)) {
            return -1;
        }
        ObjectRecord record = open.record(object.ordinal());
        for (String name : List.of("size", "count", "elementCount")) {
            ObjectRecord.Field field = Values.field(record, name);
            if (field != null && field.type().equals("int")) {
                return (int) field.bits();
            }
        }
        return -1;
    }

    // ---- collections

    private @Nullable List<@Nullable HeapObject> elements(HeapObject object) {
        if (object.isMissing()) {
            return null;
        }
        if (isWithoutFields()) {
            return pythonElements(object);
        }
        String type = open.typeOf(object.ordinal()).name();
        if (type.endsWith("[]")) {
            return open.record(object.ordinal()).elementType().equals(ObjectRecord.REFERENCE)
                    ? elementsOf(object)
                    : null;
        }
        if (is(object, UTIL + "ArrayList")) {
            return first(elementsOf(reference(object, "elementData")), number(object, "size"));
        }
        if (is(object, UTIL + "Vector")) {
            return first(elementsOf(reference(object, "elementData")), number(object, "elementCount"));
        }
        if (is(object, UTIL + "PriorityQueue")) {
            return first(elementsOf(reference(object, "queue")), number(object, "size"));
        }
        if (is(object, UTIL + "concurrent.CopyOnWriteArrayList")) {
            return elementsOf(reference(object, "array"));
        }
        if (is(object, UTIL + "Arrays$ArrayList")) {
            return elementsOf(reference(object, "a"));
        }
        if (is(object, UTIL + "ArrayDeque")) {
            return ring(object);
        }
        if (is(object, UTIL + "LinkedList")) {
            return linked(reference(object, "first"));
        }
        if (is(object, UTIL + "concurrent.ConcurrentLinkedQueue")
                || is(object, UTIL + "concurrent.ConcurrentLinkedDeque")) {
            return present(linked(reference(object, "head")));
        }
        if (is(object, IMMUTABLE + "ListN")) {
            return elementsOf(reference(object, "elements"));
        }
        if (is(object, IMMUTABLE + "SetN")) {
            return present(elementsOf(reference(object, "elements")));
        }
        if (is(object, IMMUTABLE + "List12") || is(object, IMMUTABLE + "Set12")) {
            return firstAndSecond(object);
        }
        String wrapped = wrapped(object);
        HeapObject inner = wrapped == null ? null : reference(object, wrapped);
        if (inner == null) {
            return wrapped == null ? null : List.of();
        }
        List<MapEntries.Entry> entries = maps.entries(inner);
        return entries == null
                ? elements(inner)
                : new ArrayList<>(entries.stream().map(MapEntries.Entry::key).toList());
    }

    /** Where there is no second element, a marker takes its place. */
    private List<@Nullable HeapObject> firstAndSecond(HeapObject object) {
        List<@Nullable HeapObject> elements = new ArrayList<>();
        elements.add(reference(object, "e0"));
        HeapObject second = reference(object, "e1");
        if (second != null && second.address() != marker()) {
            elements.add(second);
        }
        return elements;
    }

    private long marker() {
        for (HeapType type : open.source().types()) {
            int field = type.name().equals(UTIL + "ImmutableCollections") ? type.staticReference("EMPTY") : -1;
            if (field >= 0) {
                return type.statics().get(field).value();
            }
        }
        return 0;
    }

    private List<@Nullable HeapObject> ring(HeapObject deque) {
        List<@Nullable HeapObject> slots = elementsOf(reference(deque, "elements"));
        int head = number(deque, "head");
        int tail = number(deque, "tail");
        List<@Nullable HeapObject> elements = new ArrayList<>();
        for (int at = head; !slots.isEmpty() && at != tail; at = (at + 1) % slots.size()) {
            elements.add(slots.get(at));
        }
        return elements;
    }

    private List<@Nullable HeapObject> linked(@Nullable HeapObject first) {
        List<@Nullable HeapObject> elements = new ArrayList<>();
        Set<HeapObject> seen = new HashSet<>();
        for (HeapObject at = first; at != null && !at.isMissing() && seen.add(at); at = reference(at, "next")) {
            elements.add(reference(at, "item"));
        }
        return elements;
    }

    private static List<@Nullable HeapObject> present(List<@Nullable HeapObject> slots) {
        List<@Nullable HeapObject> elements = new ArrayList<>(slots);
        elements.removeIf(element -> element == null);
        return elements;
    }

    private static List<@Nullable HeapObject> first(List<@Nullable HeapObject> slots, int count) {
        return slots.subList(0, Math.max(0, Math.min(count, slots.size())));
    }

    private @Nullable String wrapped(HeapObject object) {
        for (Map.Entry<String, String> wrapper : WRAPPERS.entrySet()) {
            if (is(object, wrapper.getKey())) {
                return wrapper.getValue();
            }
        }
        return null;
    }

    // ---- Python

    private @Nullable List<@Nullable HeapObject> pythonElements(HeapObject object) {
        List<@Nullable HeapObject> elements = new ArrayList<>(object.children());
        return switch (open.typeOf(object.ordinal()).name()) {
            case "list", "set", "frozenset", "collections.deque" -> elements;
            case "tuple" -> {
                Collections.reverse(elements);
                yield elements;
            }
            default -> null;
        };
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.explore;

import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.graph.ObjectRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads maps and collections of the JDK by the names of their fields, which are the same in JDK 8 to 25, and those of
 * Python by Meliae's order of references.
 */
final class Containers {
    private static final String UTIL = "java.util.";
    private static final String IMMUTABLE = UTIL + "ImmutableCollections$";
    private static final int CHUNK = 1 << 13;
    /** Wrappers of maps, by the field that leads to what they wrap. */
    private static final Map<String, String> MAP_WRAPPERS = Map.of(
            UTIL + "Collections$UnmodifiableMap", "m",
            UTIL + "Collections$SynchronizedMap", "m",
            UTIL + "Collections$CheckedMap", "m");

    /** Wrappers of collections, and sets that are the keys of a map. */
    private static final Map<String, String> WRAPPERS = Map.of(
            UTIL + "Collections$UnmodifiableCollection", "c",
            UTIL + "Collections$SynchronizedCollection", "c",
            UTIL + "Collections$CheckedCollection", "c",
            UTIL + "HashSet", "map",
            UTIL + "TreeSet", "m",
            UTIL + "concurrent.CopyOnWriteArraySet", "al");

    /** An entry as it is found. */
    private record Entry(@Nullable HeapObject key, @Nullable HeapObject value) {}

    private final View view;
    private final OpenHeap open;

    Containers(View view) {
        this.view = view;
        open = view.open();
    }

    // ---- what is asked for

    Map<Object, @Nullable HeapObject> map(HeapObject object) {
        List<Entry> entries = entries(object);
        if (entries == null) {
            throw new IllegalStateException(object + " is no map that is known here; look at its fields() instead");
        }
        Map<Object, @Nullable HeapObject> map = new LinkedHashMap<>();
        for (Entry entry : entries) {
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
        int told = is(object, UTIL + "Properties") ? -1 : sizeOf(object.ordinal(), open.record(object.ordinal()));
        if (told >= 0 || open.source().classType() < 0) {
            return told;
        }
        List<Entry> entries = entries(object);
        List<@Nullable HeapObject> elements = entries == null ? elements(object) : null;
        return entries != null ? entries.size() : elements == null ? -1 : elements.size();
    }

    /** Number of elements by the collection's own field, -1 where it has none. */
    int sizeOf(int ordinal, ObjectRecord record) {
        if (!open.typeOf(ordinal).name().startsWith(UTIL)) {
            return -1;
        }
        for (String name : List.of("size", "count", "elementCount")) {
            ObjectRecord.Field field = Values.field(record, name);
            if (field != null && field.type().equals("int")) {
                return (int) field.bits();
            }
        }
        return -1;
    }

    // ---- maps

    private @Nullable List<Entry> entries(HeapObject map) {
        if (map.isMissing()) {
            return null;
        }
        if (open.source().classType() < 0) {
            return pythonEntries(map);
        }
        if (is(map, UTIL + "Properties") && reference(map, "map") != null) {
            return entriesOf(reference(map, "map"));
        }
        if (is(map, UTIL + "LinkedHashMap")) {
            return chain(reference(map, "head"), "after", "key", "value");
        }
        if (is(map, UTIL + "HashMap") || is(map, UTIL + "Hashtable")) {
            return table(map, "key", "value");
        }
        if (is(map, UTIL + "WeakHashMap")) {
            return table(map, "referent", "value");
        }
        if (is(map, UTIL + "concurrent.ConcurrentHashMap")) {
            return concurrent(map);
        }
        if (is(map, UTIL + "TreeMap")) {
            return tree(map);
        }
        if (is(map, UTIL + "IdentityHashMap") || is(map, IMMUTABLE + "MapN")) {
            return pairs(reference(map, "table"));
        }
        if (is(map, IMMUTABLE + "Map1")) {
            return List.of(new Entry(reference(map, "k0"), reference(map, "v0")));
        }
        if (is(map, UTIL + "EnumMap")) {
            return enumMap(map);
        }
        String wrapped = wrapped(map, MAP_WRAPPERS);
        return wrapped == null ? null : entriesOf(reference(map, wrapped));
    }

    private @Nullable List<Entry> entriesOf(@Nullable HeapObject map) {
        return map == null ? List.of() : entries(map);
    }

    private List<Entry> table(HeapObject map, String key, String value) {
        List<Entry> entries = new ArrayList<>();
        for (HeapObject bucket : elementsOf(reference(map, "table"))) {
            if (bucket != null) {
                entries.addAll(chain(bucket, "next", key, value));
            }
        }
        return entries;
    }

    private List<Entry> chain(@Nullable HeapObject first, String next, String key, String value) {
        List<Entry> entries = new ArrayList<>();
        Set<HeapObject> seen = new HashSet<>();
        for (HeapObject at = first; at != null && !at.isMissing() && seen.add(at); at = reference(at, next)) {
            entries.add(new Entry(reference(at, key), reference(at, value)));
        }
        return entries;
    }

    /** While a table grows, buckets that have moved lead to the next table, where they are met once. */
    private List<Entry> concurrent(HeapObject map) {
        String type = UTIL + "concurrent.ConcurrentHashMap$";
        Map<HeapObject, Entry> entries = new LinkedHashMap<>();
        Deque<HeapObject> tables = new ArrayDeque<>();
        Set<HeapObject> seen = new HashSet<>();
        offer(tables, reference(map, "table"));
        while (!tables.isEmpty()) {
            HeapObject table = tables.remove();
            for (HeapObject bucket : seen.add(table) ? elementsOf(table) : List.<@Nullable HeapObject>of()) {
                if (bucket == null) {
                    continue;
                }
                if (is(bucket, type + "ForwardingNode")) {
                    offer(tables, reference(bucket, "nextTable"));
                    continue;
                }
                HeapObject node = is(bucket, type + "TreeBin") ? reference(bucket, "first") : bucket;
                for (;
                        node != null && !node.isMissing() && !entries.containsKey(node);
                        node = reference(node, "next")) {
                    entries.put(node, new Entry(reference(node, "key"), reference(node, "val")));
                }
            }
        }
        return List.copyOf(entries.values());
    }

    private static void offer(Deque<HeapObject> to, @Nullable HeapObject object) {
        if (object != null) {
            to.add(object);
        }
    }

    /** In order, with a stack of its own. */
    private List<Entry> tree(HeapObject map) {
        List<Entry> entries = new ArrayList<>();
        Deque<HeapObject> above = new ArrayDeque<>();
        Set<HeapObject> seen = new HashSet<>();
        HeapObject at = reference(map, "root");
        while (at != null || !above.isEmpty()) {
            for (; at != null && !at.isMissing() && seen.add(at); at = reference(at, "left")) {
                above.push(at);
            }
            if (above.isEmpty()) {
                break;
            }
            HeapObject node = above.pop();
            entries.add(new Entry(reference(node, "key"), reference(node, "value")));
            at = reference(node, "right");
        }
        return entries;
    }

    private List<Entry> pairs(@Nullable HeapObject table) {
        List<@Nullable HeapObject> slots = elementsOf(table);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i + 1 < slots.size(); i += 2) {
            if (slots.get(i) != null) {
                entries.add(new Entry(slots.get(i), slots.get(i + 1)));
            }
        }
        return entries;
    }

    private List<Entry> enumMap(HeapObject map) {
        List<@Nullable HeapObject> keys = elementsOf(reference(map, "keyUniverse"));
        List<@Nullable HeapObject> values = elementsOf(reference(map, "vals"));
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < Math.min(keys.size(), values.size()); i++) {
            if (values.get(i) != null) {
                entries.add(new Entry(keys.get(i), values.get(i)));
            }
        }
        return entries;
    }

    // ---- collections

    private @Nullable List<@Nullable HeapObject> elements(HeapObject object) {
        if (object.isMissing()) {
            return null;
        }
        if (open.source().classType() < 0) {
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
        String wrapped = wrapped(object, WRAPPERS);
        HeapObject inner = wrapped == null ? null : reference(object, wrapped);
        if (inner == null) {
            return wrapped == null ? null : List.of();
        }
        List<Entry> entries = entries(inner);
        return entries == null
                ? elements(inner)
                : new ArrayList<>(entries.stream().map(Entry::key).toList());
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

    // ---- Python

    /** Key and value take turns; of what was an instance the type comes last and belongs to neither. */
    private @Nullable List<Entry> pythonEntries(HeapObject object) {
        String type = open.typeOf(object.ordinal()).name();
        List<HeapObject> children = object.children();
        int dict = type.equals("dict") ? object.ordinal() : view.partOf(object.ordinal(), "dict");
        if (dict < 0) {
            return null;
        }
        if (dict != object.ordinal()) {
            // the dict's own order: the view has the references of the instance among them
            children = new HeapObject(View.plain(open), dict).children();
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i + 1 < children.size(); i += 2) {
            entries.add(new Entry(inView(children.get(i)), inView(children.get(i + 1))));
        }
        return entries;
    }

    private HeapObject inView(HeapObject object) {
        return object.isMissing() ? object : view.object(object.ordinal());
    }

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

    // ---- fields

    private boolean is(HeapObject object, String className) {
        return !object.isMissing() && open.isA(open.typeOf(object.ordinal()), className);
    }

    private @Nullable String wrapped(HeapObject object, Map<String, String> wrappers) {
        for (Map.Entry<String, String> wrapper : wrappers.entrySet()) {
            if (is(object, wrapper.getKey())) {
                return wrapper.getValue();
            }
        }
        return null;
    }

    /** The objects are plain ones: parts of a collection are what a view may have folded into it. */
    private @Nullable HeapObject reference(HeapObject object, String name) {
        ObjectRecord.Field field = Values.field(open.record(object.ordinal()), name);
        return field == null || field.bits() == 0 ? null : plain(field.bits());
    }

    private HeapObject plain(long id) {
        int ordinal = open.graph().ordinalOf(id);
        return ordinal < 0 ? HeapObject.missing(view, id) : new HeapObject(view, ordinal);
    }

    private int number(HeapObject object, String name) {
        ObjectRecord.Field field = Values.field(open.record(object.ordinal()), name);
        return field == null ? 0 : (int) field.bits();
    }

    private List<@Nullable HeapObject> elementsOf(@Nullable HeapObject array) {
        List<@Nullable HeapObject> elements = new ArrayList<>();
        if (array == null || array.isMissing()) {
            return elements;
        }
        int length = CHUNK;
        for (int from = 0; from < length; from += CHUNK) {
            ObjectRecord record = open.record(array.ordinal(), from, CHUNK);
            length = record.length();
            for (long id : record.elements()) {
                elements.add(id == 0 ? null : plain(id));
            }
        }
        return elements;
    }
}

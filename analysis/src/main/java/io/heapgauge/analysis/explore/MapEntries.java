/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.explore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The entries of maps of the JDK by the names of their fields, which are the same in JDK 8 to 25, and of Python's dicts. */
final class MapEntries extends Records {
    private static final String UTIL = "java.util.";
    private static final String IMMUTABLE = UTIL + "ImmutableCollections$";
    /** Wrappers of maps, by the field that leads to what they wrap. */
    private static final Map<String, String> MAP_WRAPPERS = Map.of(
            UTIL + "Collections$UnmodifiableMap", "m",
            UTIL + "Collections$SynchronizedMap", "m",
            UTIL + "Collections$CheckedMap", "m");

    /** An entry as it is found. */
    record Entry(@Nullable HeapObject key, @Nullable HeapObject value) {}

    MapEntries(View view) {
        super(view);
    }

    @Nullable
    List<Entry> entries(HeapObject map) {
        if (map.isMissing()) {
            return null;
        }
        if (isWithoutFields()) {
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
        String wrapped = wrapped(map);
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

    private @Nullable String wrapped(HeapObject map) {
        for (Map.Entry<String, String> wrapper : MAP_WRAPPERS.entrySet()) {
            if (is(map, wrapper.getKey())) {
                return wrapper.getValue();
            }
        }
        return null;
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
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;

/** Fills every collection of the JDK that the explorer knows, writes down what is in it, and dumps itself. */
public final class ExploredProgram {
    /** Name → map of texts or numbers. */
    static final Map<String, Map<?, ?>> MAPS = new LinkedHashMap<>();
    /** Name → collection of texts. */
    static final Map<String, Iterable<?>> LISTS = new LinkedHashMap<>();

    static final ThreadLocal<String> LOCAL = new ThreadLocal<>();

    /** One hash for all, so that a table makes trees of its buckets. */
    record Colliding(int number) {
        @Override
        public int hashCode() {
            return 1;
        }
    }

    enum Color {
        RED,
        GREEN
    }

    private ExploredProgram() {}

    public static void main(String[] args) throws IOException {
        maps();
        lists();
        LOCAL.set("kept by the thread");
        // what the test compares with comes from the collections themselves
        MAPS.forEach((name, map) -> System.out.println("map " + name + " " + map));
        LISTS.forEach((name, list) -> {
            List<Object> all = new ArrayList<>();
            list.forEach(all::add);
            System.out.println("list " + name + " " + all);
        });
        Object held = new StringBuilder("in a frame");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(args[0], false);
        System.out.println("done " + held);
    }

    private static <K, V> Map<K, V> filled(Map<K, V> map, List<K> keys, List<V> values) {
        for (int i = 0; i < keys.size(); i++) {
            map.put(keys.get(i), values.get(i));
        }
        return map;
    }

    private static void maps() {
        List<String> keys = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            keys.add("key" + (i * 31 % 300));
            values.add("value" + i);
        }
        MAPS.put("HashMap", filled(new HashMap<>(), keys, values));
        MAPS.put("LinkedHashMap", filled(new LinkedHashMap<>(), keys, values));
        MAPS.put("TreeMap", filled(new TreeMap<>(), keys, values));
        MAPS.put("ConcurrentHashMap", filled(new ConcurrentHashMap<>(), keys, values));
        MAPS.put("Hashtable", filled(new Hashtable<>(), keys, values));
        MAPS.put("WeakHashMap", filled(new WeakHashMap<>(), keys, values));
        MAPS.put("IdentityHashMap", filled(new IdentityHashMap<>(), keys, values));
        Properties properties = new Properties();
        properties.setProperty("a", "b");
        MAPS.put("Properties", properties);
        MAPS.put("EnumMap", new EnumMap<>(Map.of(Color.GREEN, "g")));
        MAPS.put("Map1", Map.of("only", "one"));
        MAPS.put("MapN", Map.of("a", "1", "b", "2", "c", "3"));
        MAPS.put("unmodifiable", Collections.unmodifiableMap(new HashMap<>(Map.of("x", "y"))));
        MAPS.put("synchronized", Collections.synchronizedMap(new TreeMap<>(Map.of("x", "y"))));
        MAPS.put("empty", new HashMap<>());
        Map<Colliding, String> treed = new HashMap<>();
        Map<Colliding, String> concurrent = new ConcurrentHashMap<>();
        for (int i = 0; i < 100; i++) {
            treed.put(new Colliding(i), "t" + i);
            concurrent.put(new Colliding(i), "t" + i);
        }
        MAPS.put("treed HashMap", treed);
        MAPS.put("treed ConcurrentHashMap", concurrent);
    }

    private static void lists() {
        List<String> some = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            some.add("e" + i);
        }
        LISTS.put("ArrayList", new ArrayList<>(some));
        LISTS.put("with nulls", new ArrayList<>(Arrays.asList("a", null, "b")));
        LISTS.put("LinkedList", new LinkedList<>(some));
        LISTS.put("Vector", new Vector<>(some));
        LISTS.put("Arrays", Arrays.asList("x", "y"));
        LISTS.put("CopyOnWriteArrayList", new CopyOnWriteArrayList<>(some));
        LISTS.put("CopyOnWriteArraySet", new CopyOnWriteArraySet<>(some));
        ArrayDeque<String> ring = new ArrayDeque<>();
        for (String one : some) {
            ring.add(one);
            if (ring.size() > 7) {
                ring.remove();
            }
        }
        LISTS.put("ArrayDeque", ring);
        LISTS.put("PriorityQueue", new PriorityQueue<>(some));
        Queue<String> queue = new ConcurrentLinkedQueue<>(some);
        queue.remove();
        LISTS.put("ConcurrentLinkedQueue", queue);
        LISTS.put("ConcurrentLinkedDeque", new ConcurrentLinkedDeque<>(some));
        LISTS.put("HashSet", new HashSet<>(some));
        LISTS.put("LinkedHashSet", new LinkedHashSet<>(some));
        LISTS.put("TreeSet", new TreeSet<>(some));
        LISTS.put("List1", List.of("a"));
        LISTS.put("List2", List.of("a", "b"));
        LISTS.put("ListN", List.of("a", "b", "c"));
        LISTS.put("Set1", Set.of("a"));
        LISTS.put("Set2", Set.of("a", "b"));
        LISTS.put("SetN", Set.of("a", "b", "c"));
        LISTS.put("unmodifiable", Collections.unmodifiableList(new ArrayList<>(some)));
        LISTS.put("synchronized", Collections.synchronizedSet(new HashSet<>(some)));
        LISTS.put("empty", new ArrayList<>());
    }
}

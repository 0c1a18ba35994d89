/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.graph.view;

import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.graph.FieldRules;
import io.heapgauge.analysis.graph.HeapType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which references lead to a private part of the object that has them: by field, for the elements of an array as
 * {@code Type[]#[]}, and boxed values wherever they are. The JDK's strings and collections are known.
 */
public final class PartRules {
    private static final String ELEMENTS = "[]";
    private static final Set<String> BOXED = Set.of(
            "java.lang.Boolean",
            "java.lang.Byte",
            "java.lang.Character",
            "java.lang.Short",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Float",
            "java.lang.Double");
    private static final String KNOWN = """
            java.lang.String#value
            java.lang.AbstractStringBuilder#value
            java.util.AbstractMap#keySet
            java.util.AbstractMap#values
            java.util.HashMap#table
            java.util.HashMap#entrySet
            java.util.HashMap$Node[]#[]
            java.util.HashMap$Node#next
            java.util.HashMap$TreeNode#parent
            java.util.HashMap$TreeNode#left
            java.util.HashMap$TreeNode#right
            java.util.HashMap$TreeNode#prev
            java.util.LinkedHashMap#head
            java.util.LinkedHashMap#tail
            java.util.LinkedHashMap$Entry#before
            java.util.LinkedHashMap$Entry#after
            java.util.HashSet#map
            java.util.TreeMap#root
            java.util.TreeMap#entrySet
            java.util.TreeMap#navigableKeySet
            java.util.TreeMap#descendingMap
            java.util.TreeMap$Entry#left
            java.util.TreeMap$Entry#right
            java.util.TreeMap$Entry#parent
            java.util.TreeSet#m
            java.util.IdentityHashMap#table
            java.util.Hashtable#table
            java.util.Hashtable$Entry[]#[]
            java.util.Hashtable$Entry#next
            java.util.WeakHashMap#table
            java.util.WeakHashMap$Entry[]#[]
            java.util.WeakHashMap$Entry#next
            java.util.EnumMap#vals
            java.util.ArrayList#elementData
            java.util.Vector#elementData
            java.util.ArrayDeque#elements
            java.util.PriorityQueue#queue
            java.util.LinkedList#first
            java.util.LinkedList#last
            java.util.LinkedList$Node#next
            java.util.LinkedList$Node#prev
            java.util.Arrays$ArrayList#a
            java.util.ImmutableCollections$ListN#elements
            java.util.ImmutableCollections$SetN#elements
            java.util.ImmutableCollections$MapN#table
            java.util.BitSet#words
            java.math.BigInteger#mag
            java.math.BigDecimal#intVal
            java.util.concurrent.ConcurrentHashMap#table
            java.util.concurrent.ConcurrentHashMap#counterCells
            java.util.concurrent.ConcurrentHashMap#keySet
            java.util.concurrent.ConcurrentHashMap#values
            java.util.concurrent.ConcurrentHashMap#entrySet
            java.util.concurrent.ConcurrentHashMap$Node[]#[]
            java.util.concurrent.ConcurrentHashMap$CounterCell[]#[]
            java.util.concurrent.ConcurrentHashMap$Node#next
            java.util.concurrent.ConcurrentHashMap$TreeBin#root
            java.util.concurrent.ConcurrentHashMap$TreeBin#first
            java.util.concurrent.ConcurrentHashMap$TreeNode#parent
            java.util.concurrent.ConcurrentHashMap$TreeNode#left
            java.util.concurrent.ConcurrentHashMap$TreeNode#right
            java.util.concurrent.ConcurrentHashMap$TreeNode#prev
            java.util.concurrent.CopyOnWriteArrayList#array
            java.util.concurrent.CopyOnWriteArraySet#al
            """;

    private final List<FieldRule> rules;

    private PartRules(List<FieldRule> rules) {
        this.rules = rules;
    }

    /**
     * The known rules and others.
     *
     * @param others the user's own
     * @return rules
     */
    public static PartRules with(List<FieldRule> others) {
        List<FieldRule> all =
                new ArrayList<>(KNOWN.lines().map(FieldRule::parse).toList());
        all.addAll(others);
        return new PartRules(List.copyOf(all));
    }

    /**
     * The rules.
     *
     * @return what a graph must have been built with so that the fields can be told apart
     */
    public List<FieldRule> rules() {
        return rules;
    }

    /** Rule index of a graph → whether that field leads to a part. */
    boolean[] fields(FieldRules graphRules) {
        boolean[] fields = new boolean[graphRules.size()];
        for (FieldRule rule : rules) {
            int index = graphRules.indexOf(rule);
            if (index >= 0) {
                fields[index] = true;
            }
        }
        return fields;
    }

    /** Type → whether the elements of such an array are its parts. */
    boolean[] arrays(List<HeapType> types) {
        boolean[] arrays = new boolean[types.size()];
        for (HeapType type : types) {
            arrays[type.index()] = rules.contains(new FieldRule(type.name(), ELEMENTS));
        }
        return arrays;
    }

    /** Type → whether it is that of a boxed value. */
    static boolean[] boxed(List<HeapType> types) {
        boolean[] boxed = new boolean[types.size()];
        for (HeapType type : types) {
            boxed[type.index()] = type.loaderId() == 0 && BOXED.contains(type.name());
        }
        return boxed;
    }
}

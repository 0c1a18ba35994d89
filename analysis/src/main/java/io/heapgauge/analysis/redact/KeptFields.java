/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.redact;

import io.heapgauge.analysis.graph.FieldRule;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Primitive fields whose values stay in a redacted dump. The defaults are fields of the JDK that say how big and how full
 * something is, without which collections, buffers and stack chunks cannot be understood, and the id of a root registry.
 *
 * @param fields by the class that declares them; instance fields and static ones
 */
public record KeptFields(Set<FieldRule> fields) {
    /** The root registry's entries: their names stay as well, which are arrays of bytes. */
    static final FieldRule REGISTERED_NAME = new FieldRule("io.heapgauge.RootRegistry$Entry", "name");

    private static final String KNOWN = """
            io.heapgauge.RootRegistry$Entry#registryId
            java.lang.AbstractStringBuilder#coder
            java.lang.AbstractStringBuilder#count
            java.lang.String#coder
            java.nio.Buffer#capacity
            java.nio.Buffer#limit
            java.nio.Buffer#position
            java.util.ArrayDeque#head
            java.util.ArrayDeque#tail
            java.util.ArrayList#size
            java.util.BitSet#wordsInUse
            java.util.HashMap#size
            java.util.HashMap#threshold
            java.util.Hashtable#count
            java.util.Hashtable#threshold
            java.util.IdentityHashMap#size
            java.util.ImmutableCollections$MapN#size
            java.util.ImmutableCollections$SetN#size
            java.util.LinkedList#size
            java.util.PriorityQueue#size
            java.util.TreeMap#size
            java.util.Vector#elementCount
            java.util.WeakHashMap#size
            java.util.concurrent.ArrayBlockingQueue#count
            java.util.concurrent.ArrayBlockingQueue#putIndex
            java.util.concurrent.ArrayBlockingQueue#takeIndex
            java.util.concurrent.ConcurrentHashMap#baseCount
            java.util.concurrent.ConcurrentHashMap#sizeCtl
            java.util.concurrent.ConcurrentHashMap$CounterCell#value
            java.util.concurrent.LinkedBlockingDeque#capacity
            java.util.concurrent.LinkedBlockingDeque#count
            java.util.concurrent.LinkedBlockingQueue#capacity
            java.util.concurrent.PriorityBlockingQueue#size
            java.util.zip.Deflater$DeflaterZStreamRef#address
            java.util.zip.Inflater$InflaterZStreamRef#address
            jdk.internal.vm.StackChunk#size
            jdk.internal.vm.StackChunk#sp
            """;

    /** What stays unless more is asked for. */
    public static final KeptFields DEFAULT =
            new KeptFields(Set.copyOf(KNOWN.lines().map(FieldRule::parse).toList()));

    /**
     * Keeps an immutable copy.
     *
     * @param fields by the class that declares them
     */
    public KeptFields {
        fields = Set.copyOf(fields);
    }

    /**
     * These and others.
     *
     * @param others more fields to keep
     * @return all of them
     */
    public KeptFields plus(List<FieldRule> others) {
        Set<FieldRule> all = new HashSet<>(fields);
        all.addAll(others);
        return new KeptFields(all);
    }

    boolean contains(String className, String field) {
        return fields.contains(new FieldRule(className, field));
    }
}

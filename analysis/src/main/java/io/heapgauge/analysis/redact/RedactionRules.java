/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.redact;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which primitive fields keep their values in a redacted dump: those of the JDK that say how large a collection, buffer,
 * string or stack chunk is, the id in the entries of a gauge's own registry, and the user's own. Immutable.
 */
public final class RedactionRules {
    private static final String KNOWN = """
            java.lang.String#coder
            java.lang.AbstractStringBuilder#coder
            java.lang.AbstractStringBuilder#count
            java.util.HashMap#size
            java.util.IdentityHashMap#size
            java.util.WeakHashMap#size
            java.util.TreeMap#size
            java.util.EnumMap#size
            java.util.Hashtable#count
            java.util.ImmutableCollections$MapN#size
            java.util.ImmutableCollections$SetN#size
            java.util.ArrayList#size
            java.util.LinkedList#size
            java.util.PriorityQueue#size
            java.util.Vector#elementCount
            java.util.ArrayDeque#head
            java.util.ArrayDeque#tail
            java.util.BitSet#wordsInUse
            java.util.concurrent.ConcurrentHashMap#baseCount
            java.util.concurrent.ConcurrentHashMap$CounterCell#value
            java.util.concurrent.ArrayBlockingQueue#count
            java.util.concurrent.ArrayBlockingQueue#takeIndex
            java.util.concurrent.ArrayBlockingQueue#putIndex
            java.util.concurrent.LinkedBlockingDeque#count
            java.util.concurrent.PriorityBlockingQueue#size
            java.nio.Buffer#capacity
            java.nio.Buffer#limit
            java.nio.Buffer#position
            jdk.internal.vm.StackChunk#size
            io.heapgauge.RootRegistry$Entry#registryId
            """;

    /** Addresses of native memory: whether there is any says whether the object holds native bytes. */
    private static final Set<KeptField> WHETHER_SET = Set.of(
            new KeptField("java.util.zip.Inflater$InflaterZStreamRef", "address"),
            new KeptField("java.util.zip.Deflater$DeflaterZStreamRef", "address"));

    private static final List<KeptField> STANDARD =
            KNOWN.lines().map(KeptField::parse).toList();

    /** What becomes of the values of a primitive field. */
    enum Fate {
        /** They become 0. */
        ZEROED,
        /** They become 1, but 0 stays 0. */
        WHETHER_SET,
        /** They stay. */
        KEPT
    }

    private final List<KeptField> own;
    private final Set<KeptField> kept;

    private RedactionRules(List<KeptField> own) {
        this.own = own;
        kept = new HashSet<>(STANDARD);
        kept.addAll(own);
    }

    /**
     * The rules that always hold.
     *
     * @return the fields of the JDK and of the registry
     */
    public static RedactionRules standard() {
        return new RedactionRules(List.of());
    }

    /**
     * These rules and more.
     *
     * @param more fields to be kept as well
     * @return other rules
     */
    public RedactionRules keeping(Collection<KeptField> more) {
        List<KeptField> all = new ArrayList<>(own);
        all.addAll(more);
        return new RedactionRules(List.copyOf(all));
    }

    /** The fields that were added to the standard ones. */
    List<KeptField> own() {
        return own;
    }

    Fate fate(KeptField field) {
        if (kept.contains(field)) {
            return Fate.KEPT;
        }
        return WHETHER_SET.contains(field) ? Fate.WHETHER_SET : Fate.ZEROED;
    }

    /**
     * The rules as the native part of the fork engine reads them: a line per field of {@code =} for one that is kept, or
     * {@code ?} for one that becomes 1 unless it is 0, the class in the form of the VM with slashes, {@code #}, the field.
     *
     * @return the lines, in alphabetical order
     */
    public String asText() {
        TreeSet<String> lines = new TreeSet<>();
        kept.forEach(field -> lines.add("=" + line(field)));
        WHETHER_SET.stream().filter(field -> !kept.contains(field)).forEach(field -> lines.add("?" + line(field)));
        return String.join("\n", lines);
    }

    private static String line(KeptField field) {
        return field.className().replace('.', '/') + "#" + field.field();
    }

    /** All class names, in the form of the VM with slashes, and field names in the rules. */
    Set<String> words() {
        Set<String> words = new HashSet<>();
        Set<KeptField> all = new HashSet<>(kept);
        all.addAll(WHETHER_SET);
        for (KeptField field : all) {
            words.add(field.className().replace('.', '/'));
            words.add(field.field());
        }
        return words;
    }
}

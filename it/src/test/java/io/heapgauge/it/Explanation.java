/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.graph.IdSink;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.source.HprofSource;
import io.heapgauge.analysis.store.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Why retained sizes differ: the dump is read again and again with one more of the library's conventions each time. What
 * moves a size is a reason of it, and in the end every size must be the library's.
 *
 * @param reasons id → conventions that moved its size, by label
 * @param unexplained what is said of objects whose size is another still
 */
record Explanation(Map<Long, Set<String>> reasons, List<String> unexplained) {
    private static final Set<Convention> EDGES_OF_CLASSES =
            EnumSet.of(Convention.CLASSES_HOLD_NO_SUPER_CLASS, Convention.FIRST_INSTANCE_HOLDS_ITS_CLASS);
    private static final Set<Convention> EDGES_AND_ROOTS =
            EnumSet.complementOf(EnumSet.of(Convention.CLASS_OBJECTS_WEIGH_NOTHING));

    /** Label of each convention that is a reason → how many sizes it moved. */
    Map<String, Integer> moved() {
        Map<String, Integer> moved = new TreeMap<>();
        reasons.values().forEach(labels -> labels.forEach(label -> moved.merge(label, 1, Integer::sum)));
        return moved;
    }

    /**
     * Explains.
     *
     * @param plain sizes without conventions; those of the same objects are explained, and of the largest with all of them
     * @param most how many of the largest
     */
    static Explanation of(Path dump, NetBeansHeap library, RetainedSizes plain, int most) throws IOException {
        Explanation explanation = new Explanation(new HashMap<>(), new ArrayList<>());
        LibraryHolders holders = holders(dump, library);
        RetainedSizes all = explanation.climb(dump, library, holders, plain, most);
        Map<Long, Long> left = new TreeMap<>(all.bytes());
        left.entrySet().removeIf(size -> size.getValue() == library.retainedBytes(size.getKey()));
        if (!left.isEmpty()) {
            explanation.addUpTrees(dump, library, holders, left);
        }
        return explanation;
    }

    private static LibraryHolders holders(Path dump, NetBeansHeap library) throws IOException {
        LibraryHolders holders = LibraryHolders.ofClasses(library, types(dump));
        try (Scratch scratch = Scratch.mapped(dump.getParent(), RetainedSizes.SCRATCH_BYTES)) {
            LibrarySource source = LibrarySource.open(dump, library, holders, EDGES_OF_CLASSES);
            HeapGraph graph = HeapGraph.build(source, RetainedSizes.NO_RULES, scratch, Monitor.NONE);
            return holders.complete(graph, scratch);
        }
    }

    private static List<HeapType> types(Path dump) throws IOException {
        HprofSource source = HprofSource.open(dump, HprofSource.Options.DEFAULT, Monitor.NONE);
        source.scan(() -> IdSink.NONE);
        return source.types();
    }

    /** Returns the sizes with all conventions. */
    private RetainedSizes climb(Path dump, NetBeansHeap library, LibraryHolders holders, RetainedSizes plain, int most)
            throws IOException {
        Set<Convention> conventions = EnumSet.noneOf(Convention.class);
        RetainedSizes before = plain;
        for (Convention next : Convention.values()) {
            conventions.add(next);
            LibrarySource source = LibrarySource.open(dump, library, holders, conventions);
            RetainedSizes after = RetainedSizes.read(
                    source, dump.getParent(), most, plain.bytes().keySet());
            for (long id : plain.bytes().keySet()) {
                if (!before.bytes().get(id).equals(after.bytes().get(id))) {
                    addReason(id, next.label());
                }
            }
            before = after;
        }
        return before;
    }

    private void addUpTrees(Path dump, NetBeansHeap library, LibraryHolders holders, Map<Long, Long> left)
            throws IOException {
        try (Scratch scratch = Scratch.mapped(dump.getParent(), RetainedSizes.SCRATCH_BYTES)) {
            LibrarySource source = LibrarySource.open(dump, library, holders, EDGES_AND_ROOTS);
            HeapGraph graph = HeapGraph.build(source, RetainedSizes.NO_RULES, scratch, Monitor.NONE);
            TakenOut takenOut = new TakenOut(graph);
            Trees trees = Trees.of(graph, holders);
            left.forEach((id, bytes) -> {
                long theirs = library.retainedBytes(id);
                long byTrees = trees.bytesByTrees(id, takenOut.retained(id));
                if (byTrees == theirs) {
                    addReason(id, Trees.LABEL);
                } else {
                    unexplained.add("0x" + Long.toHexString(id) + " retains " + bytes + ", by whole trees " + byTrees
                            + ", with the library " + theirs);
                }
            });
        }
    }

    private void addReason(long id, String label) {
        reasons.computeIfAbsent(id, key -> new TreeSet<>()).add(label);
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.measure.GcReachability;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.store.Scratch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who holds what for the NetBeans library beyond the strong references of a dump.
 *
 * @param classes holder → classes that the library found by it
 * @param referents reached weak, soft, phantom or final reference → its referent, which is reached otherwise as well
 * @param heldByGarbage reached objects that objects refer to which are not reached, referents of dead references among them
 */
record LibraryHolders(Map<Long, List<Long>> classes, Map<Long, List<Long>> referents, Set<Long> heldByGarbage) {
    /** Nobody. */
    static final LibraryHolders NONE = new LibraryHolders(Map.of(), Map.of(), Set.of());

    /** Nothing known yet but the classes, which the library tells itself. */
    static LibraryHolders ofClasses(NetBeansHeap library, List<HeapType> types) {
        Map<Long, List<Long>> classes = new HashMap<>();
        for (HeapType type : types) {
            long holder = type.classId() == 0 ? 0 : library.foundBy(type.classId());
            if (holder != 0) {
                classes.computeIfAbsent(holder, id -> new ArrayList<>()).add(type.classId());
            }
        }
        return new LibraryHolders(classes, Map.of(), Set.of());
    }

    /** The rest, from a graph that has the library's edges of classes. */
    LibraryHolders complete(HeapGraph graph, Scratch scratch) {
        GcReachability reachability = GcReachability.of(graph, scratch, Monitor.NONE);
        int referentRule = graph.rules().indexOf(FieldRule.REFERENT);
        Map<Long, List<Long>> live = new HashMap<>();
        Set<Long> held = new TreeSet<>();
        for (int ordinal = 0; ordinal < graph.size(); ordinal++) {
            int referent = graph.field(ordinal, referentRule);
            boolean refersToReached = referent >= 0 && reachability.isReached(referent);
            if (reachability.isReached(ordinal)) {
                if (refersToReached) {
                    live.put(graph.idOf(ordinal), List.of(graph.idOf(referent)));
                }
                continue;
            }
            addReached(graph, ordinal, reachability, held);
            if (refersToReached) {
                held.add(graph.idOf(referent));
            }
        }
        return new LibraryHolders(classes, live, held);
    }

    private static void addReached(HeapGraph graph, int garbage, GcReachability reachability, Set<Long> held) {
        long position = graph.row(garbage);
        for (int target = 0; position >= 0 && target >= 0; position++) {
            target = graph.target(position);
            if (reachability.isReached(target & ~HeapGraph.LAST)) {
                held.add(graph.idOf(target & ~HeapGraph.LAST));
            }
        }
    }
}

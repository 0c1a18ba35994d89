/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.explore;

import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.graph.view.CollapsedView;
import io.heapgauge.analysis.graph.view.PartRules;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.store.LongStore;
import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.IntHashSet;
import org.jspecify.annotations.Nullable;

/** Which objects count as parts of others, and how many bytes that makes of each owner. */
final class Folding {
    private final HeapGraph graph;
    private final IntUnaryOperator owners;
    private final Int2ObjectHashMap<String> names;
    /** Owner → its bytes with those of its parts; part → 0. */
    private final LongStore bytes;

    private Folding(OpenHeap open, IntUnaryOperator owners, Int2ObjectHashMap<String> names) {
        this.owners = owners;
        this.names = names;
        graph = open.graph();
        bytes = new LongStore(open.scratch(), graph.size());
        for (int ordinal = 0; ordinal < graph.size(); ordinal++) {
            int owner = ownerOf(ordinal);
            bytes.set(owner, bytes.get(owner) + graph.bytesOf(ordinal));
            if ((ordinal & Monitor.POLL) == 0) {
                open.monitor().at((double) ordinal / graph.size());
            }
        }
    }

    static Folding ofJava(OpenHeap open, PartRules rules) {
        CollapsedView view = CollapsedView.of(open.graph(), rules, open.scratch(), open.monitor());
        return new Folding(open, view::ownerOf, new Int2ObjectHashMap<>());
    }

    static Folding ofPython(OpenHeap open) {
        PythonParts parts = PythonParts.of(open);
        return new Folding(open, parts::ownerOf, parts.names());
    }

    /** The object that another counts with; itself where it is no part. */
    int ownerOf(int ordinal) {
        return owners.applyAsInt(ordinal);
    }

    long bytesOf(int ordinal) {
        return bytes.get(ordinal);
    }

    /** What an owner is called with its parts, null where that is the name of its type. */
    @Nullable
    String nameOf(int ordinal) {
        return names.get(ordinal);
    }

    /** An owner and each of its parts, which it reaches through each other. */
    void forEachPart(int owner, IntConsumer sink) {
        IntArrayList waiting = new IntArrayList();
        IntHashSet seen = new IntHashSet();
        waiting.addInt(owner);
        seen.add(owner);
        while (!waiting.isEmpty()) {
            int part = waiting.removeAt(waiting.size() - 1);
            sink.accept(part);
            long at = graph.row(part);
            for (int target = at < 0 ? -1 : 0; target >= 0; ) {
                target = graph.target(at++);
                int ordinal = target & ~HeapGraph.LAST;
                if (ownerOf(ordinal) == owner && seen.add(ordinal)) {
                    waiting.addInt(ordinal);
                }
            }
        }
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.explore;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.Dumps;
import io.heapgauge.analysis.graph.FieldRules;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.graph.RecordedSource;
import io.heapgauge.analysis.measure.Dominators;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.report.RetainedObject;
import io.heapgauge.analysis.store.IntStore;
import io.heapgauge.analysis.store.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.agrona.collections.IntArrayList;

/** The dominator tree of an open heap by ordinals, made from a graph of its own, which making it uses up. */
final class DominatorTree {
    private final Dominators dominators;
    /** Depth-first number → ordinal. */
    private final IntStore ordinals;

    private final int objects;
    private final Monitor monitor;

    private DominatorTree(Dominators dominators, IntStore ordinals, int objects, Monitor monitor) {
        this.dominators = dominators;
        this.ordinals = ordinals;
        this.objects = objects;
        this.monitor = monitor;
    }

    static DominatorTree of(Path file, AnalysisRequest request, Scratch scratch, Monitor monitor) throws IOException {
        RecordedSource source = Dumps.open(file, request.reading(), monitor);
        HeapGraph graph = HeapGraph.build(source, FieldRules.of(List.of()), scratch, monitor);
        Dominators dominators = Dominators.of(graph, scratch, monitor);
        IntStore ordinals = IntStore.ofLength(scratch, dominators.reached() + 1L);
        for (int ordinal = 0; ordinal < graph.size(); ordinal++) {
            int number = dominators.numberOf(ordinal);
            if (number != 0) {
                ordinals.set(number, ordinal);
            }
        }
        return new DominatorTree(dominators, ordinals, graph.size(), monitor);
    }

    /** Bytes, 0 where no GC root reaches the object. */
    long retainedBytes(int ordinal) {
        return dominators.retainedBytes(ordinal);
    }

    boolean isReached(int ordinal) {
        return dominators.numberOf(ordinal) != 0;
    }

    /** The immediate dominator, -1 where that is the GC roots together, or where no GC root reaches the object. */
    int dominator(int ordinal) {
        int number = dominators.numberOf(ordinal);
        int above = number == 0 ? 0 : dominators.dominatorOf(number);
        return above == 0 ? -1 : ordinals.get(above);
    }

    /** What an object dominates immediately; a look at every reached object. */
    int[] dominated(int ordinal) {
        IntArrayList found = new IntArrayList();
        int number = dominators.numberOf(ordinal);
        if (number != 0) {
            monitor.phase("looking for what the object dominates");
            for (int below = number + 1; below <= dominators.reached(); below++) {
                if (dominators.dominatorOf(below) == number) {
                    found.addInt(ordinals.get(below));
                }
                if ((below & Monitor.POLL) == 0) {
                    monitor.at((double) below / objects);
                }
            }
        }
        return found.toIntArray();
    }

    List<RetainedObject> top(int most) {
        return dominators.top(most);
    }
}

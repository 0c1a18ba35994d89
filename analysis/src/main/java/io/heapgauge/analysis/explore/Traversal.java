/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.explore;

import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.store.BitStore;
import io.heapgauge.analysis.store.IntStack;

/**
 * Visits what some objects reach in a view, each once: first the starts, then depth-first, the last reference first. Starts
 * count even where the view excludes them. Memory: a bit per object of the heap, and four bytes per object that waits.
 */
final class Traversal implements AutoCloseable {
    private final View view;
    private final HeapGraph graph;
    private final Monitor monitor;
    private final BitStore seen;
    private final IntStack waiting;
    private final boolean folded;
    private long visited;

    Traversal(View view, int... starts) {
        this.view = view;
        graph = view.open().graph();
        monitor = view.open().monitor();
        seen = new BitStore(view.open().scratch(), graph.size());
        waiting = new IntStack(view.open().scratch());
        folded = view.isFolded();
        monitor.phase("following references");
        for (int i = starts.length - 1; i >= 0; i--) {
            if (seen.add(starts[i])) {
                waiting.push(starts[i]);
            }
        }
    }

    /** The next object that is no part of another, -1 at the end. */
    int next() {
        while (!waiting.isEmpty()) {
            int ordinal = waiting.pop();
            view.edges(ordinal, this::enter);
            if ((++visited & Monitor.POLL) == 0) {
                monitor.at((double) visited / graph.size());
            }
            if (!folded || view.ownerOf(ordinal) == ordinal) {
                return ordinal;
            }
        }
        return -1;
    }

    private void enter(int ordinal) {
        if (seen.add(ordinal)) {
            int owner = view.ownerOf(ordinal);
            if (owner != ordinal || !view.isBarred(ordinal)) {
                waiting.push(ordinal);
            }
        }
    }

    @Override
    public void close() {
        seen.release();
        waiting.release();
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.explore;

import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.store.BitStore;
import io.heapgauge.analysis.store.IntStack;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.IntHashSet;
import org.jspecify.annotations.Nullable;

/**
 * Visits what some objects reach in a view, each once: first the starts, then depth-first, the last reference first. Starts
 * count even where the view excludes them. Memory: some bytes per object visited while these are few, then a bit per object of the
 * heap, and four bytes per object that waits.
 */
final class Traversal implements AutoCloseable {
    private static final int FEW = 10_000;
    private static final int WAITING_ON_HEAP = 1 << 19;

    private final View view;
    private final HeapGraph graph;
    private final Monitor monitor;
    /** What has been met while it is little. */
    private final IntHashSet few = new IntHashSet();

    /** What has been met once it is not, null before. */
    private @Nullable BitStore seen;

    /** What waits: as much on the Java heap as takes a few megabytes, the rest above it off the heap. */
    private final IntArrayList waiting = new IntArrayList();

    private @Nullable IntStack waitingAbove;
    private final boolean folded;
    private long visited;

    Traversal(View view, int... starts) {
        this.view = view;
        graph = view.open().graph();
        monitor = view.open().monitor();
        folded = view.isFolded();
        monitor.phase("following references");
        for (int i = starts.length - 1; i >= 0; i--) {
            if (meet(starts[i])) {
                push(starts[i]);
            }
        }
    }

    /** Whether an object is met for the first time. */
    private boolean meet(int ordinal) {
        BitStore all = seen;
        if (all != null) {
            return all.add(ordinal);
        }
        if (!few.add(ordinal)) {
            return false;
        }
        if (few.size() == FEW) {
            BitStore many = new BitStore(view.open().scratch(), graph.size());
            for (IntHashSet.IntIterator met = few.iterator(); met.hasNext(); ) {
                many.add(met.nextValue());
            }
            seen = many;
            few.clear();
        }
        return true;
    }

    private void push(int ordinal) {
        if (waiting.size() < WAITING_ON_HEAP) {
            waiting.addInt(ordinal);
            return;
        }
        IntStack above = waitingAbove;
        if (above == null) {
            above = new IntStack(view.open().scratch());
            waitingAbove = above;
        }
        above.push(ordinal);
    }

    private int pop() {
        IntStack above = waitingAbove;
        return above == null || above.isEmpty() ? waiting.removeAt(waiting.size() - 1) : above.pop();
    }

    /** The next object that is no part of another, -1 at the end. */
    int next() {
        while (!waiting.isEmpty()) {
            int ordinal = pop();
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
        if (meet(ordinal)) {
            int owner = view.ownerOf(ordinal);
            if (owner != ordinal || !view.isBarred(ordinal)) {
                push(ordinal);
            }
        }
    }

    @Override
    public void close() {
        BitStore all = seen;
        if (all != null) {
            all.release();
        }
        IntStack above = waitingAbove;
        if (above != null) {
            above.release();
        }
    }
}

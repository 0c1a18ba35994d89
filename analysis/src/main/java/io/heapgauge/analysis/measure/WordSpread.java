/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.store.BitStore;
import io.heapgauge.analysis.store.IntStack;
import io.heapgauge.analysis.store.Scratch;
import io.heapgauge.analysis.store.WordStore;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * Up to 64 walks at once. Each object carries a word with one bit per walk, "this walk has met it". Words spread along
 * references: an object passes its word on, less the bits of walks that a bar keeps from going there. Words only grow, so the
 * order does not matter and the spread ends; it visits most objects once, because the first path to an ordinary object
 * usually brings all bits.
 *
 * <p>Cost: one to three visits of each object that any of the walks meets. Memory: 1 to 8 bytes per object by the number of
 * walks, and two bits.
 */
final class WordSpread {
    private static final int POLL_INTERVAL = Monitor.POLL + 1;
    private static final long[] NOTHING = {};

    private final HeapGraph graph;
    private final Monitor monitor;
    private final WordStore words;
    private final BitStore queued;
    private final IntStack queue;
    private final BitStore barred;
    /** Ordinal of a barred object → walks that do not enter it. */
    private final Int2ObjectHashMap<long[]> objectBars = new Int2ObjectHashMap<>();
    /** Type → walks that do not enter its instances; empty where no walk leaves a type out. */
    private long[] typeBars = NOTHING;
    /** Rule → walks that do not follow its field; empty where no walk leaves a field out. */
    private long[] ruleBars = NOTHING;
    /** Walks that go from an object to its class. */
    private long throughClasses;
    /** Walks that go on to referents. */
    private long toReferents;

    private int untilPoll = POLL_INTERVAL;
    private long visited;

    WordSpread(HeapGraph graph, Scratch scratch, Monitor monitor, int walks) {
        this.graph = graph;
        this.monitor = monitor;
        words = new WordStore(scratch, graph.size(), walks);
        queued = new BitStore(scratch, graph.size());
        barred = new BitStore(scratch, graph.size());
        queue = new IntStack(scratch);
    }

    void barType(int type, long walks) {
        if (typeBars.length == 0) {
            typeBars = new long[graph.source().types().size()];
        }
        typeBars[type] |= walks;
    }

    void barObject(int ordinal, long walks) {
        barred.add(ordinal);
        objectBars.computeIfAbsent(ordinal, any -> new long[1])[0] |= walks;
    }

    void barRule(int rule, long walks) {
        if (ruleBars.length == 0) {
            ruleBars = new long[graph.rules().size()];
        }
        if (rule >= 0) {
            ruleBars[rule] |= walks;
        }
    }

    void goThroughClasses(long walks) {
        throughClasses = walks;
    }

    void goToReferents(long walks) {
        toReferents = walks;
    }

    void keepFromReferents(long walks) {
        toReferents &= ~walks;
    }

    /** The walks that have met an object. */
    long word(int ordinal) {
        return words.get(ordinal);
    }

    /** Has walks start at an object, barred or not; what it refers to waits for {@link #drain}. */
    void start(int ordinal, long walks) {
        enter(ordinal, words.get(ordinal), walks & ~words.get(ordinal));
    }

    /** Has walks meet an object unless it is barred to them. */
    void offer(int ordinal, long walks) {
        long before = words.get(ordinal);
        long fresh = walks & ~before;
        if (fresh == 0) {
            return;
        }
        if (typeBars.length > 0) {
            fresh &= ~typeBars[graph.typeOf(ordinal)];
        }
        if (barred.get(ordinal)) {
            fresh &= ~objectBars.get(ordinal)[0];
        }
        enter(ordinal, before, fresh);
    }

    private void enter(int ordinal, long before, long fresh) {
        if (fresh != 0) {
            words.set(ordinal, before | fresh);
            if (queued.add(ordinal)) {
                queue.push(ordinal);
            }
        }
    }

    /** Spreads until nothing changes any more. */
    void drain() {
        while (!queue.isEmpty()) {
            int ordinal = queue.pop();
            queued.remove(ordinal);
            if (--untilPoll == 0) {
                untilPoll = POLL_INTERVAL;
                visited += POLL_INTERVAL;
                monitor.at((double) visited / graph.size());
            }
            visit(ordinal);
        }
    }

    private void visit(int ordinal) {
        long word = words.get(ordinal);
        long position = graph.row(ordinal);
        int target = position < 0 ? -1 : 0;
        if (ruleBars.length > 0 && (throughClasses != 0 || graph.ruled().get(ordinal))) {
            int type = graph.typeOf(ordinal);
            beside(ordinal, type, word);
            int[] slots = graph.slots(ordinal, type);
            for (int slot = 0; slot < slots.length && target >= 0; slot++) {
                target = graph.target(position++);
                offer(target & ~HeapGraph.LAST, word & ~ruleBars[slots[slot]]);
            }
        }
        while (target >= 0) {
            target = graph.target(position++);
            offer(target & ~HeapGraph.LAST, word);
        }
    }

    /** What is in no row: the class and the referent. */
    private void beside(int ordinal, int type, long word) {
        int classObject = throughClasses == 0 ? -1 : graph.classObject(type);
        if (classObject >= 0) {
            offer(classObject, word & throughClasses);
        }
        int referent = toReferents == 0 ? -1 : graph.referent(ordinal, type);
        if (referent >= 0) {
            offer(referent, word & toReferents);
        }
    }

    void release() {
        words.release();
        queued.release();
        barred.release();
        queue.release();
    }
}

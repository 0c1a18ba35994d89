/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.graph.TypeTally;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.store.BitStore;
import io.heapgauge.analysis.store.IntStack;
import io.heapgauge.analysis.store.Scratch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One traversal of the graph with an explicit stack off the Java heap: it visits whatever is strongly reachable from its
 * starts, each object once. Memory: a bit per object and four bytes per object that waits. Not safe for use by several
 * threads.
 */
final class Walk {
    private static final int POLL_INTERVAL = Monitor.POLL + 1;

    private final HeapGraph graph;
    private final Monitor monitor;
    private final BitStore marked;
    private final IntStack waiting;
    private final int referentRule;
    private final boolean[] leftOutRules;
    private boolean[] barredTypes = {};
    private @Nullable Referents referents;
    private boolean throughClasses;
    private final boolean[] classReached;
    /** Type → whether its objects lead to more than their rows say, or not to all of it. */
    private final boolean[] special;

    private int untilPoll = POLL_INTERVAL;
    private long visited;

    Walk(HeapGraph graph, Scratch scratch, Monitor monitor) {
        this.graph = graph;
        this.monitor = monitor;
        marked = new BitStore(scratch, graph.size());
        waiting = new IntStack(scratch);
        referentRule = graph.rules().indexOf(FieldRule.REFERENT);
        leftOutRules = new boolean[graph.rules().size()];
        classReached = new boolean[graph.source().types().size()];
        special = new boolean[classReached.length];
        findSpecial();
    }

    /** Forgets what was visited and every setting. */
    void reset() {
        marked.clear();
        visited = 0;
        leaveNothingOut();
        Arrays.fill(classReached, false);
        barredTypes = new boolean[0];
        referents = null;
        throughClasses = false;
        findSpecial();
    }

    private void findSpecial() {
        for (int type = 0; type < special.length; type++) {
            special[type] = throughClasses || !graph.isPlain(type);
        }
    }

    /** Gives its memory back. */
    void release() {
        marked.release();
        waiting.release();
    }

    /** Does not follow the references of a rule's field. */
    void leaveOut(int rule) {
        if (rule >= 0) {
            leftOutRules[rule] = true;
        }
    }

    /** Follows the references of every rule's field again. */
    void leaveNothingOut() {
        Arrays.fill(leftOutRules, false);
    }

    /** Collects referents where they are left out. */
    void collectReferents(Referents into) {
        referents = into;
    }

    /** Does not enter objects of these types; starts are entered all the same. */
    void barTypes(boolean[] types) {
        barredTypes = types;
    }

    /** Keeps the walk from entering an object: a bar, or a start that {@link #start} is going to visit. */
    void mark(int ordinal) {
        marked.add(ordinal);
    }

    /** Counts a class as reached with its first instance, as the collector does. */
    void throughClasses() {
        throughClasses = true;
        findSpecial();
    }

    /** Everything that is marked. */
    BitStore marked() {
        return marked;
    }

    /** Visits an object that has been marked before; what it refers to waits for {@link #drain}. */
    void start(int ordinal, TypeTally totals) {
        visit(ordinal, graph.typeOf(ordinal), totals);
    }

    /** Lets an object wait for {@link #drain} unless it is marked. */
    void enter(int ordinal) {
        if (marked.add(ordinal)) {
            waiting.push(ordinal);
        }
    }

    /** Visits all that waits and all that it leads to. */
    void drain(TypeTally totals) {
        while (!waiting.isEmpty()) {
            int ordinal = waiting.pop();
            int type = graph.typeOf(ordinal);
            if (type < barredTypes.length && barredTypes[type]) {
                continue;
            }
            visit(ordinal, type, totals);
        }
    }

    private void visit(int ordinal, int type, TypeTally totals) {
        if (--untilPoll == 0) {
            untilPoll = POLL_INTERVAL;
            visited += POLL_INTERVAL;
            monitor.at((double) visited / graph.size());
        }
        totals.add(type, graph.bytesOf(ordinal));
        long at = special[type] ? beside(ordinal, type) : graph.row(ordinal);
        int target = at < 0 ? -1 : 0;
        while (target >= 0) {
            target = graph.target(at++);
            enter(target & ~HeapGraph.LAST);
        }
    }

    /**
     * What few objects have: the first instance its class, a reference its referent, and fields with rules. Apart from the
     * visit, which is compiled again each time that something happens for the first time.
     *
     * @return where the other references are, -1 where there are none
     */
    private long beside(int ordinal, int type) {
        if (throughClasses && !classReached[type]) {
            classReached[type] = true;
            special[type] = !graph.isPlain(type);
            int classObject = graph.classObject(type);
            if (classObject >= 0) {
                enter(classObject);
            }
        }
        int referent = graph.referent(ordinal, type);
        if (referent >= 0 && !leftOutRules[referentRule]) {
            enter(referent);
        } else if (referent >= 0 && referents != null) {
            referents.found(type, referent);
        }
        long at = graph.row(ordinal);
        if (at < 0) {
            return at;
        }
        int[] slots = graph.slots(ordinal, type);
        int target = 0;
        for (int slot = 0; slot < slots.length && target >= 0; slot++) {
            target = graph.target(at++);
            if (!leftOutRules[slots[slot]]) {
                enter(target & ~HeapGraph.LAST);
            }
        }
        return target < 0 ? -1 : at;
    }
}

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
 * One traversal of the graph with an explicit stack off the Java heap: it marks whatever is strongly reachable from its
 * starts and counts what is marked afterwards, in address order, as looking up type and size of every object on the way would
 * take about as long as the way. Memory: two bits per object and four bytes per object that waits. Not safe for use by several
 * threads.
 */
final class Walk {
    private static final int POLL_INTERVAL = Monitor.POLL + 1;
    /** Words of 64 objects that are counted before the monitor is asked, as a mask. */
    private static final int WORDS_POLLED = (1 << 6) - 1;

    private final HeapGraph graph;
    private final Monitor monitor;
    private final BitStore marked;
    /** What of that has been counted, and what is marked to keep the walk out. */
    private final BitStore counted;

    private final IntStack waiting;
    private final int referentRule;
    private final boolean[] leftOutRules;
    private final boolean[] classReached;
    /** Types whose objects are not visited; empty for none. */
    private boolean[] barredTypes = {};

    private @Nullable Referents referents;
    private boolean throughClasses;
    private int untilPoll = POLL_INTERVAL;
    private long visited;

    Walk(HeapGraph graph, Scratch scratch, Monitor monitor) {
        this.graph = graph;
        this.monitor = monitor;
        marked = new BitStore(scratch, graph.size());
        counted = new BitStore(scratch, graph.size());
        waiting = new IntStack(scratch);
        referentRule = graph.rules().indexOf(FieldRule.REFERENT);
        leftOutRules = new boolean[graph.rules().size()];
        classReached = new boolean[graph.source().types().size()];
    }

    /** Forgets what was visited and every setting. */
    void reset() {
        marked.clear();
        counted.clear();
        visited = 0;
        leaveNothingOut();
        Arrays.fill(classReached, false);
        barredTypes = new boolean[0];
        referents = null;
        throughClasses = false;
    }

    /** Gives its memory back. */
    void release() {
        marked.release();
        counted.release();
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

    /** Does not enter an object, unless it is a start. */
    void bar(int ordinal) {
        marked.add(ordinal);
        counted.add(ordinal);
    }

    /** Reaches a class with its first instance, as the collector does. */
    void throughClasses() {
        throughClasses = true;
    }

    /** Everything that is marked: reached, or barred. */
    BitStore marked() {
        return marked;
    }

    /** Makes an object a start, whatever bars it. To be called for all starts before the first of them is visited. */
    void markStart(int ordinal) {
        marked.add(ordinal);
        counted.remove(ordinal);
    }

    /** Visits a start; what it refers to waits for {@link #drain}. */
    void visitStart(int ordinal) {
        visit(ordinal);
    }

    /** Lets an object wait for {@link #drain} unless it is marked. */
    void enter(int ordinal) {
        if (marked.add(ordinal)) {
            waiting.push(ordinal);
        }
    }

    /**
     * Visits all that waits and all that it leads to.
     *
     * @return everything that has been reached and was not counted before, by type
     */
    TypeTally drain() {
        TypeTally tally = TypeTally.empty(classReached.length);
        do {
            while (!waiting.isEmpty()) {
                visitNext(waiting.pop());
            }
            count(tally);
        } while (throughClasses && enterClasses(tally));
        return tally;
    }

    private void visitNext(int ordinal) {
        if (barredTypes.length > 0 && barredTypes[graph.typeOf(ordinal)]) {
            counted.add(ordinal);
        } else {
            visit(ordinal);
        }
    }

    private void visit(int ordinal) {
        if (--untilPoll == 0) {
            untilPoll = POLL_INTERVAL;
            visited += POLL_INTERVAL;
            monitor.at((double) visited / graph.size());
        }
        long at = graph.isPlain(ordinal) ? graph.row(ordinal) : beside(ordinal);
        int target = at < 0 ? -1 : 0;
        while (target >= 0) {
            target = graph.target(at++);
            enter(target & ~HeapGraph.LAST);
        }
    }

    /**
     * What few objects have: a reference its referent, and fields with rules. Apart from the visit, which is compiled again
     * each time that something happens for the first time.
     *
     * @return where the other references are, -1 where there are none
     */
    private long beside(int ordinal) {
        int type = graph.typeOf(ordinal);
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

    /** Counts what is marked and has not been counted. */
    private void count(TypeTally tally) {
        int words = (int) ((graph.size() + 63L) >>> 6);
        for (int word = 0; word < words; word++) {
            if ((word & WORDS_POLLED) == 0) {
                monitor.beat();
            }
            long fresh = marked.word(word) & ~counted.word(word);
            if (fresh != 0) {
                counted.addAll(word, fresh);
                for (long bits = fresh; bits != 0; bits &= bits - 1) {
                    int ordinal = (word << 6) + Long.numberOfTrailingZeros(bits);
                    tally.add(graph.typeOf(ordinal), graph.bytesOf(ordinal));
                }
            }
        }
    }

    /** Enters the classes of which instances have been counted; tells whether there is more to visit now. */
    private boolean enterClasses(TypeTally tally) {
        for (int type = 0; type < classReached.length; type++) {
            if (tally.objects()[type] > 0 && !classReached[type]) {
                classReached[type] = true;
                int classObject = graph.classObject(type);
                if (classObject >= 0) {
                    enter(classObject);
                }
            }
        }
        return !waiting.isEmpty();
    }
}

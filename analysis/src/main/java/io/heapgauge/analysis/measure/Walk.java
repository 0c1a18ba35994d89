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
import org.agrona.collections.IntHashSet;
import org.jspecify.annotations.Nullable;

/**
 * One traversal of the graph with an explicit stack off the Java heap: it visits whatever is strongly reachable from its
 * starts, each object once. A visit reads the references and nothing else; types and sizes are read afterwards, in the order
 * of memory, by {@link #count}. Memory: two bits per object and four bytes per object that waits. Not safe for use by several
 * threads.
 */
final class Walk {
    private static final int POLL_INTERVAL = Monitor.POLL + 1;
    /** Words of 64 objects that are looked at between two polls. */
    private static final int TOGETHER = 1 << 5;

    private final HeapGraph graph;
    private final Monitor monitor;
    /** What has been met, and bars. */
    private final BitStore marked;
    /** What is not to be counted any more: it has been, or it is a bar. */
    private final BitStore counted;

    private final IntStack waiting;
    private final int referentRule;
    private final boolean[] leftOutRules;
    /** Types whose objects are not visited; empty where all are. */
    private boolean[] barredTypes = {};
    /** Objects that are met and not visited for now; empty as a rule. */
    private IntHashSet held = new IntHashSet();

    private @Nullable Referents referents;
    private boolean throughClasses;
    private final boolean[] classReached;

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
        Arrays.fill(leftOutRules, false);
        Arrays.fill(classReached, false);
        barredTypes = new boolean[0];
        held = new IntHashSet();
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

    /** Collects referents where they are left out. */
    void collectReferents(Referents into) {
        referents = into;
    }

    /** Does not visit objects of these types; starts are visited all the same. */
    void barTypes(boolean[] types) {
        barredTypes = types;
    }

    /** Keeps the walk from entering an object. */
    void bar(int ordinal) {
        marked.add(ordinal);
        counted.add(ordinal);
    }

    /** Counts a class as reached with its first counted instance, as the collector does. */
    void throughClasses() {
        throughClasses = true;
    }

    /** Everything that has been met, and bars. */
    BitStore marked() {
        return marked;
    }

    /** Visits starts, barred or not; what they refer to waits. All are met before any is visited, so that none is a child. */
    void start(ResolvedRoot.Starts starts) {
        starts.forEach(ordinal -> {
            marked.add(ordinal);
            counted.remove(ordinal);
        });
        starts.forEach(this::visit);
    }

    /** Lets an object wait for {@link #spread} unless it has been met. */
    void enter(int ordinal) {
        if (marked.add(ordinal)) {
            waiting.push(ordinal);
        }
    }

    /** Meets these objects when it comes to them, but does not visit them. */
    void hold(IntHashSet ordinals) {
        held = ordinals;
    }

    /** Lets those of the held objects wait that have been met; none is held any more. */
    void letGo() {
        IntHashSet.IntIterator ordinals = held.iterator();
        held = new IntHashSet();
        while (ordinals.hasNext()) {
            int ordinal = ordinals.nextValue();
            if (marked.get(ordinal)) {
                waiting.push(ordinal);
            }
        }
    }

    /**
     * Goes on as if it had visited what another walk has, which followed no edge that this one does not: meets all of it,
     * waits to go by the edges that the other may have left out, and takes what the other has counted.
     *
     * @param theirs what the other walk has counted: all that it has met
     * @param totals what this walk has counted
     */
    void takeOver(Walk other, TypeTally theirs, TypeTally totals) {
        TypeTally twice = TypeTally.empty(classReached.length);
        for (int from = 0; from < marked.words(); from += TOGETHER) {
            monitor.beat();
            takeOver(from, Math.min(from + TOGETHER, marked.words()), other, twice);
        }
        totals.addAll(theirs, 1);
        totals.addAll(twice, -1);
    }

    private void takeOver(int from, int to, Walk other, TypeTally twice) {
        for (int word = from; word < to; word++) {
            long met = other.marked.word(word);
            if (met != 0) {
                long before = marked.word(word);
                marked.word(word, before | met);
                for (long left = met & ~before & graph.ruled().word(word); left != 0; left &= left - 1) {
                    waiting.push(word << 6 | Long.numberOfTrailingZeros(left));
                }
                long countedBefore = counted.word(word);
                counted.word(word, countedBefore | met);
                if ((met & countedBefore) != 0) {
                    count(word << 6, met & countedBefore, twice);
                }
            }
        }
    }

    /** Visits all that waits and all that it leads to, and counts it, classes included. */
    void drain(TypeTally totals) {
        do {
            spread();
            count(totals);
        } while (!waiting.isEmpty());
    }

    /** Visits all that waits and all that it leads to. */
    void spread() {
        boolean selects = barredTypes.length > 0 || !held.isEmpty();
        while (!waiting.isEmpty()) {
            int ordinal = waiting.pop();
            if (!selects || isEntered(ordinal)) {
                visit(ordinal);
            }
        }
    }

    private boolean isEntered(int ordinal) {
        if (barredTypes.length > 0 && barredTypes[graph.typeOf(ordinal)]) {
            counted.add(ordinal);
            return false;
        }
        return !held.contains(ordinal);
    }

    private void visit(int ordinal) {
        if (--untilPoll == 0) {
            untilPoll = POLL_INTERVAL;
            visited += POLL_INTERVAL;
            monitor.at((double) visited / graph.size());
        }
        long at = graph.ruled().get(ordinal) ? beside(ordinal) : graph.row(ordinal);
        int target = at < 0 ? -1 : 0;
        while (target >= 0) {
            target = graph.target(at++);
            enter(target & ~HeapGraph.LAST);
        }
    }

    /**
     * What few objects have: a referent, and fields with rules.
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

    /** Counts what has been met since the last time. Where it goes through classes, those of counted objects wait then. */
    private void count(TypeTally totals) {
        for (int from = 0; from < marked.words(); from += TOGETHER) {
            monitor.beat();
            count(from, Math.min(from + TOGETHER, marked.words()), totals);
        }
        for (int type = 0; throughClasses && type < classReached.length; type++) {
            if (totals.objects()[type] > 0 && !classReached[type]) {
                classReached[type] = true;
                int classObject = graph.classObject(type);
                if (classObject >= 0) {
                    enter(classObject);
                }
            }
        }
    }

    private void count(int from, int to, TypeTally totals) {
        for (int word = from; word < to; word++) {
            long met = marked.word(word);
            long fresh = met & ~counted.word(word);
            if (fresh != 0) {
                counted.word(word, met);
                count(word << 6, fresh, totals);
            }
        }
    }

    private void count(int first, long members, TypeTally totals) {
        for (long left = members; left != 0; left &= left - 1) {
            graph.count(first + Long.numberOfTrailingZeros(left), totals);
        }
    }
}

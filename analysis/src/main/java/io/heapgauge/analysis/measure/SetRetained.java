/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.graph.GcRoots;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.store.BitStore;
import io.heapgauge.analysis.store.IntStack;
import io.heapgauge.analysis.store.LongStore;
import io.heapgauge.analysis.store.Scratch;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Int2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Retained sizes of sets of objects, up to 63 sets in one walk: the bytes that the GC roots no longer reach once the whole
 * set is taken out of the graph. The dominator tree gives that for single objects only; of a set it would miss what two
 * members hold together.
 *
 * <p>Each object carries a word with one bit per set, "reached although this set is gone", and one for "reached". Words
 * spread along references: an object's word is the union of what its holders pass on, less the bits of the sets it is in
 * itself. Words only grow, so the order does not matter and the walk ends; it visits most objects once, because the first
 * path to an ordinary object usually brings all bits.
 *
 * <p>Cost: one to three visits of each reached object per 63 sets. Memory: 8 bytes and a bit per object beside the graph.
 */
public final class SetRetained {
    /** Sets that one walk can take. */
    public static final int SETS_PER_WALK = Long.SIZE - 1;

    private static final long REACHED = 1L << SETS_PER_WALK;
    private static final int POLL_INTERVAL = 1 << 16;

    /** A set of objects: all instances of some types, or single objects. */
    public static final class ObjectSet {
        private final boolean @Nullable [] types;
        private final int[] objects;

        private ObjectSet(boolean @Nullable [] types, int[] objects) {
            this.types = types;
            this.objects = objects;
        }

        /**
         * All instances of some types.
         *
         * @param types type index → whether its instances belong to the set
         * @return the set
         */
        public static ObjectSet ofTypes(boolean[] types) {
            return new ObjectSet(types.clone(), new int[0]);
        }

        /**
         * Single objects.
         *
         * @param objects their ordinals
         * @return the set
         */
        public static ObjectSet of(int... objects) {
            return new ObjectSet(null, objects.clone());
        }

        /**
         * All instances of some types, and single objects beside them.
         *
         * @param types type index → whether its instances belong to the set
         * @param objects ordinals of the others
         * @return the set
         */
        public static ObjectSet of(boolean[] types, int... objects) {
            return new ObjectSet(types.clone(), objects.clone());
        }
    }

    private final HeapGraph graph;
    private final Monitor monitor;
    private final LongStore words;
    private final BitStore queued;
    private final IntStack queue;
    private final BitStore members;
    private final Int2ObjectHashMap<long[]> memberBits = new Int2ObjectHashMap<>();
    private final long[] typeBits;
    private final long all;
    private int untilPoll = POLL_INTERVAL;
    private long visited;

    private SetRetained(HeapGraph graph, Scratch scratch, Monitor monitor, List<ObjectSet> sets) {
        this.graph = graph;
        this.monitor = monitor;
        words = new LongStore(scratch, graph.size());
        queued = new BitStore(scratch, graph.size());
        members = new BitStore(scratch, graph.size());
        queue = new IntStack(scratch);
        typeBits = new long[graph.source().types().size()];
        all = REACHED | (1L << sets.size()) - 1;
        for (int set = 0; set < sets.size(); set++) {
            addMembers(sets.get(set), 1L << set);
        }
    }

    private void addMembers(ObjectSet set, long bit) {
        if (set.types != null) {
            for (int type = 0; type < typeBits.length; type++) {
                typeBits[type] |= set.types[type] ? bit : 0;
            }
        }
        for (int object : set.objects) {
            members.add(object);
            memberBits.computeIfAbsent(object, any -> new long[1])[0] |= bit;
        }
    }

    /**
     * Measures sets. More than 63 take several walks.
     *
     * @param graph the heap, with its references
     * @param scratch where the memory comes from; given back at the end
     * @param monitor hears of the progress
     * @param sets the sets; they may overlap
     * @return set → what is no longer reached without it, its own reached members included
     * @throws io.heapgauge.analysis.store.ScratchBudgetException if it does not fit
     */
    public static List<Size> of(HeapGraph graph, Scratch scratch, Monitor monitor, List<ObjectSet> sets) {
        List<Size> sizes = new ArrayList<>();
        for (int from = 0; from < sets.size(); from += SETS_PER_WALK) {
            List<ObjectSet> some = sets.subList(from, Math.min(from + SETS_PER_WALK, sets.size()));
            monitor.phase("measuring what " + some.size() + " sets retain");
            SetRetained walk = new SetRetained(graph, scratch, monitor, some);
            walk.spread();
            sizes.addAll(walk.sizes(some.size()));
            walk.release();
        }
        return sizes;
    }

    private void spread() {
        GcRoots roots = graph.source().roots();
        for (int root = 0; root < roots.size(); root++) {
            int ordinal = graph.ordinalOf(roots.id(root));
            if (ordinal >= 0) {
                pass(all, ordinal);
            }
        }
        drain();
        HeldClasses held = new HeldClasses(graph, monitor);
        while (held.next(ordinal -> words.get(ordinal) != 0, classObject -> pass(all, classObject))) {
            drain();
        }
    }

    private void drain() {
        while (!queue.isEmpty()) {
            int ordinal = queue.pop();
            queued.remove(ordinal);
            if (--untilPoll == 0) {
                untilPoll = POLL_INTERVAL;
                visited += POLL_INTERVAL;
                monitor.at((double) visited / graph.size());
            }
            long word = words.get(ordinal);
            long position = graph.row(ordinal);
            int target = position < 0 ? -1 : 0;
            while (target >= 0) {
                target = graph.target(position++);
                pass(word, target & ~HeapGraph.LAST);
            }
        }
    }

    /** What is reached without a set is still reached through one who is not in it. */
    private void pass(long word, int to) {
        long before = words.get(to);
        long fresh = word & ~before;
        if (fresh == 0) {
            return;
        }
        fresh &= ~typeBits[graph.typeOf(to)];
        if (members.get(to)) {
            fresh &= ~memberBits.get(to)[0];
        }
        if (fresh != 0) {
            words.set(to, before | fresh);
            if (queued.add(to)) {
                queue.push(to);
            }
        }
    }

    private List<Size> sizes(int sets) {
        long[] objects = new long[sets];
        long[] bytes = new long[sets];
        for (int ordinal = 0; ordinal < graph.size(); ordinal++) {
            if ((ordinal & POLL_INTERVAL - 1) == 0) {
                monitor.at((double) ordinal / graph.size());
            }
            long word = words.get(ordinal);
            long missing = word == 0 ? 0 : ~word & all;
            while (missing != 0) {
                int set = Long.numberOfTrailingZeros(missing);
                missing &= missing - 1;
                objects[set]++;
                bytes[set] += graph.bytesOf(ordinal);
            }
        }
        List<Size> sizes = new ArrayList<>();
        for (int set = 0; set < sets; set++) {
            sizes.add(new Size(objects[set], bytes[set]));
        }
        return sizes;
    }

    private void release() {
        words.release();
        queued.release();
        members.release();
        queue.release();
    }
}

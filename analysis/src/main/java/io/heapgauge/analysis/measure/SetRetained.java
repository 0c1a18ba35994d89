/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.graph.GcRoots;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.store.Scratch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Retained sizes of sets of objects, up to 63 sets in one walk: the bytes that the GC roots no longer reach once the whole
 * set is taken out of the graph. The dominator tree gives that for single objects only; of a set it would miss what two
 * members hold together.
 *
 * <p>One walk per set, in which the set's members are barred, and one that nothing bars, all at once by a
 * {@link WordSpread}: what the last one meets and another does not is retained by that one's set.
 *
 * <p>Cost: one to three visits of each reached object per 63 sets. Memory: 1 to 8 bytes per object by the number of sets, and
 * two bits, beside the graph.
 */
public final class SetRetained {
    /** Sets that one walk can take. */
    public static final int SETS_PER_WALK = Long.SIZE - 1;

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
    private final WordSpread walks;
    private final long reached;

    private SetRetained(HeapGraph graph, Scratch scratch, Monitor monitor, List<ObjectSet> sets) {
        this.graph = graph;
        this.monitor = monitor;
        walks = new WordSpread(graph, scratch, monitor, sets.size() + 1);
        reached = 1L << sets.size();
        for (int set = 0; set < sets.size(); set++) {
            addMembers(sets.get(set), 1L << set);
        }
    }

    private void addMembers(ObjectSet set, long bit) {
        for (int type = 0; set.types != null && type < set.types.length; type++) {
            if (set.types[type]) {
                walks.barType(type, bit);
            }
        }
        for (int object : set.objects) {
            walks.barObject(object, bit);
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
            walk.walks.release();
        }
        return sizes;
    }

    private void spread() {
        long all = reached | reached - 1;
        GcRoots roots = graph.source().roots();
        for (int root = 0; root < roots.size(); root++) {
            int ordinal = graph.ordinalOf(roots.id(root));
            if (ordinal >= 0) {
                walks.offer(ordinal, all);
            }
        }
        walks.drain();
        HeldClasses held = new HeldClasses(graph, monitor);
        while (held.next(ordinal -> walks.word(ordinal) != 0, classObject -> walks.offer(classObject, all))) {
            walks.drain();
        }
    }

    private List<Size> sizes(int sets) {
        long[] objects = new long[sets];
        long[] bytes = new long[sets];
        for (int ordinal = 0; ordinal < graph.size(); ordinal++) {
            if ((ordinal & Monitor.POLL) == 0) {
                monitor.at((double) ordinal / graph.size());
            }
            long word = walks.word(ordinal);
            long missing = word == 0 ? 0 : ~word & reached - 1;
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
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.graph.TypeTally;
import io.heapgauge.analysis.graph.view.EdgeFilter;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.report.OwnershipSummary;
import io.heapgauge.analysis.report.RootSummary;
import io.heapgauge.analysis.store.Scratch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reachable and owned sizes of several roots by one {@link WordSpread}. */
final class SharedWalks {
    /** Types times walks that are counted at a time: 4 MB of Java heap. */
    private static final int MOST_COUNTED = 1 << 17;

    private final HeapGraph graph;
    private final Scratch scratch;
    private final Monitor monitor;
    private final Set<EdgeFilter> followed;
    private final int maxTypes;
    private final List<ResolvedRoot> roots;

    /** @param roots all roots, whose starts bar one another's owned walks */
    SharedWalks(
            HeapGraph graph,
            Scratch scratch,
            Monitor monitor,
            Set<EdgeFilter> followed,
            int maxTypes,
            List<ResolvedRoot> roots) {
        this.graph = graph;
        this.scratch = scratch;
        this.monitor = monitor;
        this.followed = followed;
        this.maxTypes = maxTypes;
        this.roots = roots;
    }

    /**
     * Measures roots, at most 31. The first half of the walks is for what is reachable, the other for what is owned.
     *
     * @throws io.heapgauge.analysis.store.ScratchBudgetException if it does not fit
     */
    Map<ResolvedRoot, RootSummary> measure(List<ResolvedRoot> some) {
        monitor.phase("measuring " + some.size() + " roots");
        int half = some.size();
        WordSpread walks = new WordSpread(graph, scratch, monitor, 2 * half);
        long all = -1L >>> Long.SIZE - 2 * half;
        applyFilters(walks, all);
        for (int i = 0; i < half; i++) {
            bar(walks, some.get(i), 1L << half + i);
        }
        for (int i = 0; i < half; i++) {
            long both = 1L << i | 1L << half + i;
            some.get(i).starts().forEach(start -> walks.start(start, both));
        }
        walks.drain();
        List<OwnershipSummary> met = met(walks, 2 * half);
        walks.release();
        Map<ResolvedRoot, RootSummary> summaries = new IdentityHashMap<>();
        for (int i = 0; i < half; i++) {
            summaries.put(some.get(i), Ownership.summary(some.get(i), met.get(i), met.get(half + i)));
        }
        return summaries;
    }

    private void applyFilters(WordSpread walks, long all) {
        for (EdgeFilter filter : EdgeFilter.values()) {
            FieldRule rule = filter.rule();
            if (rule != null && filter != EdgeFilter.REFERENT) {
                walks.barRule(graph.rules().indexOf(rule), followed.contains(filter) ? 0 : all);
            }
        }
        walks.goThroughClasses(followed.contains(EdgeFilter.OBJECT_TO_CLASS) ? all : 0);
        walks.goToReferents(followed.contains(EdgeFilter.REFERENT) ? all : 0);
    }

    private void bar(WordSpread walks, ResolvedRoot root, long walk) {
        Ownership.others(root, roots).forEach(other -> other.starts().forEach(start -> walks.barObject(start, walk)));
        List<HeapType> types = graph.source().types();
        for (Exclusion exclusion : root.definition().exclusions()) {
            if (exclusion instanceof Exclusion.OfField field) {
                FieldRule rule = new FieldRule(field.className(), field.field());
                if (rule.equals(FieldRule.REFERENT)) {
                    walks.keepFromReferents(walk);
                } else {
                    walks.barRule(graph.rules().indexOf(rule), walk);
                }
            }
            for (HeapType type : types) {
                if (Ownership.isExcluded(type, exclusion)) {
                    walks.barType(type.index(), walk);
                    int classObject = graph.classObject(type.index());
                    if (classObject >= 0) {
                        walks.barObject(classObject, walk);
                    }
                }
            }
        }
    }

    /** What each walk met: one look at every object for as many walks as there is room to count for. */
    private List<OwnershipSummary> met(WordSpread walks, int count) {
        int together = Math.max(1, MOST_COUNTED / graph.source().types().size());
        List<OwnershipSummary> met = new ArrayList<>(count);
        for (int from = 0; from < count; from += together) {
            TypeTally[] tallies = new TypeTally[Math.min(together, count - from)];
            Arrays.setAll(tallies, any -> TypeTally.empty(graph.source().types().size()));
            count(walks, from, tallies);
            for (TypeTally tally : tallies) {
                met.add(Ownership.summary(graph, tally, maxTypes));
            }
        }
        return met;
    }

    private void count(WordSpread walks, int from, TypeTally[] tallies) {
        long wanted = -1L >>> Long.SIZE - tallies.length << from;
        for (int ordinal = 0; ordinal < graph.size(); ordinal++) {
            long word = walks.word(ordinal) & wanted;
            if (word != 0) {
                int type = graph.typeOf(ordinal);
                long bytes = graph.bytesOf(ordinal);
                for (; word != 0; word &= word - 1) {
                    tallies[Long.numberOfTrailingZeros(word) - from].add(type, bytes);
                }
            }
            if ((ordinal & Monitor.POLL) == 0) {
                monitor.beat();
            }
        }
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.graph.TypeTally;
import io.heapgauge.analysis.graph.view.EdgeFilter;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.report.OwnershipSummary;
import io.heapgauge.analysis.report.RootState;
import io.heapgauge.analysis.report.RootSummary;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.store.Scratch;
import io.heapgauge.analysis.store.ScratchBudgetException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.collections.IntHashSet;
import org.jspecify.annotations.Nullable;

/**
 * Reachable and owned sizes of configured roots. {@code reachable} is a root's starts and everything strongly reachable from
 * them under the edge filters; {@code owned} is the same walk, which never enters another root's start (those of
 * {@code class:} roots only on request) nor an exclusion. Starts always count. Owned sets of two roots may overlap.
 */
public final class Ownership {
    /** Roots of which one walk can find what is reachable and what is owned. */
    private static final int SHARING = 31;

    private final HeapGraph graph;
    private final Walk walk;
    private final Monitor monitor;
    private final int maxTypes;
    private final Set<EdgeFilter> followed;
    private final Scratch scratch;
    private List<ResolvedRoot> roots = List.of();
    private @Nullable GcReachability reachability;

    private Ownership(HeapGraph graph, Scratch scratch, Monitor monitor, int maxTypes, Set<EdgeFilter> followed) {
        this.followed = followed;
        this.graph = graph;
        this.scratch = scratch;
        this.monitor = monitor;
        this.maxTypes = maxTypes;
        walk = new Walk(graph, scratch, monitor);
    }

    /**
     * Rules that a graph must have been built with so that these roots can be found and measured.
     *
     * @param roots the configured roots
     * @return rules
     */
    public static List<FieldRule> rules(List<RootDefinition> roots) {
        List<FieldRule> rules = new ArrayList<>(EdgeFilter.rules());
        rules.addAll(RootFinder.rules(roots));
        for (RootDefinition root : roots) {
            for (Exclusion exclusion : root.exclusions()) {
                if (exclusion instanceof Exclusion.OfField field) {
                    rules.add(new FieldRule(field.className(), field.field()));
                }
            }
        }
        return rules;
    }

    /**
     * Readies the walks.
     *
     * @param graph built with {@link #rules}
     * @param scratch where the memory comes from
     * @param monitor hears of the progress
     * @param maxTypes most type rows per root and measure
     * @param followed edges that are followed all the same
     * @return the measure
     */
    public static Ownership of(
            HeapGraph graph, Scratch scratch, Monitor monitor, int maxTypes, Set<EdgeFilter> followed) {
        return new Ownership(graph, scratch, monitor, maxTypes, followed);
    }

    /**
     * What the GC roots reach.
     *
     * @return computed by {@link #measure}
     * @throws IllegalStateException before that
     */
    public GcReachability reachability() {
        if (reachability == null) {
            throw new IllegalStateException("nothing has been measured yet");
        }
        return reachability;
    }

    /**
     * Follows the GC roots and measures configured ones. Cost: two walks per root at the most, as long as these together
     * visit no more than a quarter of the heap; the roots behind share one walk per 31 of them, and a look or a few at every
     * object. What the first roots reach is not visited again for the GC roots.
     *
     * @param definitions the configured roots
     * @return a summary for each, in the same order
     * @throws IOException if the source cannot be read again for names
     */
    public List<RootSummary> measure(List<RootDefinition> definitions) throws IOException {
        RootFinder finder = RootFinder.find(graph, definitions, monitor);
        GcWalk gc = GcWalk.begin(graph, scratch, monitor, finder.starts());
        List<OwnershipSummary> ahead = reachableAhead(definitions, finder, gc);
        reachability = gc.end();
        roots = finder.resolve(reachability);
        Map<ResolvedRoot, RootSummary> summaries = new IdentityHashMap<>();
        long visits = 0;
        List<ResolvedRoot> waiting = new ArrayList<>();
        for (int i = 0; i < roots.size(); i++) {
            ResolvedRoot root = roots.get(i);
            OwnershipSummary reachable = ahead.get(i);
            boolean shares =
                    areMany(visits) && reachable == null && root.state() == RootState.MEASURED && canShare(root);
            if (shares) {
                waiting.add(root);
            } else {
                RootSummary summary = measure(root, reachable);
                summaries.put(root, summary);
                visits += visits(summary.reachable()) + visits(summary.owned());
            }
        }
        for (int from = 0; from < waiting.size(); from += SHARING) {
            List<ResolvedRoot> some = waiting.subList(from, Math.min(from + SHARING, waiting.size()));
            try {
                summaries.putAll(new SharedWalks(graph, scratch, monitor, followed, maxTypes, roots).measure(some));
            } catch (ScratchBudgetException e) {
                // a walk for each takes longer and needs less
                some.forEach(root -> summaries.put(root, measure(root, null)));
            }
        }
        return roots.stream().map(summaries::get).toList();
    }

    /**
     * What roots reach whose starts the walk from the GC roots has met, which takes it over; null of the other roots, and of
     * those behind the first that together reach more than a quarter of the heap.
     */
    private List<@Nullable OwnershipSummary> reachableAhead(
            List<RootDefinition> definitions, RootFinder finder, GcWalk gc) {
        boolean onlyStrong = !followed.contains(EdgeFilter.REFERENT);
        List<@Nullable OwnershipSummary> ahead = new ArrayList<>();
        long visits = 0;
        for (int i = 0; i < definitions.size(); i++) {
            IntHashSet starts = finder.starts(i);
            OwnershipSummary reachable = null;
            if (onlyStrong && !areMany(visits) && !starts.isEmpty() && gc.hasMet(starts)) {
                TypeTally counted = reachable(definitions.get(i), starts::forEachInt);
                gc.takeOver(walk, counted);
                reachable = summary(counted);
                visits += visits(reachable);
            }
            ahead.add(reachable);
        }
        return ahead;
    }

    /** So many visits that roots had better share a walk. */
    private boolean areMany(long visits) {
        return visits > graph.size() / 4;
    }

    private static long visits(@Nullable OwnershipSummary walk) {
        return walk == null ? 0 : walk.total().objects();
    }

    /** The bars of a shared walk are kept on the Java heap; starts of {@code class:} roots may be too many. */
    private boolean canShare(ResolvedRoot root) {
        return others(root, roots).stream()
                .noneMatch(other -> other.definition().spec() instanceof RootSpec.InstancesOf);
    }

    /**
     * Measures what the roots retain, all in one walk per 63 of them. To be called after {@link #measure}, and while the
     * graph has its references.
     *
     * @param measured what {@code measure} gave
     * @return the same with retained sizes, where a root has sizes at all
     * @throws io.heapgauge.analysis.store.ScratchBudgetException if it does not fit
     */
    public List<RootSummary> withRetained(List<RootSummary> measured) {
        List<SetRetained.ObjectSet> sets = roots.stream()
                .filter(root -> root.state() == RootState.MEASURED)
                .map(ResolvedRoot::set)
                .toList();
        Iterator<Size> sizes = SetRetained.of(graph, scratch, monitor, sets).iterator();
        return measured.stream()
                .map(root -> root.state() == RootState.MEASURED ? withRetained(root, sizes.next()) : root)
                .toList();
    }

    private static RootSummary withRetained(RootSummary root, Size retained) {
        return new RootSummary(
                root.name(),
                root.spec(),
                root.state(),
                root.detail(),
                root.starts(),
                root.reachable(),
                root.owned(),
                retained);
    }

    /** Gives the memory of the walks back; what was measured stays. */
    public void release() {
        walk.release();
        reachability().release();
    }

    /** @param ahead what it reaches where that is known already */
    private RootSummary measure(ResolvedRoot root, @Nullable OwnershipSummary ahead) {
        RootDefinition definition = root.definition();
        if (root.state() != RootState.MEASURED) {
            return new RootSummary(
                    definition.name(), definition.spec().toString(), root.state(), root.detail(), 0, null, null, null);
        }
        OwnershipSummary reachable = ahead != null ? ahead : summary(reachable(definition, root.starts()));
        OwnershipSummary owned = reachable;
        List<ResolvedRoot> others = others(root, roots);
        if (!others.isEmpty() || !definition.exclusions().isEmpty()) {
            begin(definition);
            definition.exclusions().forEach(this::exclude);
            walk.barTypes(barredTypes(definition.exclusions()));
            others.forEach(other -> other.starts().forEach(walk::bar));
            owned = summary(walkFrom(root.starts()));
        }
        return summary(root, reachable, owned);
    }

    private TypeTally reachable(RootDefinition definition, ResolvedRoot.Starts starts) {
        begin(definition);
        return walkFrom(starts);
    }

    private void begin(RootDefinition definition) {
        monitor.phase("measuring root " + definition.name());
        walk.reset();
        applyFilters();
    }

    static RootSummary summary(ResolvedRoot root, OwnershipSummary reachable, OwnershipSummary owned) {
        RootDefinition definition = root.definition();
        return new RootSummary(
                definition.name(),
                definition.spec().toString(),
                RootState.MEASURED,
                null,
                root.count(),
                reachable,
                owned,
                null);
    }

    private void applyFilters() {
        for (EdgeFilter filter : EdgeFilter.values()) {
            FieldRule rule = filter.rule();
            if (rule != null && !followed.contains(filter)) {
                walk.leaveOut(graph.rules().indexOf(rule));
            }
        }
        if (followed.contains(EdgeFilter.OBJECT_TO_CLASS)) {
            walk.throughClasses();
        }
    }

    /** Other roots whose starts bar the walk: all but {@code class:} roots, and those that are asked for by name. */
    static List<ResolvedRoot> others(ResolvedRoot root, List<ResolvedRoot> all) {
        List<String> named = new ArrayList<>();
        for (Exclusion exclusion : root.definition().exclusions()) {
            if (exclusion instanceof Exclusion.OfRoot other) {
                named.add(other.rootName());
            }
        }
        return all.stream()
                .filter(other -> other != root)
                .filter(other -> !(other.definition().spec() instanceof RootSpec.InstancesOf)
                        || named.contains(other.definition().name()))
                .toList();
    }

    private void exclude(Exclusion exclusion) {
        if (exclusion instanceof Exclusion.OfField field) {
            walk.leaveOut(graph.rules().indexOf(new FieldRule(field.className(), field.field())));
            return;
        }
        for (HeapType type : graph.source().types()) {
            int classObject = graph.classObject(type.index());
            if (classObject >= 0 && isExcluded(type, exclusion)) {
                walk.bar(classObject);
            }
        }
    }

    private boolean[] barredTypes(List<Exclusion> exclusions) {
        List<HeapType> types = graph.source().types();
        boolean[] barred = new boolean[types.size()];
        for (HeapType type : types) {
            barred[type.index()] = exclusions.stream().anyMatch(exclusion -> isExcluded(type, exclusion));
        }
        return barred;
    }

    static boolean isExcluded(HeapType type, Exclusion exclusion) {
        if (exclusion instanceof Exclusion.OfClass of) {
            return RootFinder.isNamed(type, of.className());
        } else if (exclusion instanceof Exclusion.OfPackage of) {
            String name = type.packageName();
            return name.equals(of.packageName()) || name.startsWith(of.packageName() + ".");
        }
        return false;
    }

    private TypeTally walkFrom(ResolvedRoot.Starts starts) {
        TypeTally tally = TypeTally.empty(graph.source().types().size());
        walk.start(starts);
        walk.drain(tally);
        return tally;
    }

    private OwnershipSummary summary(TypeTally tally) {
        return summary(graph, tally, maxTypes);
    }

    static OwnershipSummary summary(HeapGraph graph, TypeTally tally, int maxTypes) {
        ClassHistogram histogram = ClassHistogram.of(graph.source().types(), tally, null);
        return new OwnershipSummary(
                histogram.total(), histogram.top(maxTypes), histogram.rows().size());
    }
}

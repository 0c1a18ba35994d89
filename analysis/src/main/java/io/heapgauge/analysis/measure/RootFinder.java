/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.graph.GcRoots;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.monitor.Monitor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.IntHashSet;
import org.jspecify.annotations.Nullable;

/** Finds where configured roots start in a heap: first the objects, then which of them the GC roots reach. */
final class RootFinder {
    /**
     * What is there of a root.
     *
     * @param definition the root
     * @param starts the objects it starts at, reached or not; none of a {@code class:} root, which may have millions
     * @param gone why there is none, or null
     */
    private record Found(
            RootDefinition definition,
            IntHashSet starts,
            @Nullable String gone) {}

    private final HeapGraph graph;
    private final NamedObjects names;
    private final Monitor monitor;
    private final List<Found> found = new ArrayList<>();

    private RootFinder(HeapGraph graph, NamedObjects names, Monitor monitor) {
        this.graph = graph;
        this.names = names;
        this.monitor = monitor;
    }

    /** Rules that a graph must have been built with so that these roots can be found in it. */
    static List<FieldRule> rules(List<RootDefinition> roots) {
        return NamedObjects.rules(roots);
    }

    /**
     * Finds the objects. Cost: threads and registered objects need another pass over the source for their names.
     *
     * @param roots the configured roots
     */
    static RootFinder find(HeapGraph graph, List<RootDefinition> roots, Monitor monitor) throws IOException {
        RootFinder finder = new RootFinder(graph, NamedObjects.read(graph, roots, monitor), monitor);
        for (RootDefinition root : roots) {
            finder.found.add(finder.find(root));
        }
        return finder;
    }

    /** The objects at which any root starts, save {@code class:} roots. */
    IntHashSet starts() {
        IntHashSet all = new IntHashSet();
        found.forEach(root -> all.addAll(root.starts));
        return all;
    }

    /** The objects at which a root starts, by its place among the roots. */
    IntHashSet starts(int root) {
        return found.get(root).starts;
    }

    /** The roots in their order, with those of their starts that the GC roots reach. */
    List<ResolvedRoot> resolve(GcReachability reachability) {
        return found.stream().map(root -> resolve(root, reachability)).toList();
    }

    private ResolvedRoot resolve(Found root, GcReachability reachability) {
        if (root.gone != null) {
            return ResolvedRoot.gone(root.definition, root.gone);
        }
        return root.definition.spec() instanceof RootSpec.InstancesOf instances
                ? instancesOf(root.definition, instances, reachability)
                : reachedOf(root, reachability);
    }

    private Found find(RootDefinition root) {
        IntHashSet starts = new IntHashSet();
        WhyNoSize why = WhyNoSize.NONE;
        if (root.spec() instanceof RootSpec.AtAddress at) {
            int ordinal = graph.ordinalOf(at.id());
            if (ordinal < 0) {
                return new Found(root, starts, "no object has the id 0x" + Long.toHexString(at.id()));
            }
            starts.add(ordinal);
        } else if (root.spec() instanceof RootSpec.StaticField field) {
            why = findStatic(field, starts);
        } else if (root.spec() instanceof RootSpec.InstancesOf instances) {
            why = findInstances(instances);
        } else if (root.spec() instanceof RootSpec.ThreadNamed thread) {
            why = findThread(thread, starts);
        } else if (root.spec() instanceof RootSpec.Registered registered) {
            why = findRegistered(registered, starts);
        } else {
            throw new IllegalArgumentException("root " + root.name() + " of an unknown kind: " + root.spec());
        }
        return new Found(root, starts, why == WhyNoSize.NONE ? null : why.of(root.spec()));
    }

    private WhyNoSize findStatic(RootSpec.StaticField field, IntHashSet starts) {
        WhyNoSize why = WhyNoSize.NO_CLASS;
        for (HeapType type : graph.source().types()) {
            if (!isNamed(type, field.className())) {
                continue;
            }
            int at = type.staticReference(field.field());
            if (at < 0) {
                why = WhyNoSize.NO_FIELD;
                continue;
            }
            long id = type.statics().get(at).value();
            int ordinal = id == 0 ? -1 : graph.ordinalOf(id);
            if (ordinal >= 0) {
                starts.add(ordinal);
            } else {
                why = WhyNoSize.FIELD_NULL;
            }
        }
        return starts.isEmpty() ? why : WhyNoSize.NONE;
    }

    private WhyNoSize findInstances(RootSpec.InstancesOf instances) {
        return graph.source().types().stream()
                        .filter(type -> isNamed(type, instances.className()))
                        .anyMatch(type -> graph.tally().objects()[type.index()] > 0)
                ? WhyNoSize.NONE
                : WhyNoSize.NO_INSTANCE;
    }

    private WhyNoSize findThread(RootSpec.ThreadNamed thread, IntHashSet starts) {
        IntHashSet serials = new IntHashSet();
        GcRoots roots = graph.source().roots();
        for (int i = 0; i < roots.size(); i++) {
            if (roots.kind(i) == GcRoots.Kind.THREAD) {
                int ordinal = graph.ordinalOf(roots.id(i));
                if (ordinal >= 0 && thread.threadName().equals(names.threadName(ordinal))) {
                    starts.add(ordinal);
                    serials.add(roots.threadSerial(i));
                }
            }
        }
        for (int i = 0; i < roots.size(); i++) {
            if (roots.kind(i).isOfThread() && serials.contains(roots.threadSerial(i))) {
                int ordinal = graph.ordinalOf(roots.id(i));
                if (ordinal >= 0) {
                    starts.add(ordinal);
                }
            }
        }
        return starts.isEmpty() ? WhyNoSize.NO_THREAD : WhyNoSize.NONE;
    }

    private WhyNoSize findRegistered(RootSpec.Registered registered, IntHashSet starts) {
        WhyNoSize why = WhyNoSize.NOT_REGISTERED;
        for (NamedObjects.Registration entry : names.registrations()) {
            boolean mine = registered.registryId() == 0 || registered.registryId() == entry.registryId();
            if (mine && entry.name().equals(registered.entryName())) {
                why = WhyNoSize.COLLECTED;
                if (entry.object() >= 0) {
                    starts.add(entry.object());
                }
            }
        }
        return starts.isEmpty() ? why : WhyNoSize.NONE;
    }

    /** May be millions: their ordinals are found again at each use instead of being kept. */
    private ResolvedRoot instancesOf(RootDefinition root, RootSpec.InstancesOf instances, GcReachability reachability) {
        boolean[] wanted = new boolean[graph.source().types().size()];
        long reached = 0;
        for (HeapType type : graph.source().types()) {
            if (isNamed(type, instances.className())) {
                wanted[type.index()] = true;
                reached += reachability.byType().objects()[type.index()];
            }
        }
        if (reached == 0) {
            return ResolvedRoot.notReached(root);
        }
        return ResolvedRoot.measured(
                root,
                reached,
                action -> {
                    for (int ordinal = 0; ordinal < graph.size(); ordinal++) {
                        if (wanted[graph.typeOf(ordinal)] && reachability.isReached(ordinal)) {
                            action.accept(ordinal);
                        }
                        if ((ordinal & Monitor.POLL) == 0) {
                            monitor.check();
                        }
                    }
                },
                SetRetained.ObjectSet.ofTypes(wanted));
    }

    private static ResolvedRoot reachedOf(Found root, GcReachability reachability) {
        int[] starts = root.starts.stream()
                .mapToInt(Integer::intValue)
                .filter(reachability::isReached)
                .sorted()
                .toArray();
        if (starts.length == 0) {
            return ResolvedRoot.notReached(root.definition);
        }
        return ResolvedRoot.measured(
                root.definition,
                starts.length,
                action -> {
                    for (int start : starts) {
                        action.accept(start);
                    }
                },
                SetRetained.ObjectSet.of(starts));
    }

    static boolean isNamed(HeapType type, String name) {
        return type.name().equals(name) || type.displayName().equals(name);
    }
}

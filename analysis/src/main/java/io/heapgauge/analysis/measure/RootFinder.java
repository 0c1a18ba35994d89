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

/** Finds where configured roots start in a heap. */
final class RootFinder {

    private final HeapGraph graph;
    private final GcReachability reachability;
    private final NamedObjects names;
    private final Monitor monitor;

    private RootFinder(HeapGraph graph, GcReachability reachability, NamedObjects names, Monitor monitor) {
        this.monitor = monitor;
        this.graph = graph;
        this.reachability = reachability;
        this.names = names;
    }

    /** Rules that a graph must have been built with so that these roots can be found in it. */
    static List<FieldRule> rules(List<RootDefinition> roots) {
        return NamedObjects.rules(roots);
    }

    /**
     * Resolves roots in their order. Cost: threads and registered objects need another pass over the source for their
     * names.
     */
    static List<ResolvedRoot> find(
            HeapGraph graph, GcReachability reachability, List<RootDefinition> roots, Monitor monitor)
            throws IOException {
        RootFinder finder = new RootFinder(graph, reachability, NamedObjects.read(graph, roots, monitor), monitor);
        List<ResolvedRoot> resolved = new ArrayList<>();
        for (RootDefinition root : roots) {
            resolved.add(finder.resolve(root));
        }
        return resolved;
    }

    private ResolvedRoot resolve(RootDefinition root) {
        if (root.spec() instanceof RootSpec.AtAddress at) {
            return atAddress(root, at);
        } else if (root.spec() instanceof RootSpec.StaticField field) {
            return staticField(root, field);
        } else if (root.spec() instanceof RootSpec.InstancesOf instances) {
            return instancesOf(root, instances);
        } else if (root.spec() instanceof RootSpec.ThreadNamed thread) {
            return thread(root, thread);
        } else if (root.spec() instanceof RootSpec.Registered registered) {
            return registered(root, registered);
        }
        throw new IllegalArgumentException("root " + root.name() + " of an unknown kind: " + root.spec());
    }

    private ResolvedRoot atAddress(RootDefinition root, RootSpec.AtAddress at) {
        int ordinal = graph.ordinalOf(at.id());
        if (ordinal < 0) {
            return ResolvedRoot.gone(root, "no object has the id 0x" + Long.toHexString(at.id()));
        }
        IntHashSet starts = new IntHashSet();
        starts.add(ordinal);
        return reachedOf(root, starts);
    }

    private ResolvedRoot staticField(RootDefinition root, RootSpec.StaticField field) {
        IntHashSet starts = new IntHashSet();
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
        return starts.isEmpty() ? ResolvedRoot.gone(root, why.of(field)) : reachedOf(root, starts);
    }

    /** May be millions: their ordinals are found again at each use instead of being kept. */
    private ResolvedRoot instancesOf(RootDefinition root, RootSpec.InstancesOf instances) {
        boolean[] wanted = new boolean[graph.source().types().size()];
        long all = 0;
        long reached = 0;
        for (HeapType type : graph.source().types()) {
            if (isNamed(type, instances.className())) {
                wanted[type.index()] = true;
                all += graph.tally().objects()[type.index()];
                reached += reachability.byType().objects()[type.index()];
            }
        }
        if (all == 0) {
            return ResolvedRoot.gone(root, WhyNoSize.NO_INSTANCE.of(instances));
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

    private ResolvedRoot thread(RootDefinition root, RootSpec.ThreadNamed thread) {
        IntHashSet starts = new IntHashSet();
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
        if (starts.isEmpty()) {
            return ResolvedRoot.gone(root, WhyNoSize.NO_THREAD.of(thread));
        }
        for (int i = 0; i < roots.size(); i++) {
            if (roots.kind(i).isOfThread() && serials.contains(roots.threadSerial(i))) {
                int ordinal = graph.ordinalOf(roots.id(i));
                if (ordinal >= 0) {
                    starts.add(ordinal);
                }
            }
        }
        return reachedOf(root, starts);
    }

    private ResolvedRoot registered(RootDefinition root, RootSpec.Registered registered) {
        IntHashSet starts = new IntHashSet();
        boolean found = false;
        for (NamedObjects.Registration entry : names.registrations()) {
            boolean mine = registered.registryId() == 0 || registered.registryId() == entry.registryId();
            if (mine && entry.name().equals(registered.entryName())) {
                found = true;
                if (entry.object() >= 0) {
                    starts.add(entry.object());
                }
            }
        }
        if (starts.isEmpty()) {
            WhyNoSize why = found ? WhyNoSize.COLLECTED : WhyNoSize.NOT_REGISTERED;
            return ResolvedRoot.gone(root, why.of(registered));
        }
        return reachedOf(root, starts);
    }

    private ResolvedRoot reachedOf(RootDefinition root, IntHashSet found) {
        int[] starts = found.stream()
                .mapToInt(Integer::intValue)
                .filter(reachability::isReached)
                .sorted()
                .toArray();
        if (starts.length == 0) {
            return ResolvedRoot.notReached(root);
        }
        return ResolvedRoot.measured(
                root,
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

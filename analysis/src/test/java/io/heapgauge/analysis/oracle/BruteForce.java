/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.oracle;

import io.heapgauge.analysis.graph.view.EdgeFilter;
import io.heapgauge.analysis.measure.Exclusion;
import io.heapgauge.analysis.measure.RootDefinition;
import io.heapgauge.analysis.measure.RootSpec;
import io.heapgauge.analysis.oracle.RandomHeap.Node;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** The definitions of the design, word for word, over plain maps; knows nothing of the engine. */
final class BruteForce {
    private static final String REFERENT = "java.lang.ref.Reference#referent";
    private final RandomHeap heap;
    private final Set<String> filtered;
    private final boolean throughClasses;
    final Set<Long> reached;
    final Set<Long> weaklyHeld;
    private final Set<Long> heldRoots = new LinkedHashSet<>();

    BruteForce(RandomHeap heap) {
        this(heap, Set.of());
    }

    /** @param followed edges that reachable and owned walks follow all the same */
    BruteForce(RandomHeap heap, Set<EdgeFilter> followed) {
        this.heap = heap;
        throughClasses = followed.contains(EdgeFilter.OBJECT_TO_CLASS);
        filtered = new HashSet<>();
        for (EdgeFilter filter : EdgeFilter.values()) {
            if (filter.rule() != null && !followed.contains(filter)) {
                filtered.add(filter.rule().className() + "#" + filter.rule().field());
            }
        }
        reached = closure(heap.gcRoots, (field, target) -> !field.equals(REFERENT), id -> true, true);
        Set<Long> withWeak = closure(heap.gcRoots, (field, target) -> true, id -> true, true);
        weaklyHeld = new HashSet<>(withWeak);
        weaklyHeld.removeAll(reached);
    }

    private Set<Long> closure(
            Collection<Long> starts, BiPredicate<String, Long> follows, Predicate<Long> enters, boolean classes) {
        return closure(starts, follows, enters, classes, Set.of());
    }

    private Set<Long> closure(
            Collection<Long> starts,
            BiPredicate<String, Long> follows,
            Predicate<Long> enters,
            boolean classes,
            Set<Long> gone) {
        Set<Long> seen = new LinkedHashSet<>();
        Deque<Long> open = new ArrayDeque<>();
        for (long start : starts) {
            if (heap.nodes.containsKey(start) && !gone.contains(start) && seen.add(start)) {
                open.add(start);
            }
        }
        while (!open.isEmpty()) {
            Node node = heap.nodes.get(open.remove());
            node.references.forEach((field, target) -> {
                if (heap.nodes.containsKey(target)
                        && follows.test(field, target)
                        && enters.test(target)
                        && seen.add(target)) {
                    open.add(target);
                }
            });
            Long classObject = heap.classObjects.get(node.type);
            if (classes && classObject != null && enters.test(classObject) && seen.add(classObject)) {
                open.add(classObject);
            }
        }
        return seen;
    }

    /** What stays reached when some objects are taken out; classes that only their instances hold stay anyway. */
    Set<Long> reachedWithout(Set<Long> gone) {
        return closure(heldRoots(), (field, target) -> !field.equals(REFERENT), id -> !gone.contains(id), false, gone);
    }

    /** The GC roots, and round by round the classes of reached instances that nothing reaches. */
    private Set<Long> heldRoots() {
        if (heldRoots.isEmpty()) {
            heldRoots.addAll(heap.gcRoots);
            boolean more = true;
            while (more) {
                Set<Long> now = closure(heldRoots, (field, target) -> !field.equals(REFERENT), id -> true, false);
                Set<Long> classes = new HashSet<>();
                now.forEach(id -> classes.add(heap.classObjects.getOrDefault(heap.nodes.get(id).type, id)));
                classes.removeAll(now);
                more = heldRoots.addAll(classes);
            }
        }
        return heldRoots;
    }

    Set<Long> starts(RootSpec spec) {
        Set<Long> found = new LinkedHashSet<>();
        if (spec instanceof RootSpec.AtAddress at) {
            found.add(at.id());
        } else if (spec instanceof RootSpec.StaticField field) {
            Node type = heap.nodes.get(heap.classObjects.getOrDefault(field.className(), 0L));
            if (type != null) {
                found.add(type.references.getOrDefault(field.className() + "#" + field.field(), 0L));
            }
        } else if (spec instanceof RootSpec.InstancesOf instances) {
            heap.nodes.forEach((id, node) -> {
                if (node.type.equals(instances.className())) {
                    found.add(id);
                }
            });
        } else if (spec instanceof RootSpec.ThreadNamed thread) {
            found.addAll(heap.threads.getOrDefault(thread.threadName(), java.util.List.of()));
        } else if (spec instanceof RootSpec.Registered registered
                && (registered.registryId() == 0 || registered.registryId() == RandomHeap.REGISTRY)) {
            found.add(heap.registered.getOrDefault(registered.entryName(), 0L));
        }
        found.retainAll(heap.nodes.keySet());
        return found;
    }

    Set<Long> reachedStarts(RootSpec spec) {
        Set<Long> found = starts(spec);
        found.retainAll(reached);
        return found;
    }

    Set<Long> reachable(RootDefinition root) {
        return closure(
                reachedStarts(root.spec()), (field, target) -> !filtered.contains(field), id -> true, throughClasses);
    }

    Set<Long> owned(RootDefinition root) {
        Set<String> fields = new HashSet<>(filtered);
        Set<Long> barred = new HashSet<>();
        for (Exclusion exclusion : root.exclusions()) {
            if (exclusion instanceof Exclusion.OfField field) {
                fields.add(field.className() + "#" + field.field());
            } else if (!(exclusion instanceof Exclusion.OfRoot)) {
                heap.nodes.forEach((id, node) -> {
                    if (excludes(exclusion, node.type)) {
                        barred.add(id);
                    }
                });
                heap.classObjects.forEach((type, id) -> {
                    if (excludes(exclusion, type)) {
                        barred.add(id);
                    }
                });
            }
        }
        for (RootDefinition other : heap.roots) {
            boolean named = root.exclusions().contains(new Exclusion.OfRoot(other.name()));
            if (other != root && (named || !(other.spec() instanceof RootSpec.InstancesOf))) {
                barred.addAll(reachedStarts(other.spec()));
            }
        }
        Set<Long> starts = reachedStarts(root.spec());
        return closure(starts, (field, target) -> !fields.contains(field), id -> !barred.contains(id), throughClasses);
    }

    private static boolean excludes(Exclusion exclusion, String type) {
        if (exclusion instanceof Exclusion.OfClass of) {
            return type.equals(of.className());
        }
        return exclusion instanceof Exclusion.OfPackage of && type.startsWith(of.packageName() + ".");
    }

    /** Type → objects and bytes; class objects, whose sizes the fixture does not know, by number only. */
    Map<String, String> byType(Set<Long> ids) {
        Map<String, long[]> sums = new TreeMap<>();
        for (long id : ids) {
            Node node = heap.nodes.get(id);
            long[] sum = sums.computeIfAbsent(node.type, type -> new long[2]);
            sum[0]++;
            sum[1] += node.bytes;
        }
        Map<String, String> rows = new TreeMap<>();
        sums.forEach((type, sum) -> rows.put(type, sum[0] + " / " + sum[1]));
        return rows;
    }
}

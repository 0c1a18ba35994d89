/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.explore;

import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.graph.ObjectRecord;
import io.heapgauge.analysis.graph.view.EdgeFilter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import org.agrona.collections.IntArrayList;
import org.jspecify.annotations.Nullable;

/** The edges of a graph that a view follows: without those that filters and barred fields leave out. Immutable. */
final class Edges {
    private final OpenHeap open;
    private final HeapGraph graph;
    /** Rule of the graph → whether its edges are left out. */
    private final boolean[] leftOut;

    private final int referentRule;
    /** Rows of Java's objects have themselves in place of null, so that what really refers to itself cannot be told. */
    private final boolean selfIsTold;

    private final boolean toClasses;
    /** Type → names of the owners and fields that are not followed, {@code owner#field}; null for none. */
    private final @Nullable Set<String>[] barredFields;

    private final @Nullable PythonEdges python;

    /** @throws IllegalArgumentException if no class declares one of the fields */
    Edges(OpenHeap open, Set<EdgeFilter> filters, List<FieldRule> fields, boolean withoutExpensive) {
        this.open = open;
        graph = open.graph();
        leftOut = new boolean[graph.rules().size()];
        for (EdgeFilter filter : filters) {
            FieldRule rule = filter.rule();
            if (rule != null) {
                leftOut[graph.rules().indexOf(rule)] = true;
            }
        }
        selfIsTold = open.source().classType() < 0;
        referentRule = graph.rules().indexOf(FieldRule.REFERENT);
        toClasses = !filters.contains(EdgeFilter.OBJECT_TO_CLASS);
        barredFields = barredFields(fields);
        python = withoutExpensive && open.source().classType() < 0 ? new PythonEdges(open) : null;
    }

    private @Nullable Set<String>[] barredFields(List<FieldRule> fields) {
        @SuppressWarnings({"unchecked", "rawtypes"})
        @Nullable
        Set<String>[] barred = new Set[open.source().types().size()];
        for (FieldRule field : fields) {
            boolean known = false;
            for (HeapType type : open.source().types()) {
                boolean declares = type.name().equals(field.className());
                known |= declares
                        && (type.referenceField(field.field()) >= 0 || type.staticReference(field.field()) >= 0);
                if (open.isA(type, field.className())) {
                    Set<String> names = barred[type.index()] == null ? new LinkedHashSet<>() : barred[type.index()];
                    names.add(field.className() + "#" + field.field());
                    barred[type.index()] = names;
                }
            }
            if (!known) {
                throw new IllegalArgumentException("field '" + field.className() + "#" + field.field()
                        + "': no class of the dump declares such a field with references");
            }
        }
        return barred;
    }

    /** Every edge from an object as the graph has it, nothing folded; several to one target as often as there are. */
    void forEach(int ordinal, IntConsumer sink) {
        int type = graph.typeOf(ordinal);
        IntConsumer rest = barredFields[type] == null ? sink : withoutFields(ordinal, barredFields[type], sink);
        if (toClasses) {
            int classObject = graph.classObject(type);
            if (classObject >= 0 && classObject != ordinal) {
                rest.accept(classObject);
            }
        }
        int referent = graph.referent(ordinal, type);
        if (referent >= 0 && !leftOut[referentRule]) {
            rest.accept(referent);
        }
        long at = graph.row(ordinal);
        if (at < 0) {
            return;
        }
        int[] slots = graph.slots(ordinal, type);
        int position = 0;
        for (int target = 0; target >= 0; position++) {
            target = graph.target(at++);
            int to = target & ~HeapGraph.LAST;
            boolean followed = position < slots.length
                    ? !leftOut[slots[position]]
                    : python == null || !python.isExpensive(type, position, graph.typeOf(to));
            if (followed && (to != ordinal || selfIsTold)) {
                rest.accept(to);
            }
        }
    }

    /** Takes as many references out as the barred fields of the object hold. */
    private IntConsumer withoutFields(int ordinal, Set<String> names, IntConsumer sink) {
        IntArrayList left = new IntArrayList();
        for (ObjectRecord.Field field : open.record(ordinal).fields()) {
            int target = field.isReference() ? graph.ordinalOf(field.bits()) : -1;
            if (target >= 0 && names.contains(field.owner() + "#" + field.name())) {
                left.addInt(target);
            }
        }
        return target -> {
            if (!left.removeInt(target)) {
                sink.accept(target);
            }
        };
    }
}

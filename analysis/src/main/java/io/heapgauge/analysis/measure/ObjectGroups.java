/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.measure.SetRetained.ObjectSet;
import io.heapgauge.analysis.monitor.Monitor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.collections.Int2IntHashMap;

/** The groups of one heap, numbered in the order in which its types name them: the same dump has the same numbers. */
final class ObjectGroups {
    private static final String BOOT_LOADER = "<boot>";
    private static final String UNNAMED_PACKAGE = "<unnamed>";
    private static final String PRIMITIVE_ARRAYS = "<primitive arrays>";
    private static final Set<String> PRIMITIVES =
            Set.of("boolean", "byte", "char", "short", "int", "long", "float", "double");

    private final HeapGraph graph;
    private final int classType;
    private final List<String> names = new ArrayList<>();
    /** Type → group of its instances. */
    private final int[] groupOfType;
    /** Ordinal of a class object → group, where that is not the one of its type. */
    private final Int2IntHashMap groupOfClassObject = new Int2IntHashMap(-1);

    ObjectGroups(HeapGraph graph, Grouping by) {
        this.graph = graph;
        classType = graph.source().classType();
        List<HeapType> types = graph.source().types();
        groupOfType = new int[types.size()];
        Map<String, Integer> known = new HashMap<>();
        for (HeapType type : types) {
            String name = switch (by) {
                case CLASS -> type.displayName();
                case LOADER -> loaderName(type.loaderId());
                case PACKAGE -> packageName(type);
            };
            int group = known.computeIfAbsent(name, any -> names.size());
            if (group == names.size()) {
                names.add(name);
            }
            groupOfType[type.index()] = group;
            int classObject = graph.classObject(type.index());
            if (by != Grouping.CLASS && classObject >= 0) {
                groupOfClassObject.put(classObject, group);
            }
        }
    }

    private String loaderName(long id) {
        if (id == 0) {
            return BOOT_LOADER;
        }
        int loader = graph.ordinalOf(id);
        return (loader < 0 ? "missing class loader" : graph.displayName(loader)) + " 0x" + Long.toHexString(id);
    }

    private static String packageName(HeapType type) {
        String name = type.packageName();
        if (!name.isEmpty()) {
            return name;
        }
        int brackets = type.name().indexOf('[');
        return brackets > 0 && PRIMITIVES.contains(type.name().substring(0, brackets))
                ? PRIMITIVE_ARRAYS
                : UNNAMED_PACKAGE;
    }

    int size() {
        return names.size();
    }

    String name(int group) {
        return names.get(group);
    }

    int groupOf(int ordinal) {
        int type = graph.typeOf(ordinal);
        if (type == classType) {
            int group = groupOfClassObject.get(ordinal);
            if (group >= 0) {
                return group;
            }
        }
        return groupOfType[type];
    }

    /** The members of a group. Class objects are listed one by one where they do not go with their type. */
    ObjectSet members(int group, Monitor monitor) {
        boolean[] types = new boolean[groupOfType.length];
        for (int type = 0; type < types.length; type++) {
            types[type] = groupOfType[type] == group;
        }
        if (groupOfClassObject.isEmpty()) {
            return ObjectSet.ofTypes(types);
        }
        List<Integer> objects = new ArrayList<>();
        if (types[classType]) {
            types[classType] = false;
            for (int ordinal = 0; ordinal < graph.size(); ordinal++) {
                if (graph.typeOf(ordinal) == classType && groupOf(ordinal) == group) {
                    objects.add(ordinal);
                }
                if ((ordinal & Monitor.POLL) == 0) {
                    monitor.check();
                }
            }
        } else {
            for (int type = 0; type < types.length; type++) {
                if (types[type] && graph.classObject(type) >= 0) {
                    objects.add(graph.classObject(type));
                }
            }
        }
        return ObjectSet.of(types, objects.stream().mapToInt(Integer::intValue).toArray());
    }
}

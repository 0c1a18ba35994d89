/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.explore;

import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.graph.InboundRows;
import io.heapgauge.analysis.graph.ObjectRecord;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.store.IntStore;
import java.util.Set;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * The parts of objects of Python, by Meliae's rules: a module's or an instance's {@code __dict__} counts with it, where
 * nothing else refers to that dict. An instance of an old-style class goes by the name of its class.
 */
final class PythonParts {
    /** Builtin types that may refer to a dict and a type and are no instances. */
    private static final Set<String> SIMPLE = Set.of(
            "str",
            "dict",
            "tuple",
            "list",
            "type",
            "function",
            "wrapper_descriptor",
            "code",
            "classobj",
            "int",
            "weakref");

    private final OpenHeap open;
    private final HeapGraph graph;
    /** Ordinal → its owner plus 1, 0 where it is no part. */
    private final IntStore owners;

    private final Int2ObjectHashMap<String> names = new Int2ObjectHashMap<>();

    private PythonParts(OpenHeap open) {
        this.open = open;
        graph = open.graph();
        owners = IntStore.ofLength(open.scratch(), graph.size());
    }

    static PythonParts of(OpenHeap open) {
        PythonParts parts = new PythonParts(open);
        parts.fold();
        return parts;
    }

    private void fold() {
        InboundRows inbound = open.inbound();
        open.monitor().phase("folding dicts into their owners");
        int[] row = new int[3];
        for (int ordinal = 0; ordinal < graph.size(); ordinal++) {
            String type = open.typeOf(ordinal).name();
            int count = SIMPLE.contains(type) ? 0 : row(ordinal, row);
            int dict = count == 0 ? -1 : dictOf(type, row, count);
            if (dict >= 0 && isHeldOnce(inbound, dict)) {
                owners.set(dict, ordinal + 1);
                if (type.equals("instance")) {
                    name(ordinal, row[0]);
                }
            }
            if ((ordinal & Monitor.POLL) == 0) {
                open.monitor().at((double) ordinal / graph.size());
            }
        }
    }

    /** The first references of an object; returns how many there are, at most 3. */
    private int row(int ordinal, int[] row) {
        long at = graph.row(ordinal);
        int count = 0;
        for (int target = at < 0 ? -1 : 0; target >= 0 && count < row.length; ) {
            target = graph.target(at++);
            row[count++] = target & ~HeapGraph.LAST;
        }
        return count;
    }

    private int dictOf(String type, int[] row, int count) {
        if (type.equals("module")) {
            return count == 1 && is(row[0], "dict") ? row[0] : -1;
        }
        if (type.equals("instance")) {
            return count == 2 && is(row[0], "classobj") && is(row[1], "dict") ? row[1] : -1;
        }
        return count == 2 && is(row[0], "dict") && is(row[1], "type") ? row[0] : -1;
    }

    private boolean is(int ordinal, String type) {
        return open.typeOf(ordinal).name().equals(type);
    }

    private static boolean isHeldOnce(InboundRows inbound, int dict) {
        return inbound.end(dict) - inbound.start(dict) == 1;
    }

    private void name(int instance, int classObject) {
        ObjectRecord record = open.record(classObject);
        if (record.value() instanceof String name) {
            names.put(instance, name);
        }
    }

    int ownerOf(int ordinal) {
        int owner = owners.get(ordinal);
        return owner == 0 ? ordinal : owner - 1;
    }

    Int2ObjectHashMap<String> names() {
        return names;
    }
}

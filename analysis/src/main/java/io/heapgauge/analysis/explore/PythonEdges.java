/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.explore;

import io.heapgauge.analysis.graph.HeapType;
import java.util.Set;

/** References in a dump of Python by which almost everything reaches almost everything, as Meliae's study describes them. */
final class PythonEdges {
    private static final Set<String> EXPENSIVE = Set.of("module", "frame", "type");
    private static final String LRU_NODE = "_LRUNode";
    private static final int GLOBALS = 1;
    private static final int MODULE = 2;

    private final boolean[] expensive;
    private final boolean[] functions;
    private final boolean[] nodes;

    PythonEdges(OpenHeap open) {
        int types = open.source().types().size();
        expensive = new boolean[types];
        functions = new boolean[types];
        nodes = new boolean[types];
        for (HeapType type : open.source().types()) {
            expensive[type.index()] = EXPENSIVE.contains(type.name());
            functions[type.index()] = type.name().equals("function");
            nodes[type.index()] = type.name().equals(LRU_NODE);
        }
    }

    /** @param position index of the reference in its row; those of a function are told apart by it */
    boolean isExpensive(int holderType, int position, int targetType) {
        if (functions[holderType]) {
            return position == GLOBALS || position == MODULE;
        }
        return expensive[targetType] || nodes[holderType] && nodes[targetType];
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import io.heapgauge.analysis.graph.FieldRules;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.graph.HeapSource;
import io.heapgauge.analysis.measure.Dominators;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.report.RetainedObject;
import io.heapgauge.analysis.store.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Retained sizes as heapgauge finds them in one reading of a dump.
 *
 * @param objects number of all objects
 * @param largest the objects that retain most
 * @param bytes id → retained bytes of these and of those asked for
 */
record RetainedSizes(int objects, List<RetainedObject> largest, Map<Long, Long> bytes) {
    static final FieldRules NO_RULES = FieldRules.of(List.of());
    static final long SCRATCH_BYTES = 2L << 30;

    /** Reads a source; scratch goes to a directory. */
    static RetainedSizes read(HeapSource source, Path directory, int most, Collection<Long> asked) throws IOException {
        try (Scratch scratch = Scratch.mapped(directory, SCRATCH_BYTES)) {
            HeapGraph graph = HeapGraph.build(source, NO_RULES, scratch, Monitor.NONE);
            Dominators dominators = Dominators.of(graph, scratch, Monitor.NONE);
            List<RetainedObject> largest = dominators.top(most);
            Map<Long, Long> bytes = new LinkedHashMap<>();
            asked.forEach(id -> bytes.put(id, dominators.retainedBytes(graph.ordinalOf(id))));
            largest.forEach(object -> bytes.put(object.id(), object.retainedBytes()));
            return new RetainedSizes(graph.size(), largest, bytes);
        }
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.graph.RecordOffsets;
import io.heapgauge.analysis.hprof.HprofException;
import io.heapgauge.analysis.hprof.ProgressVisitor;
import io.heapgauge.analysis.monitor.Monitor;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A pass that notes where each instance and array is recorded; class records are kept by the first pass. */
final class OffsetPass extends ProgressVisitor {
    private final Path file;
    private final HeapGraph graph;
    private final RecordOffsets offsets;

    OffsetPass(Path file, HeapGraph graph, RecordOffsets offsets, Monitor monitor) {
        super(monitor::at);
        this.file = file;
        this.graph = graph;
        this.offsets = offsets;
    }

    @Override
    public void instance(long id, long classId, ByteBuffer window, int at, int length, long offset)
            throws HprofException {
        note(id, offset);
    }

    @Override
    public boolean objectArray(long id, long classId, int length, long offset) throws HprofException {
        note(id, offset);
        return false;
    }

    @Override
    public boolean primitiveArray(long id, int type, int length, long offset) throws HprofException {
        note(id, offset);
        return false;
    }

    private void note(long id, long offset) throws HprofException {
        int ordinal = graph.ordinalOf(id);
        if (ordinal < 0) {
            throw new HprofException(
                    file, offset, "an object that was not there before: the dump changed while it was read");
        }
        offsets.set(ordinal, offset);
    }
}

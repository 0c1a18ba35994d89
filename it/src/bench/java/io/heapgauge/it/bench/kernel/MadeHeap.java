/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.bench.kernel;

import io.heapgauge.analysis.graph.ContentSink;
import io.heapgauge.analysis.graph.FieldReferenceSink;
import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.graph.FieldRules;
import io.heapgauge.analysis.graph.FieldSink;
import io.heapgauge.analysis.graph.GcRoots;
import io.heapgauge.analysis.graph.HeapSource;
import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.graph.IdSink;
import io.heapgauge.analysis.graph.ReferenceSink;
import io.heapgauge.analysis.graph.TypeTally;
import io.heapgauge.analysis.graph.ValueSink;
import java.util.List;
import java.util.Random;
import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;

/**
 * A heap in plain arrays, seeded: objects of 16 to 64 bytes side by side, in records of eight, which are small trees, in
 * containers of 128 records. Two of the eight refer to something else as well: an object that many share, and the record
 * before.
 */
final class MadeHeap implements HeapSource {
    /** Number of objects. */
    static final int OBJECTS = 1 << 21;

    /** Number of references. */
    static final int REFERENCES = OBJECTS - 1 + OBJECTS / 4;

    private static final int CLASS_TYPE = 0;
    private static final int NODE_TYPE = 1;
    private static final long FIRST_ID = 0x7_0000_0000L;
    private static final int GRANULE = 8;
    private static final int RECORD = 8;
    private static final int CONTAINER = 128 * RECORD;
    /** Number of objects that many records refer to. */
    private static final int SHARED = 10_000;

    private final Random random = new Random(42);
    private final List<HeapType> types = List.of(type(CLASS_TYPE, "java.lang.Class"), type(NODE_TYPE, "Node"));
    private final GcRoots roots = new GcRoots();
    /** Object → id, one more at the end. */
    private final long[] ids = new long[OBJECTS + 1];
    /** Object → index of its first reference in {@code targets}, one more at the end. */
    private final int[] rows = new int[OBJECTS + 1];
    /** Ids of the objects referred to. */
    private final long[] targets = new long[REFERENCES];

    private final long[] row = new long[REFERENCES];

    MadeHeap() {
        ids[0] = FIRST_ID;
        for (int object = 0; object < OBJECTS; object++) {
            ids[object + 1] = ids[object] + GRANULE * (2L + random.nextInt(7));
        }
        roots.add(ids[0], GcRoots.Kind.OTHER, 0);
        fillRows();
    }

    private static HeapType type(int index, String name) {
        return new HeapType(index, name, name, 0, -1, 0, List.of(), List.of());
    }

    private void fillRows() {
        int[] from = new int[REFERENCES];
        int[] to = new int[REFERENCES];
        int at = 0;
        for (int object = 1; object < OBJECTS; object++) {
            from[at] = owner(object);
            to[at++] = object;
        }
        for (int first = 0; first < OBJECTS; first += RECORD) {
            from[at] = first + 1;
            to[at++] = random.nextInt(SHARED);
            from[at] = first + 2;
            to[at++] = Math.max(0, first - RECORD);
        }
        sort(from, to);
    }

    private static int owner(int object) {
        int member = object % RECORD;
        if (member > 0) {
            return object - member + (member - 1) / 2;
        }
        return object % CONTAINER > 0 ? object - object % CONTAINER : 0;
    }

    private void sort(int[] from, int[] to) {
        for (int source : from) {
            rows[source + 1]++;
        }
        for (int object = 0; object < OBJECTS; object++) {
            rows[object + 1] += rows[object];
        }
        int[] next = rows.clone();
        for (int i = 0; i < REFERENCES; i++) {
            targets[next[from[i]]++] = ids[to[i]];
        }
    }

    /** The id of an object. */
    long id(int object) {
        return ids[object];
    }

    @Override
    public TypeTally scan(Supplier<? extends IdSink> sinks) {
        IdSink sink = sinks.get();
        TypeTally tally = TypeTally.empty(types.size());
        for (int object = 0; object < OBJECTS; object++) {
            sink.object(ids[object]);
            tally.add(NODE_TYPE, ids[object + 1] - ids[object]);
        }
        return tally;
    }

    @Override
    public List<HeapType> types() {
        return types;
    }

    @Override
    public int classType() {
        return CLASS_TYPE;
    }

    @Override
    public GcRoots roots() {
        return roots;
    }

    @Override
    public int alignmentBytes() {
        return GRANULE;
    }

    @Override
    public void references(FieldRules rules, Supplier<? extends ReferenceSink> sinks) {
        ReferenceSink sink = sinks.get();
        for (int object = 0; object < OBJECTS; object++) {
            int count = rows[object + 1] - rows[object];
            sink.object(ids[object], NODE_TYPE, ids[object + 1] - ids[object]);
            System.arraycopy(targets, rows[object], row, 0, count);
            sink.references(row, count);
            sink.end();
        }
    }

    @Override
    public void contents(LongPredicate wanted, ContentSink sink) {
        throw new UnsupportedOperationException("this heap has no contents");
    }

    @Override
    public void fieldsBetween(LongUnaryOperator targetOf, FieldSink sink) {
        throw new UnsupportedOperationException("this heap has no fields");
    }

    @Override
    public int referenceBytes() {
        return 4;
    }

    @Override
    public List<String> primitiveFields(int type) {
        return List.of();
    }

    @Override
    public void values(List<List<FieldRule>> fields, ValueSink sink) {
        throw new UnsupportedOperationException("this heap has no values");
    }

    @Override
    public List<String> fieldReferences(FieldReferenceSink sink) {
        throw new UnsupportedOperationException("this heap has no fields");
    }
}

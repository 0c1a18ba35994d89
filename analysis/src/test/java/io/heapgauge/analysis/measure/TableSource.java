/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.graph.ContentSink;
import io.heapgauge.analysis.graph.FieldReferenceSink;
import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.graph.FieldRules;
import io.heapgauge.analysis.graph.FieldSink;
import io.heapgauge.analysis.graph.GcRoots;
import io.heapgauge.analysis.graph.HeapSource;
import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.graph.HeapType.StaticReference;
import io.heapgauge.analysis.graph.IdSink;
import io.heapgauge.analysis.graph.ReferenceSink;
import io.heapgauge.analysis.graph.TypeTally;
import io.heapgauge.analysis.graph.ValueSink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;

/** A small heap written down by hand, with sizes of any number of bytes; type 0 is java.lang.Class. */
final class TableSource implements HeapSource {
    private record Row(int type, long bytes, List<Long> references) {}

    private final int alignment;
    private final List<HeapType> types = new ArrayList<>();
    private final Map<Long, Row> rows = new LinkedHashMap<>();
    private final GcRoots roots = new GcRoots();

    TableSource(int alignment) {
        this.alignment = alignment;
        type("java.lang.Class", 0);
    }

    int type(String name, long classId, String... fields) {
        types.add(new HeapType(types.size(), name, name, classId, -1, 0, List.of(fields), List.of()));
        return types.size() - 1;
    }

    TableSource staticReference(String className, String field, long value) {
        types.replaceAll(type -> type.name().equals(className)
                ? new HeapType(
                        type.index(),
                        className,
                        className,
                        type.classId(),
                        -1,
                        0,
                        List.of(),
                        List.of(new StaticReference(field, value)))
                : type);
        return this;
    }

    TableSource object(long id, int type, long bytes) {
        rows.put(id, new Row(type, bytes, new ArrayList<>()));
        return this;
    }

    /** A class object; its row is its loader's slot and its statics. */
    TableSource classObject(long id, long bytes) {
        object(id, 0, bytes);
        List<Long> references = rows.get(id).references();
        references.add(0L);
        types.stream()
                .filter(type -> type.classId() == id)
                .forEach(type -> type.statics().forEach(field -> references.add(field.value())));
        return this;
    }

    TableSource refer(long from, long... to) {
        for (long target : to) {
            rows.get(from).references().add(target);
        }
        return this;
    }

    TableSource root(long id) {
        roots.add(id, GcRoots.Kind.OTHER, 0);
        return this;
    }

    TableSource threadRoot(long id, int serial) {
        roots.add(id, GcRoots.Kind.THREAD, serial);
        return this;
    }

    @Override
    public TypeTally scan(Supplier<? extends IdSink> sinks) {
        IdSink ids = sinks.get();
        TypeTally tally = TypeTally.empty(types.size());
        rows.forEach((id, row) -> {
            ids.object(id);
            tally.add(row.type(), row.bytes());
        });
        return tally;
    }

    @Override
    public List<HeapType> types() {
        return types;
    }

    @Override
    public int classType() {
        return 0;
    }

    @Override
    public GcRoots roots() {
        return roots;
    }

    @Override
    public int alignmentBytes() {
        return alignment;
    }

    @Override
    public void references(FieldRules rules, Supplier<? extends ReferenceSink> sinks) {
        ReferenceSink sink = sinks.get();
        rows.forEach((id, row) -> {
            sink.object(id, row.type(), row.bytes());
            sink.references(
                    row.references().stream().mapToLong(Long::longValue).toArray(),
                    row.references().size());
            sink.end();
        });
    }

    @Override
    public void contents(LongPredicate wanted, ContentSink sink) {
        throw new IllegalStateException("this heap has no contents");
    }

    @Override
    public void fieldsBetween(LongUnaryOperator targetOf, FieldSink sink) {
        rows.forEach((id, row) -> {
            List<String> fields = types.get(row.type()).fields();
            long target = targetOf.applyAsLong(id);
            for (int i = 0; i < Math.min(fields.size(), row.references().size()); i++) {
                if (target != 0 && row.references().get(i) == target) {
                    sink.field(id, types.get(row.type()).name(), fields.get(i));
                }
            }
        });
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
        throw new IllegalStateException("this heap has no values");
    }

    @Override
    public List<String> fieldReferences(FieldReferenceSink sink) {
        throw new IllegalStateException("this heap names no fields");
    }
}

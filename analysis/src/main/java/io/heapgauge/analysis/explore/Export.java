/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.explore;

import io.heapgauge.analysis.graph.GcRoots;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.graph.ObjectRecord;
import io.heapgauge.analysis.graph.RecordedSource;
import io.heapgauge.analysis.jsonl.ExportProfile;
import io.heapgauge.analysis.jsonl.JsonLinesWriter;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.store.BitStore;
import io.heapgauge.analysis.store.NewFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes an open heap, or what one object reaches in it, as JSON lines in address order. */
final class Export {
    private static final int BUFFER = 1 << 16;
    private static final long[] NOTHING = {};

    private final View view;
    private final OpenHeap open;
    private final HeapGraph graph;
    private final RecordedSource source;
    private final ExportProfile profile;
    private final Values values;
    private final JsonLinesWriter lines;

    private Export(View view, ExportProfile profile, JsonLinesWriter lines) {
        this.view = view;
        this.profile = profile;
        this.lines = lines;
        open = view.open();
        graph = open.graph();
        source = open.source();
        values = new Values(view);
    }

    static long write(View view, @Nullable HeapObject from, Path file, ExportProfile profile) throws IOException {
        if (profile.lossless() && (view.isFolded() || view.open().source().classType() < 0)) {
            throw new IllegalStateException(
                    "the lossless profile is for a heap with types and GC roots that is not collapsed");
        }
        try (NewFile written = NewFile.create(file)) {
            OutputStream out = Channels.newOutputStream(written);
            boolean compressed = file.toString().endsWith(".gz");
            // left open: closing the file before it has its name would delete it
            OutputStream buffered =
                    compressed ? new GZIPOutputStream(out, BUFFER) : new BufferedOutputStream(out, BUFFER);
            long objects;
            try (JsonLinesWriter lines = new JsonLinesWriter(buffered)) {
                objects = new Export(view, profile, lines).run(from);
            }
            if (buffered instanceof GZIPOutputStream gzip) {
                gzip.finish();
            }
            buffered.flush();
            written.publish();
            return objects;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private long run(@Nullable HeapObject from) throws IOException {
        BitStore wanted = from == null ? null : reached(from);
        if (profile.lossless()) {
            prologue(wanted);
        }
        open.monitor().phase("writing objects");
        long written = 0;
        for (int ordinal = 0; ordinal < graph.size(); ordinal++) {
            boolean owner = view.ownerOf(ordinal) == ordinal;
            if (owner && (wanted == null || wanted.get(ordinal))) {
                object(ordinal);
                written++;
            }
            if ((ordinal & Monitor.POLL) == 0) {
                open.monitor().at((double) ordinal / graph.size());
            }
        }
        if (wanted != null) {
            wanted.release();
        }
        return written;
    }

    private BitStore reached(HeapObject from) {
        BitStore reached = new BitStore(open.scratch(), graph.size());
        try (Traversal walk = new Traversal(view, view.ordinalOf(from))) {
            for (int at = walk.next(); at >= 0; at = walk.next()) {
                reached.add(at);
            }
        }
        return reached;
    }

    private void prologue(@Nullable BitStore wanted) throws IOException {
        lines.header(source.classType(), source.referenceBytes());
        for (HeapType type : source.types()) {
            type(type);
        }
        GcRoots roots = source.roots();
        for (int root = 0; root < roots.size(); root++) {
            int ordinal = graph.ordinalOf(roots.id(root));
            if (wanted == null || ordinal >= 0 && wanted.get(ordinal)) {
                lines.root(roots.id(root), roots.kind(root).name(), roots.threadSerial(root));
            }
        }
    }

    private void type(HeapType type) throws IOException {
        List<String> statics = new ArrayList<>();
        List<Long> bits = new ArrayList<>();
        int classObject = graph.classObject(type.index());
        if (classObject >= 0 && profile.values()) {
            for (ObjectRecord.Field field : open.record(classObject).fields()) {
                if (!field.isReference()) {
                    statics.add(field.name() + ":" + field.type());
                    bits.add(field.bits());
                }
            }
        }
        lines.type(type, profile.values() ? source.primitiveFieldTypes(type.index()) : List.of(), statics, bits);
    }

    private void object(int ordinal) throws IOException {
        HeapType type = open.typeOf(ordinal);
        Object value = profile.values() && !type.name().endsWith("[]") ? values.valueOf(ordinal, Values.SHORT) : null;
        boolean isClass = open.isClassObject(ordinal);
        String name = isClass && value instanceof String text ? text : null;
        ObjectRecord record = profile.lossless() ? open.record(ordinal, 0, Integer.MAX_VALUE) : null;
        String folded = view.foldedName(ordinal);
        lines.object(
                graph.idOf(ordinal),
                folded != null ? folded : profile.lossless() ? type.name() : type.displayName(),
                profile.lossless() ? type.index() : -1,
                view.bytesOf(ordinal),
                name,
                isClass || !hasLength(type) ? -1 : values.lengthOf(ordinal),
                isClass ? null : plain(value),
                record == null ? references(ordinal) : references(record),
                record == null || !profile.values() || isClass ? NOTHING : primitives(record));
    }

    private boolean hasLength(HeapType type) {
        return source.classType() < 0
                || type.name().endsWith("[]")
                || type.name().startsWith("java.");
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Float number) {
            return number.doubleValue();
        }
        return value instanceof Number number && !(value instanceof Double) ? (Object) number.longValue() : value;
    }

    private long[] references(int ordinal) {
        return Arrays.stream(view.children(ordinal)).mapToLong(graph::idOf).toArray();
    }

    /** In the order of the fields, 0 for null; of a class object its loader, its static fields, and the rest of its record. */
    private static long[] references(ObjectRecord record) {
        if (record.elementType().equals(ObjectRecord.REFERENCE)) {
            return record.elements();
        }
        return record.fields().stream()
                .filter(ObjectRecord.Field::isReference)
                .mapToLong(ObjectRecord.Field::bits)
                .toArray();
    }

    private static long[] primitives(ObjectRecord record) {
        return record.fields().stream()
                .filter(field -> !field.isReference())
                .mapToLong(ObjectRecord.Field::bits)
                .toArray();
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.jsonl;

import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.graph.ObjectReader;
import io.heapgauge.analysis.graph.ObjectRecord;
import io.heapgauge.analysis.graph.ObjectRecord.Field;
import io.heapgauge.analysis.graph.RecordOffsets;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads single objects of a file of JSON lines by where their lines are. */
final class JsonLinesReader implements ObjectReader {
    private final Path file;
    private final LineTypes types;
    private final HeapGraph graph;
    private final RecordOffsets offsets;
    private final FileChannel channel;

    JsonLinesReader(Path file, LineTypes types, HeapGraph graph, RecordOffsets offsets) throws IOException {
        this.file = file;
        this.types = types;
        this.graph = graph;
        this.offsets = offsets;
        channel = FileChannel.open(file, StandardOpenOption.READ);
    }

    @Override
    public ObjectRecord read(int ordinal, int from, int most) throws IOException {
        long offset = offsets.get(ordinal);
        try (LineReader lines = new LineReader(channel, Math.max(0, offset), channel.size(), true)) {
            Line line = lines.next();
            if (line == null || !line.isObject() || line.address != graph.idOf(ordinal)) {
                throw new IOException(file + ": at offset " + offset
                        + ": not the object that was here before: the file changed since it was opened");
            }
            return record(line, graph.typeOf(ordinal), from, most);
        }
    }

    private ObjectRecord record(Line line, int type, int from, int most) {
        Object value = value(line);
        int represented = types.representedBy(line, type);
        if (represented >= 0) {
            return new ObjectRecord(classFields(line, represented), "", -1, ObjectRecord.NO_ELEMENTS, value);
        }
        if (!types.isLossless()) {
            return new ObjectRecord(List.of(), ObjectRecord.REFERENCE, line.length, elements(line, from, most), value);
        }
        String name = types.all().get(type).name();
        if (!name.endsWith("[]")) {
            return new ObjectRecord(instanceFields(line, type), "", line.length, ObjectRecord.NO_ELEMENTS, value);
        }
        String element = name.substring(0, name.length() - 2);
        boolean primitive = element.indexOf('.') < 0 && PRIMITIVES.contains(element);
        return primitive
                ? new ObjectRecord(List.of(), element, line.length, ObjectRecord.NO_ELEMENTS, value)
                : new ObjectRecord(
                        List.of(), ObjectRecord.REFERENCE, line.referenceCount(), elements(line, from, most), value);
    }

    private static final List<String> PRIMITIVES =
            List.of("boolean", "byte", "char", "short", "int", "long", "float", "double");

    /** Meliae writes truth as text. */
    private static @Nullable Object value(Line line) {
        if ("bool".equals(line.type) && line.value instanceof String text) {
            return text.equals("True");
        }
        return line.value;
    }

    private static long[] elements(Line line, int from, int most) {
        int first = Math.min(from, line.referenceCount());
        int count = Math.min(most, line.referenceCount() - first);
        return Arrays.copyOfRange(line.references(), first, first + count);
    }

    private List<Field> instanceFields(Line line, int type) {
        List<Field> fields = new ArrayList<>();
        List<LineTypes.Place> places = types.places(type);
        for (int i = 0; i < places.size(); i++) {
            long id = i < line.referenceCount() ? line.references()[i] : 0;
            fields.add(new Field(places.get(i).owner(), places.get(i).name(), ObjectRecord.REFERENCE, id));
        }
        List<LineTypes.Primitive> primitives = types.primitives(type);
        for (int i = 0; i < primitives.size(); i++) {
            LineTypes.Primitive primitive = primitives.get(i);
            fields.add(new Field(primitive.owner(), primitive.name(), primitive.type(), line.valueAt(i)));
        }
        return fields;
    }

    private List<Field> classFields(Line line, int represented) {
        HeapType type = types.type(represented);
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < line.referenceCount(); i++) {
            String name = LineTypes.classField(type, i);
            fields.add(new Field(type.name(), name, ObjectRecord.REFERENCE, line.references()[i]));
        }
        List<LineTypes.Primitive> primitives = types.staticPrimitives(represented);
        for (int i = 0; i < primitives.size(); i++) {
            LineTypes.Primitive primitive = primitives.get(i);
            fields.add(new Field(
                    primitive.owner(), primitive.name(), primitive.type(), types.staticValue(represented, i)));
        }
        return fields;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.jsonl;

import io.heapgauge.analysis.graph.HeapType;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.MinimalPrettyPrinter;

/**
 * Writes a heap as JSON lines: ASCII, one object a line, address first and a blank behind each colon and comma, as Meliae's
 * loader needs it. Not safe for use by several threads.
 */
public final class JsonLinesWriter implements Closeable {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private final JsonGenerator json;

    /**
     * Starts a file.
     *
     * @param out gets the lines; left open
     */
    public JsonLinesWriter(OutputStream out) {
        json = FACTORY.createGenerator(new Spaced(), out);
    }

    /** Jackson's own separators have no blanks. */
    private static final class Spaced extends ObjectWriteContext.Base {
        @Override
        public PrettyPrinter getPrettyPrinter() {
            return new Blanks();
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }

    private static final class Blanks extends MinimalPrettyPrinter {
        private static final long serialVersionUID = 1L;

        @Override
        public void writeRootValueSeparator(JsonGenerator to) {
            to.writeRaw('\n');
        }

        @Override
        public void writeObjectNameValueSeparator(JsonGenerator to) {
            to.writeRaw(": ");
        }

        @Override
        public void writeObjectEntrySeparator(JsonGenerator to) {
            to.writeRaw(", ");
        }

        @Override
        public void writeArrayValueSeparator(JsonGenerator to) {
            to.writeRaw(", ");
        }
    }

    private interface Written {
        void write();
    }

    private static void write(Written line) throws IOException {
        try {
            line.write();
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /**
     * The first line of a lossless export.
     *
     * @param classType index of the type whose instances are the class objects
     * @param referenceBytes size of a reference in the heap
     * @throws IOException if it cannot be written
     */
    public void header(int classType, int referenceBytes) throws IOException {
        write(() -> {
            json.writeStartObject();
            json.writeNumberProperty(LineTypes.HEADER, LineTypes.VERSION);
            json.writeNumberProperty("classType", classType);
            json.writeNumberProperty("referenceBytes", referenceBytes);
            json.writeEndObject();
        });
    }

    /**
     * A type of a lossless export; they come in the order of their indexes, before all objects.
     *
     * @param type the type
     * @param primitives instance fields that hold primitives and are declared by it, {@code name:int}
     * @param staticPrimitives static fields that hold primitives, {@code name:int}
     * @param staticValues their bits
     * @throws IOException if it cannot be written
     */
    public void type(HeapType type, List<String> primitives, List<String> staticPrimitives, List<Long> staticValues)
            throws IOException {
        write(() -> {
            json.writeStartObject();
            json.writeNumberProperty(LineTypes.CLASS, type.index());
            json.writeStringProperty("name", type.name());
            if (!type.displayName().equals(type.name())) {
                json.writeStringProperty("display", type.displayName());
            }
            json.writeNumberProperty("id", type.classId());
            json.writeNumberProperty("super", type.superIndex());
            json.writeNumberProperty("loader", type.loaderId());
            texts("fields", type.fields());
            texts("primitives", primitives);
            texts("statics", type.statics().stream().map(field -> field.name()).toList());
            numbers(
                    "staticRefs",
                    type.statics().stream().map(field -> field.value()).toList());
            texts("staticPrimitives", staticPrimitives);
            numbers("staticValues", staticValues);
            json.writeEndObject();
        });
    }

    private void texts(String name, List<String> texts) {
        if (!texts.isEmpty()) {
            json.writeArrayPropertyStart(name);
            texts.forEach(json::writeString);
            json.writeEndArray();
        }
    }

    private void numbers(String name, List<Long> numbers) {
        if (!numbers.isEmpty()) {
            json.writeArrayPropertyStart(name);
            numbers.forEach(number -> json.writeNumber((long) number));
            json.writeEndArray();
        }
    }

    /**
     * A GC root of a lossless export.
     *
     * @param id the object held
     * @param kind name of its constant
     * @param threadSerial serial number of the thread, 0 for none
     * @throws IOException if it cannot be written
     */
    public void root(long id, String kind, int threadSerial) throws IOException {
        write(() -> {
            json.writeStartObject();
            json.writeNumberProperty(LineTypes.ROOT, id);
            json.writeStringProperty("kind", kind);
            json.writeNumberProperty("thread", threadSerial);
            json.writeEndObject();
        });
    }

    /**
     * An object.
     *
     * @param address its id
     * @param type its type's name
     * @param typeIndex index of the type in a lossless export, -1 in Meliae's format
     * @param bytes its size
     * @param name the name of a class, which takes the place of a value; null for other objects
     * @param length its length, -1 for none
     * @param value what it is worth: String, Long, Double or Boolean; null for nothing
     * @param references ids of what it refers to
     * @param primitives bits of its primitive fields
     * @throws IOException if it cannot be written
     */
    public void object(
            long address,
            String type,
            int typeIndex,
            long bytes,
            @Nullable String name,
            int length,
            @Nullable Object value,
            long[] references,
            long[] primitives)
            throws IOException {
        write(() -> {
            json.writeStartObject();
            json.writeNumberProperty("address", address);
            json.writeStringProperty("type", type);
            json.writeNumberProperty("size", bytes);
            if (typeIndex >= 0) {
                json.writeNumberProperty("t", typeIndex);
            }
            if (name != null) {
                json.writeStringProperty("name", name);
            }
            if (length >= 0) {
                json.writeNumberProperty("len", length);
            }
            value(value);
            if (primitives.length > 0) {
                array("values", primitives);
            }
            array("refs", references);
            json.writeEndObject();
        });
    }

    private void value(@Nullable Object value) {
        if (value instanceof Long number) {
            json.writeNumberProperty("value", (long) number);
        } else if (value instanceof Double number && Double.isFinite(number)) {
            json.writeNumberProperty("value", (double) number);
        } else if (value instanceof Boolean truth) {
            json.writeStringProperty("value", truth ? "True" : "False");
        } else if (value != null) {
            json.writeStringProperty("value", value.toString());
        }
    }

    private void array(String name, long[] numbers) {
        json.writeArrayPropertyStart(name);
        for (long number : numbers) {
            json.writeNumber(number);
        }
        json.writeEndArray();
    }

    @Override
    public void close() throws IOException {
        write(() -> {
            json.writeRaw('\n');
            json.close();
        });
    }
}

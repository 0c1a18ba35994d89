/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Objects of a dump as one line of JSON in UTF-8. Sizes are bytes, ids are texts. Stateless. */
public final class ObjectJson {
    private ObjectJson() {}

    /**
     * Writes <code>{"objects":…,"bytes":…,"list":[{"id":"0x…","type":…,"shallow":…,"references":…}…]}</code>; each with
     * {@code parents}, {@code retained}, {@code length}, {@code value} and {@code via} where they are known.
     *
     * @param list the objects
     * @param out left open
     * @throws IOException if the stream cannot be written
     */
    public static void write(ObjectList list, OutputStream out) throws IOException {
        InspectionJson.writing(out, json -> {
            json.writeNumberProperty("objects", list.total().objects());
            json.writeNumberProperty("bytes", list.total().bytes());
            json.writeArrayPropertyStart("list");
            for (ObjectFacts object : list.objects()) {
                json.writeStartObject();
                facts(json, object);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /**
     * Writes one object with its fields: what {@link #write(ObjectList, OutputStream)} has of it, and
     * <code>"fields":[{"via":…,"id":"0x…",…}…]</code>, those that hold a primitive or null with {@code value} alone.
     *
     * @param object the object
     * @param fields its fields
     * @param out left open
     * @throws IOException if the stream cannot be written
     */
    public static void write(ObjectFacts object, List<ObjectFacts> fields, OutputStream out) throws IOException {
        InspectionJson.writing(out, json -> {
            facts(json, object);
            json.writeArrayPropertyStart("fields");
            for (ObjectFacts field : fields) {
                json.writeStartObject();
                if (field.id() == 0) {
                    json.writeStringProperty("via", String.valueOf(field.via()));
                    value(json, field.value());
                } else {
                    facts(json, field);
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /**
     * Writes <code>{"objects":…,"bytes":…,"types":[{"type":…,"objects":…,"bytes":…,"largest":…}…]}</code>.
     *
     * @param types the types, largest first
     * @param total of all of them
     * @param top how many at the most
     * @param out left open
     * @throws IOException if the stream cannot be written
     */
    public static void write(List<TypeSummary> types, Size total, int top, OutputStream out) throws IOException {
        InspectionJson.writing(out, json -> InspectionJson.types(json, types, total, top));
    }

    /**
     * Writes <code>{"threads":[{"name":…,"id":"0x…","retained":…,"frames":[{"method":…,"location":…,"locals":[…]}…]}…]}
     * </code>.
     *
     * @param threads the threads
     * @param out left open
     * @throws IOException if the stream cannot be written
     */
    public static void writeThreads(List<ThreadFacts> threads, OutputStream out) throws IOException {
        InspectionJson.writing(out, json -> {
            json.writeArrayPropertyStart("threads");
            for (ThreadFacts thread : threads) {
                json.writeStartObject();
                json.writeStringProperty("name", thread.name());
                facts(json, thread.object());
                json.writeNumberProperty("held", thread.heldBytes());
                json.writeArrayPropertyStart("frames");
                for (ThreadFacts.Frame frame : thread.frames()) {
                    json.writeStartObject();
                    json.writeStringProperty("method", frame.method());
                    json.writeStringProperty("location", frame.location());
                    json.writeArrayPropertyStart("locals");
                    for (ObjectFacts local : frame.locals()) {
                        json.writeStartObject();
                        facts(json, local);
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /**
     * Writes whole numbers by name, and groups of such by name.
     *
     * @param numbers name → Number, or a map of the same kind
     * @param out left open
     * @throws IOException if the stream cannot be written
     */
    public static void writeNumbers(Map<String, ?> numbers, OutputStream out) throws IOException {
        InspectionJson.writing(out, json -> numbers(json, numbers));
    }

    private static void numbers(JsonGenerator json, Map<?, ?> numbers) {
        numbers.forEach((name, value) -> {
            if (value instanceof Map<?, ?> group) {
                json.writeObjectPropertyStart(name.toString());
                numbers(json, group);
                json.writeEndObject();
            } else {
                json.writeNumberProperty(name.toString(), ((Number) value).longValue());
            }
        });
    }

    private static void facts(JsonGenerator json, ObjectFacts object) {
        if (object.via() != null) {
            json.writeStringProperty("via", object.via());
        }
        json.writeStringProperty("id", "0x" + Long.toHexString(object.id()));
        json.writeStringProperty("type", object.type());
        json.writeNumberProperty("shallow", object.shallowBytes());
        json.writeNumberProperty("references", object.references());
        if (object.parents() != null) {
            json.writeNumberProperty("parents", object.parents());
        }
        if (object.retainedBytes() != null) {
            json.writeNumberProperty("retained", object.retainedBytes());
        }
        if (object.length() >= 0) {
            json.writeNumberProperty("length", object.length());
        }
        if (object.value() != null) {
            value(json, object.value());
        }
    }

    private static void value(JsonGenerator json, @Nullable Object value) {
        if (value instanceof Boolean truth) {
            json.writeBooleanProperty("value", truth);
        } else if (value instanceof Double || value instanceof Float) {
            json.writeNumberProperty("value", ((Number) value).doubleValue());
        } else if (value instanceof Number number) {
            json.writeNumberProperty("value", number.longValue());
        } else if (value == null) {
            json.writeNullProperty("value");
        } else {
            json.writeStringProperty("value", value.toString());
        }
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/** Answers to single questions about a dump as one line of JSON in UTF-8. Sizes are bytes, ids are texts. Stateless. */
public final class InspectionJson {
    private static final JsonFactory FACTORY =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private InspectionJson() {}

    /**
     * Writes <code>{"level":"retained","objects":[{"id":"0x…","type":…,"shallow":…,"retained":…}…]}</code>.
     *
     * @param top the objects
     * @param out left open
     * @throws IOException if the stream cannot be written
     */
    public static void write(TopRetainers top, OutputStream out) throws IOException {
        writing(out, json -> {
            json.writeStringProperty("level", Level.RETAINED.id());
            json.writeArrayPropertyStart("objects");
            for (RetainedObject object : top.objects()) {
                json.writeStartObject();
                json.writeStringProperty("id", object.hexId());
                json.writeStringProperty("type", object.type());
                json.writeNumberProperty("shallow", object.shallowBytes());
                json.writeNumberProperty("retained", object.retainedBytes());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /**
     * Writes <code>{"level":"retained","by":…,"groups":[{"name":…,"objects":…,"shallow":…,"retained":…}…]}</code>.
     *
     * @param groups the groups
     * @param out left open
     * @throws IOException if the stream cannot be written
     */
    public static void write(RetainedGroups groups, OutputStream out) throws IOException {
        writing(out, json -> {
            json.writeStringProperty("level", Level.RETAINED.id());
            json.writeStringProperty("by", groups.by());
            json.writeArrayPropertyStart("groups");
            for (RetainedGroup group : groups.groups()) {
                json.writeStartObject();
                json.writeStringProperty("name", group.name());
                json.writeNumberProperty("objects", group.members().objects());
                json.writeNumberProperty("shallow", group.members().bytes());
                json.writeNumberProperty("retained", group.retainedBytes());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /**
     * Writes <code>{"id":"0x…","type":…,"shallow":…,"reached":…,"root":…,"path":[{"id":"0x…","type":…,"via":…}…]}</code>.
     *
     * @param path the path
     * @param out left open
     * @throws IOException if the stream cannot be written
     */
    public static void write(RootPath path, OutputStream out) throws IOException {
        writing(out, json -> {
            json.writeStringProperty("id", "0x" + Long.toHexString(path.id()));
            json.writeStringProperty("type", path.type());
            json.writeNumberProperty("shallow", path.shallowBytes());
            json.writeBooleanProperty("reached", path.rootKind() != null);
            text(json, "root", path.rootKind());
            json.writeArrayPropertyStart("path");
            for (RootPath.Step step : path.steps()) {
                json.writeStartObject();
                json.writeStringProperty("id", "0x" + Long.toHexString(step.id()));
                json.writeStringProperty("type", step.type());
                text(json, "via", step.via());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /**
     * Writes
     * <code>{"type":…,"objects":…,"bytes":…,"reached":{…},"pathCount":…,"paths":[{"objects":…,"bytes":…,"example":"0x…","root":…,
     * "path":[{"type":…,"repeated":…}…]}…]}</code>.
     *
     * @param paths the paths
     * @param out left open
     * @throws IOException if the stream cannot be written
     */
    public static void write(MergedPaths paths, OutputStream out) throws IOException {
        writing(out, json -> fields(json, paths));
    }

    /** The fields of merged paths, in an object that is begun. */
    static void fields(JsonGenerator json, MergedPaths paths) {
        json.writeStringProperty("type", paths.type());
        json.writeNumberProperty("objects", paths.all().objects());
        json.writeNumberProperty("bytes", paths.all().bytes());
        size(json, "reached", paths.reached().objects(), paths.reached().bytes());
        json.writeNumberProperty("pathCount", paths.pathCount());
        json.writeArrayPropertyStart("paths");
        for (MergedPaths.Path path : paths.paths()) {
            json.writeStartObject();
            json.writeNumberProperty("objects", path.instances().objects());
            json.writeNumberProperty("bytes", path.instances().bytes());
            json.writeStringProperty("example", "0x" + Long.toHexString(path.exampleId()));
            json.writeStringProperty("root", path.rootKind());
            json.writeArrayPropertyStart("path");
            for (MergedPaths.Step step : path.steps()) {
                json.writeStartObject();
                json.writeStringProperty("type", step.type());
                json.writeBooleanProperty("repeated", step.repeated());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /**
     * Writes <code>{"collapsed":true,"objects":…,"bytes":…,"types":[{"type":…,"objects":…,"bytes":…,"largest":…}…]}</code>, where
     * objects are owners, and bytes theirs with those of their parts.
     *
     * @param types the types
     * @param top most rows; the totals are of everything
     * @param out left open
     * @throws IOException if the stream cannot be written
     */
    public static void write(CollapsedTypes types, int top, OutputStream out) throws IOException {
        writing(out, json -> {
            json.writeBooleanProperty("collapsed", true);
            types(json, types.types(), types.total(), top);
        });
    }

    /**
     * Writes <code>{"old":{"objects":…,"bytes":…},"new":{…},"types":[{"type":…,"old":{…},"new":{…},"delta":{…}}…]}</code>.
     *
     * @param diff the difference
     * @param top most rows; the totals are of everything
     * @param out left open
     * @throws IOException if the stream cannot be written
     */
    public static void write(HeapDiff diff, int top, OutputStream out) throws IOException {
        List<TypeChange> shown =
                diff.types().subList(0, Math.min(top, diff.types().size()));
        writing(out, json -> {
            size(json, "old", diff.before().objects(), diff.before().bytes());
            size(json, "new", diff.after().objects(), diff.after().bytes());
            json.writeArrayPropertyStart("types");
            for (TypeChange type : shown) {
                json.writeStartObject();
                json.writeStringProperty("type", type.type());
                size(json, "old", type.before().objects(), type.before().bytes());
                size(json, "new", type.after().objects(), type.after().bytes());
                size(json, "delta", type.deltaObjects(), type.deltaBytes());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void size(JsonGenerator json, String name, long objects, long bytes) {
        json.writeObjectPropertyStart(name);
        json.writeNumberProperty("objects", objects);
        json.writeNumberProperty("bytes", bytes);
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String name, @Nullable String value) {
        if (value == null) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, value);
        }
    }

    static void types(JsonGenerator json, List<TypeSummary> types, Size total, int top) {
        json.writeNumberProperty("objects", total.objects());
        json.writeNumberProperty("bytes", total.bytes());
        json.writeArrayPropertyStart("types");
        for (TypeSummary type : types.subList(0, Math.min(top, types.size()))) {
            json.writeStartObject();
            json.writeStringProperty("type", type.type());
            json.writeNumberProperty("objects", type.objects());
            json.writeNumberProperty("bytes", type.bytes());
            json.writeNumberProperty("largest", type.largestBytes());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** What an object of JSON has. */
    interface Properties {
        void writeTo(JsonGenerator json);
    }

    /** Writes one object; a failure of the stream comes out as it went in. */
    static void writing(OutputStream out, Properties properties) throws IOException {
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            properties.writeTo(json);
            json.writeEndObject();
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
    }
}

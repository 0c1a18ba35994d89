/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Duplicates and empty collections as one line of JSON in UTF-8. Sizes are bytes, ids are texts. Stateless. */
public final class WasteJson {
    private WasteJson() {}

    /**
     * Writes <code>{"reached":{"objects":…,"bytes":…},"stringsKnown":true,
     * "totals":[{"kind":…,"groups":…,"duplicates":…,"wasted":…}…],
     * "groups":[{"kind":…,"copies":…,"length":…,"bytes":…,"wasted":…,"example":"0x…",
     * "holder":{"field":…,"references":…}}…]}</code>. What nothing holds has a holder of null.
     *
     * @param duplicates the duplicates
     * @param out left open
     * @throws IOException if the stream cannot be written
     */
    public static void write(Duplicates duplicates, OutputStream out) throws IOException {
        InspectionJson.writing(out, json -> {
            reached(json, duplicates.reached());
            json.writeBooleanProperty("stringsKnown", duplicates.stringsKnown());
            json.writeArrayPropertyStart("totals");
            for (DuplicateTotals kind : duplicates.totals()) {
                json.writeStartObject();
                json.writeStringProperty("kind", kind.kind());
                json.writeNumberProperty("groups", kind.groups());
                json.writeNumberProperty("duplicates", kind.duplicates());
                json.writeNumberProperty("wasted", kind.wastedBytes());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayPropertyStart("groups");
            for (DuplicateGroup group : duplicates.groups()) {
                json.writeStartObject();
                json.writeStringProperty("kind", group.kind());
                json.writeNumberProperty("copies", group.copies());
                json.writeNumberProperty("length", group.length());
                json.writeNumberProperty("bytes", group.copyBytes());
                json.writeNumberProperty("wasted", group.wastedBytes());
                json.writeStringProperty("example", "0x" + Long.toHexString(group.exampleId()));
                holder(json, group.holder());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /**
     * Writes <code>{"reached":{"objects":…,"bytes":…},"collections":TOTAL,"arrays":TOTAL,"collectionTypes":[ROW…],
     * "arrayTypes":[ROW…],"notUnderstood":[{"type":…,"objects":…}…]}</code>, where a row is
     * <code>{"type":…,"objects":…,"empty":…,"single":…,"sparse":…,"estimated":…,"arrays":…,"unused":…,"emptyBytes":…,
     * "wasted":…,"holder":{"field":…,"references":…}}</code> and a total the same without type and holder.
     *
     * @param waste the collections and arrays
     * @param out left open
     * @throws IOException if the stream cannot be written
     */
    public static void write(CollectionWaste waste, OutputStream out) throws IOException {
        InspectionJson.writing(out, json -> {
            reached(json, waste.reached());
            json.writeObjectPropertyStart("collections");
            figures(json, waste.collections());
            json.writeEndObject();
            json.writeObjectPropertyStart("arrays");
            figures(json, waste.arrays());
            json.writeEndObject();
            rows(json, "collectionTypes", waste.collectionTypes());
            rows(json, "arrayTypes", waste.arrayTypes());
            json.writeArrayPropertyStart("notUnderstood");
            for (CollectionWaste.NotUnderstood strange : waste.notUnderstood()) {
                json.writeStartObject();
                json.writeStringProperty("type", strange.type());
                json.writeNumberProperty("objects", strange.objects());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void rows(JsonGenerator json, String name, List<CollectionSummary> rows) {
        json.writeArrayPropertyStart(name);
        for (CollectionSummary row : rows) {
            json.writeStartObject();
            json.writeStringProperty("type", row.type());
            figures(json, row);
            holder(json, row.holder());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void figures(JsonGenerator json, CollectionSummary row) {
        json.writeNumberProperty("objects", row.objects());
        json.writeNumberProperty("empty", row.empty());
        json.writeNumberProperty("single", row.single());
        json.writeNumberProperty("sparse", row.sparse());
        json.writeNumberProperty("estimated", row.estimated());
        json.writeNumberProperty("arrays", row.arrayBytes());
        json.writeNumberProperty("unused", row.unusedBytes());
        json.writeNumberProperty("emptyBytes", row.emptyBytes());
        json.writeNumberProperty("wasted", row.wastedBytes());
    }

    private static void reached(JsonGenerator json, Size reached) {
        json.writeObjectPropertyStart("reached");
        json.writeNumberProperty("objects", reached.objects());
        json.writeNumberProperty("bytes", reached.bytes());
        json.writeEndObject();
    }

    private static void holder(JsonGenerator json, @Nullable MainHolder holder) {
        if (holder == null) {
            json.writeNullProperty("holder");
            return;
        }
        json.writeObjectPropertyStart("holder");
        json.writeStringProperty("field", holder.field());
        json.writeNumberProperty("references", holder.references());
        json.writeEndObject();
    }
}

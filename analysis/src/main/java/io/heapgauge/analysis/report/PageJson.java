/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import java.io.StringWriter;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What the page's script reads: {@code {"live","report":{…},"full":{…},"history":[{"at","engine","trigger","pauseNanos","pauseSource",
 * "dumpBytes","heapBytes","types":{type:bytes},"roots":{root:{"reachable","owned","retained"}}}]}}, the reports as {@link
 * ReportJson} writes them; {@code full} is the one whose retained sizes the map shows, without types and roots.
 */
final class PageJson {
    private static final JsonFactory FACTORY = new JsonFactory();
    /** Types beyond the first so many have no line over time; it keeps the page small. */
    private static final int TYPES_OVER_TIME = 300;

    private PageJson() {}

    static String of(HeapReport report, HeapReport full, List<PastCapture> past, @Nullable String live) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            if (live == null) {
                json.writeNullProperty("live");
            } else {
                json.writeStringProperty("live", live);
            }
            json.writeName("report");
            json.writeRawValue(ReportJson.toJson(report));
            json.writeName("full");
            if (full == report) {
                json.writeNull();
            } else {
                json.writeRawValue(ReportJson.toJson(retainersOf(full)));
            }
            Set<String> types = report.topTypes(TYPES_OVER_TIME).stream()
                    .map(TypeSummary::type)
                    .collect(Collectors.toSet());
            json.writeArrayPropertyStart("history");
            past.forEach(capture -> capture(json, capture, types));
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.toString();
    }

    private static HeapReport retainersOf(HeapReport full) {
        return new HeapReport(
                full.capture(),
                full.analysis(),
                full.totals(),
                List.of(),
                full.typeCount(),
                List.of(),
                full.retainers(),
                full.heldByRoots(),
                null);
    }

    private static void capture(JsonGenerator json, PastCapture past, Set<String> types) {
        CaptureFacts facts = past.capture();
        Size reachable = past.totals().reachable();
        json.writeStartObject();
        json.writeStringProperty("at", facts.startedAt().toString());
        json.writeStringProperty("engine", facts.engine());
        json.writeStringProperty("trigger", facts.trigger().id());
        json.writeNumberProperty("pauseNanos", facts.pauseNanos());
        json.writeStringProperty("pauseSource", facts.pauseSource().id());
        json.writeNumberProperty("dumpBytes", facts.dumpBytes());
        json.writeNumberProperty(
                "heapBytes",
                Objects.requireNonNullElse(reachable, past.totals().all()).bytes());
        json.writeObjectPropertyStart("types");
        past.types().forEach((type, size) -> {
            if (types.contains(type)) {
                json.writeNumberProperty(type, size.bytes());
            }
        });
        json.writeEndObject();
        json.writeObjectPropertyStart("roots");
        past.roots().forEach(root -> root(json, root));
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void root(JsonGenerator json, RootSummary root) {
        OwnershipSummary reachable = root.reachable();
        OwnershipSummary owned = root.owned();
        if (reachable != null && owned != null) {
            json.writeObjectPropertyStart(root.name());
            json.writeNumberProperty("reachable", reachable.total().bytes());
            json.writeNumberProperty("owned", owned.total().bytes());
            Size retained = root.retained();
            if (retained == null) {
                json.writeNullProperty("retained");
            } else {
                json.writeNumberProperty("retained", retained.bytes());
            }
            json.writeEndObject();
        }
    }
}

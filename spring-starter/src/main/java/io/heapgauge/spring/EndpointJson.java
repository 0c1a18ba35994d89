/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.spring;

import io.heapgauge.CaptureFailure;
import io.heapgauge.GaugeState;
import io.heapgauge.HeapGauge;
import io.heapgauge.analysis.report.HeapReport;
import java.io.StringWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The answers of the endpoint that are no report: {@code gauge}, {@code outcome} and {@code message}, always. */
final class EndpointJson {
    private static final JsonFactory JSON = new JsonFactory();

    private EndpointJson() {}

    static String noReport(HeapGauge gauge) {
        return object(json -> {
            json.writeStringProperty("gauge", gauge.name());
            json.writeStringProperty("outcome", "no-report");
            json.writeStringProperty("state", state(gauge.state()));
            json.writeStringProperty("message", whyNoReport(gauge));
        });
    }

    static String whyNoReport(HeapGauge gauge) {
        return gauge.lastFailure()
                .map(failure -> "no report yet; the last attempt ended with: " + failure.message())
                .orElse("no report yet: nothing has asked for a capture, or the first is under way");
    }

    static String noView(HeapGauge gauge, Set<String> views) {
        return object(json -> {
            json.writeStringProperty("gauge", gauge.name());
            json.writeStringProperty("outcome", "no-such-view");
            json.writeStringProperty("message", "expected one of " + String.join(", ", views));
        });
    }

    static String state(HeapGauge gauge) {
        return object(json -> {
            json.writeStringProperty("gauge", gauge.name());
            json.writeBooleanProperty("enabled", gauge.isEnabled());
            json.writeStringProperty("state", state(gauge.state()));
            json.writeStringProperty("phase", gauge.phase());
            json.writeNumberProperty("progress", gauge.progress());
            startedAt(json, "latestReport", gauge.latestReport());
            startedAt(json, "lastFullReport", gauge.lastReport());
            startedAt(json, "lastQuickReport", gauge.lastQuickReport());
            Optional<CaptureFailure> failure = gauge.lastFailure();
            if (failure.isPresent()) {
                json.writeObjectPropertyStart("lastFailure");
                failure(json, failure.get());
                json.writeEndObject();
            } else {
                json.writeNullProperty("lastFailure");
            }
        });
    }

    private static String state(GaugeState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static void startedAt(JsonGenerator json, String name, Optional<HeapReport> report) {
        if (report.isPresent()) {
            json.writeStringProperty(name, report.get().capture().startedAt().toString());
        } else {
            json.writeNullProperty(name);
        }
    }

    static String badRequest(HeapGauge gauge, String message) {
        return object(json -> {
            json.writeStringProperty("gauge", gauge.name());
            json.writeStringProperty("outcome", "bad-request");
            json.writeStringProperty("message", message);
        });
    }

    static String failure(CaptureFailure failure) {
        return object(json -> failure(json, failure));
    }

    private static void failure(JsonGenerator json, CaptureFailure failure) {
        json.writeStringProperty("gauge", failure.gauge());
        json.writeStringProperty("outcome", failure.outcome().id());
        json.writeStringProperty("message", failure.message());
        json.writeStringProperty("trigger", failure.trigger().id());
        json.writeStringProperty("label", failure.label());
        json.writeStringProperty("at", failure.at().toString());
    }

    private static String object(Consumer<JsonGenerator> content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            content.accept(json);
            json.writeEndObject();
        }
        return text.toString();
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.spring;

import io.heapgauge.HeapGauge;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.PastCapture;
import io.heapgauge.analysis.report.ReportJson;
import io.heapgauge.analysis.report.ReportPage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/** What the endpoint shows, by name. */
final class EndpointViews {
    static final String REPORT = "report";
    static final String STATE = "state";

    private final HeapGauge gauge;
    private final Map<String, Supplier<WebEndpointResponse<String>>> views = new LinkedHashMap<>();

    EndpointViews(HeapGauge gauge) {
        this.gauge = gauge;
        views.put(REPORT, () -> ofReport(latest(), ReportJson::write));
        views.put("full", () -> ofReport(gauge.lastReport(), ReportJson::write));
        views.put("quick", () -> ofReport(gauge.lastQuickReport(), ReportJson::write));
        views.put(
                "types",
                () -> ofReport(
                        latest(),
                        (report, out) ->
                                ReportJson.writeTypes(report, report.types().size(), out)));
        views.put("roots", () -> ofReport(latest(), ReportJson::writeRoots));
        views.put("growth", () -> ofReport(latest(), ReportJson::writeGrowth));
        views.put("captures", () -> json(text(out -> ReportJson.writeCaptures(past(), out))));
        views.put(STATE, () -> json(EndpointJson.state(gauge)));
        views.put("dashboard", this::page);
    }

    WebEndpointResponse<String> answer(String view) {
        Supplier<WebEndpointResponse<String>> known = views.get(view);
        return known == null
                ? json(EndpointJson.noView(gauge, views.keySet()), WebEndpointResponse.STATUS_NOT_FOUND)
                : known.get();
    }

    static WebEndpointResponse<String> json(String body) {
        return json(body, WebEndpointResponse.STATUS_OK);
    }

    static WebEndpointResponse<String> json(String body, int status) {
        return new WebEndpointResponse<>(body, status, MimeTypeUtils.APPLICATION_JSON);
    }

    private Optional<HeapReport> latest() {
        return gauge.latestReport();
    }

    private List<PastCapture> past() {
        return latest().map(gauge::historyOf).orElse(List.of());
    }

    private WebEndpointResponse<String> ofReport(Optional<HeapReport> report, ReportContent content) {
        return report.map(found -> json(text(out -> content.write(found, out))))
                .orElseGet(() -> json(EndpointJson.noReport(gauge), WebEndpointResponse.STATUS_NOT_FOUND));
    }

    /** Whose retained sizes are shown: those of a full capture, where the report is none. */
    private HeapReport mapped(HeapReport report) {
        return report.heldByRoots().isEmpty() ? gauge.lastReport().orElse(report) : report;
    }

    private WebEndpointResponse<String> page() {
        String page = latest().map(report -> text(out -> ReportPage.write(report, mapped(report), past(), STATE, out)))
                .orElseGet(() -> ReportPage.noReport(gauge.name(), EndpointJson.whyNoReport(gauge)));
        return new WebEndpointResponse<>(
                page, WebEndpointResponse.STATUS_OK, new MimeType(MimeTypeUtils.TEXT_HTML, StandardCharsets.UTF_8));
    }

    private static String text(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            content.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("in memory", e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private interface Content {
        void write(OutputStream out) throws IOException;
    }

    private interface ReportContent {
        void write(HeapReport report, OutputStream out) throws IOException;
    }
}

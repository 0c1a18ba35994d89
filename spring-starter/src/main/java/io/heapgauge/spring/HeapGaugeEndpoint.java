/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.spring;

import io.heapgauge.CaptureException;
import io.heapgauge.CaptureFailure;
import io.heapgauge.CaptureRequest;
import io.heapgauge.HeapGauge;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.ReportJson;
import io.heapgauge.analysis.report.Trigger;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * The Actuator endpoint {@code heapgauge}: GET shows the last report, POST captures. A capture pauses the application, so
 * POST answers only where {@code management.endpoint.heapgauge.access} is {@code unrestricted}. It is a web endpoint;
 * over JMX the gauge has an MXBean of its own.
 */
@WebEndpoint(id = "heapgauge", defaultAccess = Access.READ_ONLY)
public class HeapGaugeEndpoint {
    private static final String JSON = "application/json";

    private final HeapGauge gauge;

    /**
     * An endpoint over a gauge.
     *
     * @param gauge the gauge, closed by its owner
     */
    public HeapGaugeEndpoint(HeapGauge gauge) {
        this.gauge = gauge;
    }

    /**
     * The last report.
     *
     * @return 200 and the report as JSON, or 404 and a message while there is none
     */
    @ReadOperation(produces = JSON)
    public WebEndpointResponse<String> report() {
        return gauge.lastReport()
                .map(HeapGaugeEndpoint::answer)
                .orElseGet(() ->
                        new WebEndpointResponse<>(EndpointJson.noReport(gauge), WebEndpointResponse.STATUS_NOT_FOUND));
    }

    /**
     * Captures and analyses now, waiting for the report.
     *
     * @param label 1 to 64 of the characters A-Z a-z 0-9 _ -, or null
     * @return 200 and the report as JSON; 400 for a label that is not accepted, 429 when a limit forbids the capture, 503
     *     when it was cancelled and 500 when it failed, each with a message
     */
    @WriteOperation(produces = JSON)
    public WebEndpointResponse<String> capture(@Nullable String label) {
        CaptureRequest request;
        try {
            request = new CaptureRequest(Trigger.HTTP, label, false);
        } catch (IllegalArgumentException e) {
            return new WebEndpointResponse<>(
                    EndpointJson.badRequest(gauge, String.valueOf(e.getMessage())),
                    WebEndpointResponse.STATUS_BAD_REQUEST);
        }
        try {
            return answer(gauge.capture(request));
        } catch (CaptureException e) {
            return answer(e.failure());
        }
    }

    private static WebEndpointResponse<String> answer(HeapReport report) {
        return new WebEndpointResponse<>(ReportJson.toJson(report));
    }

    private static WebEndpointResponse<String> answer(CaptureFailure failure) {
        int status = switch (failure.outcome()) {
            case REFUSED -> WebEndpointResponse.STATUS_TOO_MANY_REQUESTS;
            case CANCELLED -> WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE;
            default -> WebEndpointResponse.STATUS_INTERNAL_SERVER_ERROR;
        };
        return new WebEndpointResponse<>(EndpointJson.failure(failure), status);
    }
}

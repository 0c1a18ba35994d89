/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.spring;

import io.heapgauge.CaptureException;
import io.heapgauge.CaptureFailure;
import io.heapgauge.CaptureMode;
import io.heapgauge.CaptureRequest;
import io.heapgauge.HeapGauge;
import io.heapgauge.analysis.report.ReportJson;
import io.heapgauge.analysis.report.Trigger;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.util.MimeTypeUtils;

/**
 * The Actuator endpoint {@code heapgauge}: GET shows the last report, POST captures. A capture pauses the application, so
 * POST answers only where {@code management.endpoint.heapgauge.access} is {@code unrestricted}. It is a web endpoint;
 * over JMX the gauge has an MXBean of its own.
 */
@WebEndpoint(id = "heapgauge", defaultAccess = Access.READ_ONLY)
public class HeapGaugeEndpoint {
    private static final String JSON = "application/json";

    private final HeapGauge gauge;
    private final EndpointViews views;

    /**
     * An endpoint over a gauge.
     *
     * @param gauge the gauge, closed by its owner
     */
    public HeapGaugeEndpoint(HeapGauge gauge) {
        this.gauge = gauge;
        views = new EndpointViews(gauge);
    }

    /**
     * The last report of a full capture, or of quick mode as long as there is none.
     *
     * @return 200 and the report as JSON, or 404 and a message while there is none
     */
    @ReadOperation(produces = JSON)
    public WebEndpointResponse<String> report() {
        return views.answer(EndpointViews.REPORT);
    }

    /**
     * A part of what is known, or all of it as a page.
     *
     * @param view {@code report}, {@code quick}, {@code types}, {@code roots}, {@code growth}, {@code captures}, {@code state}
     *     or {@code dashboard}
     * @return 200 and JSON, of {@code dashboard} HTML; 404 and a message for another view, or while there is no report
     */
    @ReadOperation(produces = {JSON, MimeTypeUtils.TEXT_HTML_VALUE})
    public WebEndpointResponse<String> view(@Selector String view) {
        return views.answer(view);
    }

    /**
     * Captures and analyses now, waiting for the report.
     *
     * @param user who asks, for the audit line
     * @param label 1 to 64 of the characters A-Z a-z 0-9 _ -, or null
     * @param mode {@code full} or {@code quick}; null is full
     * @return 200 and the report as JSON; 400 for a label that is not accepted, 429 when a limit forbids the capture, 503
     *     when it was cancelled and 500 when it failed, each with a message
     */
    @WriteOperation(produces = JSON)
    public WebEndpointResponse<String> capture(SecurityContext user, @Nullable String label, @Nullable String mode) {
        CaptureRequest request;
        try {
            Principal principal = user.getPrincipal();
            request = new CaptureRequest(
                    Trigger.HTTP, label, false, mode(mode), principal == null ? null : principal.getName());
        } catch (IllegalArgumentException e) {
            return EndpointViews.json(
                    EndpointJson.badRequest(gauge, String.valueOf(e.getMessage())),
                    WebEndpointResponse.STATUS_BAD_REQUEST);
        }
        try {
            return EndpointViews.json(ReportJson.toJson(gauge.capture(request)));
        } catch (CaptureException e) {
            return answer(e.failure());
        }
    }

    private static CaptureMode mode(@Nullable String text) {
        if (text == null || text.equals(CaptureMode.FULL.id())) {
            return CaptureMode.FULL;
        }
        if (text.equals(CaptureMode.QUICK.id())) {
            return CaptureMode.QUICK;
        }
        throw new IllegalArgumentException("mode not accepted: use full or quick");
    }

    private static WebEndpointResponse<String> answer(CaptureFailure failure) {
        int status = switch (failure.outcome()) {
            case REFUSED -> WebEndpointResponse.STATUS_TOO_MANY_REQUESTS;
            case CANCELLED -> WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE;
            default -> WebEndpointResponse.STATUS_INTERNAL_SERVER_ERROR;
        };
        return EndpointViews.json(EndpointJson.failure(failure), status);
    }
}

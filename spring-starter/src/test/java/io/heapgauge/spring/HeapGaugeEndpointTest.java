/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.HeapGauge;
import io.heapgauge.analysis.report.Trigger;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HeapGaugeEndpointTest {
    private static final String UNRESTRICTED = "management.endpoint.heapgauge.access=unrestricted";
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path temporary;

    @Test
    void it_says_that_there_is_no_report_before_the_first() throws Exception {
        try (ConfigurableApplicationContext service = start()) {
            HttpResponse<String> answer = get(service);
            assertThat(answer.statusCode()).isEqualTo(404);
            assertJson(answer);
            assertThat(JSON.readTree(answer.body()).get("outcome").asString()).isEqualTo("no-report");
        }
    }

    @Test
    void it_shows_the_last_report() throws Exception {
        try (ConfigurableApplicationContext service = start()) {
            service.getBean(HeapGauge.class).capture();
            HttpResponse<String> answer = get(service);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertJson(answer);
            JsonNode report = JSON.readTree(answer.body());
            assertThat(report.at("/capture/gauge").asString()).isEqualTo("endpoint-test");
            assertThat(report.at("/types").size()).isPositive();
        }
    }

    @Test
    void each_part_of_what_is_known_has_a_view_of_its_own() throws Exception {
        try (ConfigurableApplicationContext service = start()) {
            assertThat(JSON.readTree(get(service, "/state").body())
                            .get("lastFullReport")
                            .isNull())
                    .isTrue();
            assertThat(get(service, "/types").statusCode()).isEqualTo(404);
            HeapGauge gauge = service.getBean(HeapGauge.class);
            gauge.capture();
            JsonNode report = view(service, "/report");
            assertThat(report).isEqualTo(JSON.readTree(get(service).body()));
            assertThat(view(service, "/types").get("types").size())
                    .isEqualTo(report.get("types").size());
            assertThat(view(service, "/roots").get("roots")).isEqualTo(report.get("roots"));
            assertThat(view(service, "/growth").get("growth")).isEqualTo(report.get("growth"));
            assertThat(view(service, "/captures").at("/captures/0/capture")).isEqualTo(report.get("capture"));
            JsonNode state = view(service, "/state");
            assertThat(state.get("state").asString()).isEqualTo("idle");
            assertThat(state.get("lastFullReport")).isEqualTo(report.at("/capture/startedAt"));
            assertThat(state.get("lastFailure").isNull()).isTrue();
            assertThat(get(service, "/quick").statusCode()).isEqualTo(404);
            gauge.quick();
            assertThat(view(service, "/quick").at("/capture/engine").asString()).contains("histogram");
        }
    }

    @Test
    void another_view_is_answered_with_those_there_are() throws Exception {
        try (ConfigurableApplicationContext service = start()) {
            for (String path : List.of("/nothing", "/..%2Freport", "/%3Cscript%3E", "/report/x")) {
                HttpResponse<String> answer = get(service, path);
                assertThat(answer.statusCode()).as(path).isIn(400, 404);
                assertThat(answer.body()).as(path).doesNotContain("<script>");
            }
            assertThat(JSON.readTree(get(service, "/nothing").body())
                            .get("message")
                            .asString())
                    .contains("report, full, quick, types, roots, growth, captures, state, dashboard");
        }
    }

    @Test
    void the_dashboard_is_a_page_even_before_the_first_report() throws Exception {
        try (ConfigurableApplicationContext service = start()) {
            HttpResponse<String> waiting = get(service, "/dashboard");
            assertThat(waiting.statusCode()).isEqualTo(200);
            assertThat(waiting.headers().firstValue("Content-Type").orElse("")).isEqualTo("text/html;charset=UTF-8");
            assertThat(waiting.body()).contains("no report yet").contains("endpoint-test");
            service.getBean(HeapGauge.class).capture();
            HttpResponse<String> page = get(service, "/dashboard");
            assertThat(page.headers().firstValue("Content-Type").orElse("")).isEqualTo("text/html;charset=UTF-8");
            assertThat(page.body()).contains("\"live\":\"state\"").contains("<title>heapgauge endpoint-test</title>");
        }
    }

    @Test
    void by_default_it_answers_no_write() throws Exception {
        try (ConfigurableApplicationContext service = start()) {
            assertThat(post(service, "{}").statusCode()).isEqualTo(405);
            assertThat(service.getBean(HeapGauge.class).lastReport()).isEmpty();
        }
    }

    @Test
    void it_is_not_there_unless_it_is_exposed() throws Exception {
        try (ConfigurableApplicationContext service = start("management.endpoints.web.exposure.include=health")) {
            assertThat(get(service).statusCode()).isEqualTo(404);
            assertThat(service.getBeansOfType(HeapGaugeEndpoint.class)).isEmpty();
        }
    }

    @Test
    void a_write_captures_with_the_label_where_access_is_unrestricted() throws Exception {
        try (ConfigurableApplicationContext service = start(UNRESTRICTED)) {
            HttpResponse<String> answer = post(service, "{\"label\":\"before-deploy\"}");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertJson(answer);
            JsonNode report = JSON.readTree(answer.body());
            assertThat(report.at("/capture/label").asString()).isEqualTo("before-deploy");
            assertThat(report.at("/capture/trigger").asString()).isEqualTo("http");
            assertThat(service.getBean(HeapGauge.class)
                            .lastReport()
                            .orElseThrow()
                            .capture()
                            .trigger())
                    .isEqualTo(Trigger.HTTP);
        }
    }

    @Test
    void a_write_needs_no_label() throws Exception {
        try (ConfigurableApplicationContext service = start(UNRESTRICTED)) {
            HttpResponse<String> answer = post(service, "{}");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(JSON.readTree(answer.body()).at("/capture/label").isNull())
                    .isTrue();
        }
    }

    @Test
    void a_form_on_a_foreign_web_page_cannot_ask_for_a_capture() throws Exception {
        try (ConfigurableApplicationContext service = start(UNRESTRICTED)) {
            assertThat(send(HttpRequest.newBuilder(endpoint(service))
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .POST(BodyPublishers.ofString("label=x")))
                            .statusCode())
                    .isEqualTo(415);
            assertThat(service.getBean(HeapGauge.class).lastReport()).isEmpty();
        }
    }

    @Test
    void a_label_that_could_be_a_path_is_a_bad_request() throws Exception {
        try (ConfigurableApplicationContext service = start(UNRESTRICTED)) {
            HttpResponse<String> answer = post(service, "{\"label\":\"../../etc/passwd\"}");
            assertThat(answer.statusCode()).isEqualTo(400);
            assertJson(answer);
            assertThat(answer.body()).contains("label not accepted").doesNotContain("passwd");
        }
    }

    @Test
    void a_capture_too_soon_after_another_is_refused_with_429_and_a_reason() throws Exception {
        try (ConfigurableApplicationContext service = start(UNRESTRICTED, "heapgauge.minimum-interval=1h")) {
            assertThat(post(service, "{}").statusCode()).isEqualTo(200);
            HttpResponse<String> answer = post(service, "{}");
            assertThat(answer.statusCode()).isEqualTo(429);
            assertJson(answer);
            JsonNode refusal = JSON.readTree(answer.body());
            assertThat(refusal.get("outcome").asString()).isEqualTo("refused");
            assertThat(refusal.get("message").asString()).isNotBlank();
            assertThat(refusal.get("trigger").asString()).isEqualTo("http");
        }
    }

    private ConfigurableApplicationContext start(String... settings) {
        Map<String, Object> properties = new HashMap<>(Map.of(
                "server.port", "0",
                "server.address", "127.0.0.1",
                "spring.main.banner-mode", "off",
                "spring.application.name", "endpoint-test",
                "management.endpoints.web.exposure.include", "heapgauge",
                "heapgauge.minimum-interval", "0s",
                "heapgauge.directory", temporary.resolve("dumps")));
        for (String setting : settings) {
            properties.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        SpringApplication application = new SpringApplication(OpenService.class);
        application.setDefaultProperties(properties);
        return application.run();
    }

    private static HttpResponse<String> get(ConfigurableApplicationContext service)
            throws IOException, InterruptedException {
        return get(service, "");
    }

    private static HttpResponse<String> get(ConfigurableApplicationContext service, String view)
            throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(endpoint(service) + view)).GET());
    }

    private static JsonNode view(ConfigurableApplicationContext service, String view)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = get(service, view);
        assertThat(answer.statusCode()).as(view).isEqualTo(200);
        assertJson(answer);
        return JSON.readTree(answer.body());
    }

    private static HttpResponse<String> post(ConfigurableApplicationContext service, String body)
            throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(endpoint(service))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
    }

    private static URI endpoint(ConfigurableApplicationContext service) {
        String port = service.getEnvironment().getRequiredProperty("local.server.port");
        return URI.create("http://127.0.0.1:" + port + "/actuator/heapgauge");
    }

    private static void assertJson(HttpResponse<String> answer) {
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
    }
}

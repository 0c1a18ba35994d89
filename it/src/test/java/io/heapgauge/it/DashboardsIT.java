/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The Grafana dashboard, the alerts and the scrape example of {@code docs/} with a real Prometheus that scrapes the running
 * demo. What takes half an hour in production takes seconds here: only {@code for:} and the interval of scraping are shortened.
 */
@Tag("once")
class DashboardsIT {
    private static final Path DOCS =
            Path.of(System.getProperty("heapgauge.docs")).toAbsolutePath();
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @TempDir
    static Path directory;

    private static ForkedJvm demo;
    private static String target;
    private static PrometheusServer prometheus;

    @BeforeAll
    static void startBoth() throws Exception {
        String program = Programs.require("prometheus");
        demo = ForkedJvm.start(
                Jdk.all().get(0),
                directory,
                List.of(
                        "-Xmx200m",
                        "-jar",
                        System.getProperty("heapgauge.demo.jar"),
                        "--server.port=0",
                        "--demo.sessions.restored=70000",
                        "--demo.first-capture-after=1s",
                        "--heapgauge.every=3s",
                        "--heapgauge.minimum-interval=2s"));
        String address = demo.awaitLine("  curl -s http://127.0.0.1:");
        target = "127.0.0.1:" + address.substring(0, address.indexOf('/'));
        Files.writeString(
                directory.resolve("alerts.yml"),
                Files.readString(DOCS.resolve("prometheus/alerts.yml")).replaceAll("for: \\d+m", "for: 1s"));
        Path scrape = directory.resolve("scrape.yml");
        Files.writeString(
                scrape,
                "global:\n  evaluation_interval: 1s\n"
                        + Files.readString(DOCS.resolve("prometheus/scrape.yml"))
                                .replace("scrape_interval: 30s", "scrape_interval: 1s")
                                .replace("127.0.0.1:8080", target));
        prometheus = PrometheusServer.start(program, scrape, directory);
        // a wish too soon after a capture is refused: something for the alert on captures that do not succeed
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(300)).until(() -> {
            demo.signal("USR1");
            return scraped().contains("outcome=\"refused\",trigger=\"signal\"");
        });
    }

    private static String scraped() throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://" + target + "/actuator/prometheus"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    @AfterAll
    static void stopBoth() throws Exception {
        if (prometheus != null) {
            prometheus.close();
        }
        if (demo != null) {
            demo.close();
        }
    }

    @Test
    void every_expression_of_the_dashboard_answers_with_data() {
        JsonNode dashboard =
                new JsonMapper().readTree(DOCS.resolve("grafana/heapgauge.json").toFile());
        List<String> expressions = new ArrayList<>();
        for (JsonNode panel : dashboard.get("panels")) {
            for (JsonNode query : panel.path("targets")) {
                expressions.add(query.get("expr")
                        .asString()
                        .replace("$application", "demo")
                        .replace("$instance", target)
                        .replace("$__rate_interval", "1m"));
            }
        }
        assertThat(expressions).hasSizeGreaterThan(12);
        expressions.forEach(DashboardsIT::answersWithData);
        for (JsonNode variable : dashboard.at("/templating/list")) {
            String query = variable.at("/query/query").asString();
            answersWithData(query.substring("label_values(".length(), query.lastIndexOf(','))
                    .replace("$application", "demo"));
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void every_alert_has_data_to_judge_by() throws Exception {
        Map<String, List<Map<String, Object>>> alerts =
                new Yaml().load(Files.readString(DOCS.resolve("prometheus/alerts.yml")));
        List<Map<String, Object>> rules =
                (List<Map<String, Object>>) alerts.get("groups").get(0).get("rules");
        assertThat(rules).hasSize(6);
        for (Map<String, Object> rule : rules) {
            String expression = rule.get("expr").toString().strip();
            assertThat(expression).containsPattern(" > [0-9.]+$");
            answersWithData(expression.substring(0, expression.lastIndexOf(" > ")));
        }
    }

    private static void answersWithData(String expression) {
        await(expression)
                .atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(prometheus.query(expression)).as(expression).isNotEmpty());
    }

    @Test
    void promtool_finds_nothing_to_say_about_them() throws Exception {
        String promtool = Programs.require("promtool");
        assertThat(Programs.run(
                        directory,
                        promtool,
                        "check",
                        "config",
                        DOCS.resolve("prometheus/scrape.yml").toString()))
                .contains("SUCCESS: 6 rules found");
        String ours = scraped()
                .lines()
                .filter(line -> line.contains("heapgauge_"))
                .filter(line -> !line.startsWith("application_"))
                .collect(Collectors.joining("\n", "", "\n"));
        assertThat(ours).contains("heapgauge_root_owned_bytes{root=\"sessions\"}");
        Path metrics = Files.writeString(directory.resolve("metrics.txt"), ours);
        assertThat(Programs.run(directory, "sh", "-c", promtool + " check metrics < " + metrics))
                .isEmpty();
    }

    private static List<String> names(JsonNode alerts, String state) {
        return StreamSupport.stream(alerts.spliterator(), false)
                .filter(alert -> alert.get("state").asString().equals(state))
                .map(alert -> alert.at("/labels/alertname").asString() + " "
                        + alert.at("/labels/root").asString(""))
                .map(String::strip)
                .toList();
    }

    @Test
    void alerts_fire_on_the_cache_that_leaks_and_on_captures_that_are_refused() throws Exception {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(names(prometheus.alerts(), "firing"))
                        .contains(
                                "HeapgaugeRootOverBudget sessions",
                                "HeapgaugeRootGrows sessions",
                                "HeapgaugeTypeGrows",
                                "HeapgaugeCaptureFailing"));
        assertThat(names(prometheus.alerts(), "firing")).doesNotContain("HeapgaugeReportOld");
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmc.common.item.IItem;
import org.openjdk.jmc.common.item.IItemCollection;
import org.openjdk.jmc.common.item.IType;
import org.openjdk.jmc.common.item.ItemFilters;
import org.openjdk.jmc.common.unit.UnitLookup;
import org.openjdk.jmc.flightrecorder.JfrLoaderToolkit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The demo as the README's run command starts it: what the console says, the endpoints, the signal, and its end. */
class DemoRunIT {
    private static final String ENDPOINT = "/actuator/heapgauge";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String SOON = "--demo.first-capture-after=2s";
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    static Path shared;

    private static ForkedJvm demo;
    private static String port;

    @BeforeAll
    static void startTheDemo() throws Exception {
        demo = start(shared, SOON, "--heapgauge.minimum-interval=0s", "--heapgauge.every=1h");
        String address = awaitFirstReport(demo);
        port = address.substring(0, address.indexOf('/'));
    }

    @AfterAll
    static void stopTheDemo() throws Exception {
        demo.close();
    }

    @Test
    void the_console_shows_types_root_sizes_and_where_to_look() {
        assertThat(demo.output())
                .containsPattern("(?m)^ *Index +Count +% +Size +% +Cum +Max +Kind *$")
                .contains("sessions owns", "products owns", "prices owns")
                .containsPattern("(?m)^ *sessions +measured +\\d{7,}")
                .containsPattern("(?m)^ *products +measured +\\d{5,}")
                .containsPattern("(?m)^ *prices +measured +\\d{4,}")
                .contains("kill -USR1 " + demo.pid())
                .doesNotContain("Exception");
    }

    @Test
    void the_actuator_answers_with_the_report_and_its_roots() throws Exception {
        HttpResponse<String> answer = get(ENDPOINT);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        JsonNode report = JSON.readTree(answer.body());
        assertThat(report.at("/capture/gauge").asString()).isEqualTo("demo");
        assertThat(report.at("/capture/jvm/pid").asLong()).isEqualTo(demo.pid());

        JsonNode sessions = root(report, "sessions");
        assertThat(sessions.get("state").asString()).isEqualTo("measured");
        assertThat(objectsOfType(sessions.get("owned"), "io.heapgauge.it.demo.Session"))
                .isGreaterThanOrEqualTo(20_000);
        assertThat(sessions.at("/owned/bytes").asLong()).isGreaterThan(20_000 * 400);
        assertThat(sessions.at("/retained/bytes").asLong()).isGreaterThan(20_000 * 400);
        assertThat(report.get("retainers").size()).isEqualTo(1_000);
        assertThat(sessions.at("/reachable/bytes").asLong())
                .isGreaterThanOrEqualTo(sessions.at("/owned/bytes").asLong());

        JsonNode products = root(report, "products");
        assertThat(products.get("state").asString()).isEqualTo("measured");
        assertThat(objectsOfType(products.get("owned"), "io.heapgauge.it.demo.Product"))
                .isBetween(1L, 6_000L);
        assertThat(root(report, "prices").at("/owned/bytes").asLong()).isPositive();
    }

    @Test
    void prometheus_scrapes_type_and_root_sizes() throws Exception {
        PrometheusText text = PrometheusText.scrape(uri("/actuator/prometheus"));
        assertThat(text.value("heapgauge_type_size_bytes", Map.of("type", "byte[]"))
                        .orElseThrow())
                .isPositive();
        assertThat(text.value("heapgauge_type_size_bytes", Map.of("type", "other"))
                        .orElseThrow())
                .isPositive();
        assertThat(text.value("heapgauge_root_owned_bytes", Map.of("root", "sessions"))
                        .orElseThrow())
                .isPositive();
        assertThat(text.value("heapgauge_root_retained_bytes", Map.of("root", "sessions"))
                        .orElseThrow())
                .isPositive();
        assertThat(text.value("heapgauge_root_owned_bytes", Map.of("root", "products"))
                        .orElseThrow())
                .isPositive();
        assertThat(text.value("heapgauge_root_reachable_bytes", Map.of("root", "prices"))
                        .orElseThrow())
                .isPositive();
    }

    @Test
    void a_post_captures_again_and_the_session_cache_has_grown() throws Exception {
        long before = sessions(JSON.readTree(get(ENDPOINT).body()));
        HttpResponse<String> answer = post(ENDPOINT, "{\"label\":\"from-the-test\"}");
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode report = JSON.readTree(answer.body());
        assertThat(report.at("/capture/trigger").asString()).isEqualTo("http");
        assertThat(report.at("/capture/label").asString()).isEqualTo("from-the-test");
        assertThat(sessions(report)).isGreaterThan(before);
    }

    @Test
    void the_signal_captures_too() throws Exception {
        demo.signal("USR1");
        await().atMost(LIMIT).until(() -> demo.output().contains("asked for by signal"));
    }

    @Test
    void stopping_it_leaves_no_dump(@TempDir Path directory) throws Exception {
        try (ForkedJvm stopped = start(directory, SOON)) {
            awaitFirstReport(stopped);
            stopped.signal("TERM");
            assertThat(stopped.awaitExit()).isEqualTo(143);
            assertThat(dumpsAndScratch(directory)).isEmpty();
        }
    }

    @Test
    void once_ends_it_after_the_first_report_with_a_recording_to_read(@TempDir Path directory) throws Exception {
        try (ForkedJvm once = start(directory, SOON, "--once", "--demo.report-limit=110s")) {
            // beside the demo that is under load already
            assertThat(once.awaitExit(Duration.ofMinutes(2))).as(once.output()).isZero();
            assertThat(once.output()).contains("sessions owns").contains("Flight recording");
            assertThat(dumpsAndScratch(directory)).isEmpty();
            assertThat(RecordingFile.readAllEvents(directory.resolve("heapgauge-demo.jfr")))
                    .filteredOn(event -> event.getEventType().getName().equals("io.heapgauge.RootSize"))
                    .extracting(event -> event.getString("root"))
                    .contains("sessions", "products", "prices");
            readByMissionControl(directory.resolve("heapgauge-demo.jfr"));
        }
    }

    private static void readByMissionControl(Path recording) throws Exception {
        IItemCollection events =
                JfrLoaderToolkit.loadEvents(recording.toFile()).apply(ItemFilters.type("io.heapgauge.RootSize"));
        assertThat(events.hasItems()).isTrue();
        IType<IItem> type = events.iterator().next().getType();
        assertThat(type.getName()).isEqualTo("Heap Root");
        assertThat(type.getAccessorKeys().keySet())
                .filteredOn(key -> key.getIdentifier().equals("ownedBytes"))
                .singleElement()
                .satisfies(key -> assertThat(key.getContentType()).isEqualTo(UnitLookup.MEMORY));
    }

    @Test
    void without_a_report_in_time_once_says_so_and_fails(@TempDir Path directory) throws Exception {
        try (ForkedJvm once = start(directory, "--once", "--demo.first-capture-after=1h", "--demo.report-limit=3s")) {
            assertThat(once.awaitExit()).isEqualTo(1);
            assertThat(once.output()).contains("no report within 3 s");
            assertThat(directory.resolve("heapgauge-demo.jfr")).doesNotExist();
        }
    }

    private static ForkedJvm start(Path directory, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("-jar", System.getProperty("heapgauge.demo.jar"), "--server.port=0"));
        command.addAll(List.of(arguments));
        return ForkedJvm.start(Jdk.all().get(0), directory, command);
    }

    /** Waits for the first of the commands that follow the first report, and returns port and path from it. */
    private static String awaitFirstReport(ForkedJvm process) {
        return process.awaitLine("  curl -s http://127.0.0.1:");
    }

    private static List<Path> dumpsAndScratch(Path temporary) throws IOException {
        try (Stream<Path> files = Files.walk(temporary)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getParent().equals(temporary))
                    .filter(file -> temporary.relativize(file).toString().startsWith("heapgauge-"))
                    .toList();
        }
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    private static HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request.timeout(LIMIT).build(), BodyHandlers.ofString());
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static long sessions(JsonNode report) {
        return objectsOfType(root(report, "sessions").get("owned"), "io.heapgauge.it.demo.Session");
    }

    private static JsonNode root(JsonNode report, String name) {
        return named(report.get("roots"), "name", name);
    }

    private static long objectsOfType(JsonNode walk, String type) {
        return named(walk.get("types"), "type", type).get("objects").asLong();
    }

    private static JsonNode named(JsonNode rows, String field, String value) {
        return StreamSupport.stream(rows.spliterator(), false)
                .filter(row -> row.get(field).asString().equals(value))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row with " + field + " " + value + " in " + rows));
    }
}

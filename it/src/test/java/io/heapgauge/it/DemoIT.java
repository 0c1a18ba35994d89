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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import javax.management.Notification;
import javax.management.ObjectName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The demo service as people start it, asked over HTTP. */
@Tag("once")
class DemoIT {
    private static final ObjectName GAUGE = JmxClient.gauge("demo");
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(60);
    private static final int NEW_SESSIONS = 300;

    @TempDir
    Path directory;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(REQUEST_LIMIT).build();

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.heapgauge.it.Jdk#all")
    void a_capture_by_actuator_reaches_metrics_recording_and_subscribers(Jdk jdk) throws Exception {
        int port = Ports.free();
        try (ForkedJvm demo = startDemo(jdk, port);
                JmxClient jmx = connected(demo)) {
            Queue<Notification> notifications = jmx.subscribe(GAUGE);

            HttpResponse<String> before = get(port, "/actuator/heapgauge");
            HttpResponse<String> first = capture(port, "by-http");

            assertThat(before.statusCode()).isEqualTo(404);
            assertThat(first.statusCode()).isEqualTo(200);
            assertThat(first.body()).contains("\"by-http\"", "\"http\"", "\"sessions\"", "\"prices\"");
            double sessionsBefore = ownedSessions(port);
            assertThat(PrometheusText.scrape(uri(port, "/actuator/prometheus"))
                            .value("heapgauge_type_size_bytes", Map.of("type", "byte[]")))
                    .isPresent();
            await().atMost(REQUEST_LIMIT).until(() -> notifications.size() >= 2);
            assertThat(notifications)
                    .extracting(Notification::getType)
                    .contains("heapgauge.capture.started", "heapgauge.capture.finished");

            for (int i = 0; i < NEW_SESSIONS; i++) {
                assertThat(post(port, "/sessions?user=it-" + i).statusCode()).isEqualTo(201);
            }
            assertThat(capture(port, "once-more").statusCode()).isEqualTo(200);

            // a session is made of more than ten objects
            assertThat(ownedSessions(port)).isGreaterThan(sessionsBefore + 10 * NEW_SESSIONS);
            assertThat(get(port, "/actuator/heapgauge").statusCode()).isEqualTo(200);
            assertRecorded(jdk, demo);
        }
    }

    private void assertRecorded(Jdk jdk, ForkedJvm demo) throws IOException, InterruptedException {
        Path file = directory.resolve("demo.jfr");
        ForkedJvm.run(jdk.command("jcmd"), Long.toString(demo.pid()), "JFR.dump", "name=demo", "filename=" + file);
        FlightFile recording = new FlightFile(file);
        assertThat(recording.print(jdk, "Capture"))
                .hasSize(2)
                .allSatisfy(event -> assertThat(event).contains("trigger = \"http\"", "gauge = \"demo\""));
        assertThat(recording.print(jdk, "RootSize"))
                .hasSize(6)
                .anySatisfy(event -> assertThat(event)
                        .contains("root = \"sessions\"")
                        .containsPattern("ownedBytes = [\\d.]+ [kM]B"));
        assertThat(recording.print(jdk, "TypeSummary")).hasSize(102);
    }

    private ForkedJvm startDemo(Jdk jdk, int port) throws IOException {
        return ForkedJvm.start(
                jdk,
                directory,
                List.of(
                        "-jar",
                        System.getProperty("heapgauge.demo.jar"),
                        "--server.port=" + port,
                        "--demo.sessions.restored=2000",
                        "--demo.visits-per-second=2",
                        "--demo.first-capture-after=1h",
                        "--heapgauge.every=1h",
                        "--heapgauge.minimum-interval=0s",
                        "--heapgauge.analysis.cpu-share=1",
                        "--heapgauge.directory=" + directory.resolve("dumps")));
    }

    private static JmxClient connected(ForkedJvm demo) throws Exception {
        demo.awaitLine("First capture in");
        return JmxClient.attach(demo.pid());
    }

    private static double ownedSessions(int port) throws IOException {
        return PrometheusText.scrape(uri(port, "/actuator/prometheus"))
                .value("heapgauge_root_objects", Map.of("root", "sessions", "measure", "owned"))
                .orElseThrow();
    }

    private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return http.send(request(port, path).GET().build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(int port, String path) throws IOException, InterruptedException {
        return http.send(request(port, path).POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> capture(int port, String label) throws IOException, InterruptedException {
        HttpRequest request = request(port, "/actuator/heapgauge")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"label\": \"" + label + "\"}"))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(uri(port, path)).timeout(REQUEST_LIMIT);
    }

    private static URI uri(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}

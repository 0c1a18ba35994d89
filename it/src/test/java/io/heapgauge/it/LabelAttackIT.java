/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.management.MBeanException;
import javax.management.RuntimeMBeanException;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels and requests that try to leave the dump directory, to forge a line of a log, or to bring the service down. */
class LabelAttackIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Labels that must be refused by both ways in. */
    private static final List<String> LABELS = List.of(
            "..",
            "../escaped",
            "../../../../tmp/escaped",
            "..\\escaped",
            "/etc/passwd",
            "/tmp/escaped",
            "C:\\windows\\escaped",
            "\\\\server\\share",
            "a/b",
            "a\\b",
            "a%2fb",
            "%2e%2e%2fescaped",
            "%00",
            "nul\u0000byte",
            "new\nline",
            "carriage\rreturn",
            "tab\tstop",
            "esc\u001b[31mred",
            "right\u202eleft",
            "line\u2028separator",
            "\uff0e\uff0e\uff0fescaped",
            "\u2024\u2024/escaped",
            "caf\u00e9",
            "\ud83d\ude00",
            "with space",
            " leading",
            "trailing ",
            "a;rm -rf",
            "$(id)",
            "`id`",
            "${jndi:ldap://127.0.0.1/a}",
            "a|b",
            "a*b",
            "a?b",
            "~root",
            "{0}",
            "%s%n",
            "<script>",
            "a.hprof",
            "COM1:",
            "x".repeat(65),
            "x".repeat(1_000_000));

    @TempDir
    Path directory;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(LIMIT).build();

    @Test
    void none_of_them_escapes_and_all_are_answered() throws Exception {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("canary.hprof"), "untouched");
        int port = Ports.free();
        int answered = 0;
        try (ForkedJvm demo = startDemo(port)) {
            demo.awaitLine("First capture in");
            try (JmxClient jmx = JmxClient.attach(demo.pid())) {
                Map<String, Long> before = tree();
                for (String label : LABELS) {
                    refusedOverJmx(jmx, "capture", label);
                    refusedOverJmx(jmx, "dump", label);
                    HttpResponse<String> answer = post(port, json(label));
                    assertThat(answer.statusCode()).as(shown(label)).isBetween(400, 499);
                    assertThat(answer.body())
                            .as(shown(label))
                            .contains("message")
                            .doesNotContain("escaped");
                    answered++;
                }
                answered += oddRequests(port);
                assertThat(answered).isGreaterThanOrEqualTo(50);
                assertThat(tree()).as("files").isEqualTo(before);

                swapped(jmx, outside);

                assertThat(demo.isAlive()).isTrue();
                assertThat(post(port, "{\"label\":\"sound-Label_1\"}").statusCode())
                        .isEqualTo(200);
                assertThat(jmx.invoke(JmxClient.gauge("demo"), "capture", ""))
                        .asString()
                        .contains("Heap of");
            }
            assertThat(demo.output())
                    .as("no line of the log begins with what a label says")
                    .doesNotContain("\nline");
        }
        assertThat(outside.resolve("canary.hprof")).content().isEqualTo("untouched");
        try (Stream<Path> files = Files.list(outside)) {
            assertThat(files).hasSize(1);
        }
    }

    private static void refusedOverJmx(JmxClient jmx, String operation, String label) {
        assertThatThrownBy(() -> jmx.invoke(JmxClient.gauge("demo"), operation, label))
                .as(operation + " " + shown(label))
                .isInstanceOfAny(RuntimeMBeanException.class, MBeanException.class)
                .rootCause()
                .isInstanceOfAny(IllegalArgumentException.class, IllegalStateException.class)
                .message()
                .satisfies(message -> assertThat(message)
                        .containsAnyOf("label not accepted", "keeping dumps is not allowed")
                        .doesNotContain("escaped"));
    }

    /** Requests that are odd in other ways; returns how many. */
    private int oddRequests(int port) throws Exception {
        for (String nothing : List.of("", "null", "{}")) {
            assertThat(post(port, nothing).statusCode())
                    .as("a body that asks for nothing special")
                    .isEqualTo(200);
        }
        List<String> bodies = List.of(
                "{",
                "[]",
                "\"label\"",
                "{\"label\":{\"a\":1}}",
                "{\"label\":[\"..\"]}",
                "{\"mode\":\"../quick\"}",
                "{\"mode\":\"QUICK\"}",
                "{\"path\":\"/tmp/escaped\",\"label\":\"..\"}",
                "{\"user\":\"root\",\"label\":\"..\"}",
                "{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000));
        SoftAssertions all = new SoftAssertions();
        for (String body : bodies) {
            HttpResponse<String> answer = post(port, body);
            all.assertThat(answer.statusCode())
                    .as("body '" + shown(body) + "': " + shown(answer.body()))
                    .isBetween(400, 499);
        }
        all.assertAll();
        List<String> paths = List.of(
                "/actuator/heapgauge/../env",
                "/actuator/heapgauge/..%2f..%2fetc%2fpasswd",
                "/actuator/heapgauge/%2e%2e/%2e%2e/etc/passwd",
                "/actuator/heapgauge/kept",
                "/actuator/heapgauge;x=../..",
                "/actuator/heapgauge%00");
        for (String path : paths) {
            assertThat(raw(port, "GET " + path + " HTTP/1.1")).as(path).containsPattern("^HTTP/1.1 4\\d\\d");
        }
        assertThat(raw(port, "DELETE /actuator/heapgauge HTTP/1.1")).containsPattern("^HTTP/1.1 4\\d\\d");
        assertThat(raw(port, "TRACE /actuator/heapgauge HTTP/1.1")).containsPattern("^HTTP/1.1 4\\d\\d");
        return bodies.size() + paths.size() + 2;
    }

    /** The directory is swapped for a link between two captures. */
    private void swapped(JmxClient jmx, Path outside) throws Exception {
        Path dumps = directory.resolve("dumps");
        Path away = Files.move(dumps, directory.resolve("away"));
        Files.createSymbolicLink(dumps, outside);
        assertThatThrownBy(() -> jmx.invoke(JmxClient.gauge("demo"), "capture", "swapped"))
                .rootCause()
                .hasMessageContaining("is a symbolic link");
        Files.delete(dumps);
        Files.move(away, dumps);
    }

    /** Everything below the test's directory, with sizes; the service's own log aside. */
    private Map<String, Long> tree() throws IOException {
        Map<String, Long> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.toList()) {
                String name = directory.relativize(file).toString();
                if (!name.contains("tomcat")
                        && !name.endsWith(".jfr")
                        && !name.contains("hsperfdata")
                        && !name.startsWith("dumps/history/demo/20")) {
                    files.put(name, Files.isRegularFile(file) ? Files.size(file) : 0);
                }
            }
        }
        return files;
    }

    private static String shown(String text) {
        return text.substring(0, Math.min(40, text.length())).replaceAll("\\p{Cntrl}", "?");
    }

    private static String json(String label) {
        StringBuilder json = new StringBuilder("{\"label\":\"");
        for (char c : label.toCharArray()) {
            if (c < 0x20 || c == '"' || c == '\\' || c > 0x7e) {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append("\"}").toString();
    }

    private HttpResponse<String> post(int port, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/heapgauge"))
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    /** A request line that no client library would send. */
    private static String raw(int port, String line) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) LIMIT.toMillis());
            socket.getOutputStream()
                    .write((line + "\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private ForkedJvm startDemo(int port) throws IOException {
        return ForkedJvm.start(
                Jdk.all().get(0),
                directory,
                new ArrayList<>(List.of(
                        "-jar",
                        System.getProperty("heapgauge.demo.jar"),
                        "--server.port=" + port,
                        "--demo.sessions.restored=100",
                        "--demo.visits-per-second=1",
                        "--demo.first-capture-after=1h",
                        "--heapgauge.every=1h",
                        "--heapgauge.analysis.cpu-share=1",
                        "--heapgauge.quick-every=1h",
                        "--heapgauge.minimum-interval=0s",
                        "--heapgauge.directory=" + directory.resolve("dumps"))));
    }
}

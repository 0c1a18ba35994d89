/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The fork engine's native part is found and loaded wherever the library is: in an executable jar, by several loaders. */
@Tag("once")
@EnabledOnOs(OS.LINUX)
class ForkLoadersIT {
    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("io.heapgauge.it.Jdk#all")
    void several_class_loaders_of_one_jvm_take_snapshots(Jdk jdk) throws Exception {
        try (ForkedJvm program = ForkedJvm.start(
                jdk,
                directory,
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        ForkOnce.class.getName(),
                        directory.toString()))) {
            assertThat(program.awaitExit()).as(program.output()).isZero();
            assertThat(program.output().lines().filter(line -> line.equals("captured by fork")))
                    .as(program.output())
                    .hasSize(3);
        }
    }

    @ParameterizedTest
    @MethodSource("io.heapgauge.it.Jdk#all")
    void an_executable_jar_takes_snapshots(Jdk jdk) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (ForkedJvm demo = ForkedJvm.start(
                jdk,
                directory,
                List.of(
                        "-jar",
                        System.getProperty("heapgauge.demo.jar"),
                        "--server.port=" + port,
                        "--demo.first-capture-after=1h",
                        "--demo.sessions.restored=500",
                        "--heapgauge.analysis.cpu-share=1",
                        "--heapgauge.every=1h",
                        "--heapgauge.engine=fork",
                        "--heapgauge.directory=" + directory.resolve("dumps")))) {
            demo.awaitLine("First capture in");
            HttpRequest capture = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/heapgauge"))
                    .header("Content-Type", "application/json")
                    .timeout(Duration.ofMinutes(1))
                    .POST(HttpRequest.BodyPublishers.ofString("{\"label\": \"forked\"}"))
                    .build();
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(capture, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).contains("\"engine\":\"fork\"", "\"sessions\"");
        }
    }
}

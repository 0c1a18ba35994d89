/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A service that runs from Spring Boot's executable jar analyses in a JVM of its own, whose jars are inside of that jar. */
@Tag("once")
class ChildAnalysisIT {
    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.heapgauge.it.Jdk#all")
    void the_demo_analyses_in_another_jvm(Jdk jdk) throws Exception {
        try (ForkedJvm demo = startDemo(jdk)) {
            demo.awaitLine("First capture in");
            try (JmxClient jmx = JmxClient.attach(demo.pid())) {
                String report = (String) jmx.invoke(JmxClient.gauge("demo"), "capture", "child");
                assertThat(report).contains("at level retained", "io.heapgauge.it.demo.SessionCache", "vm flags");
                CompositeData sessions =
                        jmx.table(JmxClient.gauge("demo"), "Roots").get("sessions");
                assertThat((Long) sessions.get("ownedBytes")).isGreaterThan(500_000);
                assertThat(copies())
                        .anyMatch(name -> name.startsWith("heapgauge-analysis"))
                        .anyMatch(name -> name.startsWith("agrona"))
                        .anyMatch(name -> name.startsWith("jackson-core"));
                await().atMost(Duration.ofSeconds(10))
                        .until(() -> ProcessHandle.of(demo.pid())
                                .orElseThrow()
                                .children()
                                .findAny()
                                .isEmpty());
                assertThat(jmx.attribute(JmxClient.gauge("demo"), "LastError")).isNull();
            }
        }
    }

    private List<String> copies() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("dumps"))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    private ForkedJvm startDemo(Jdk jdk) throws IOException {
        return ForkedJvm.start(
                jdk,
                directory,
                List.of(
                        "-jar",
                        System.getProperty("heapgauge.demo.jar"),
                        "--server.port=" + Ports.free(),
                        "--demo.sessions.restored=2000",
                        "--demo.visits-per-second=2",
                        "--demo.first-capture-after=1h",
                        "--heapgauge.every=1h",
                        "--heapgauge.analysis.cpu-share=1",
                        "--heapgauge.analysis.mode=process",
                        "--heapgauge.directory=" + directory.resolve("dumps")));
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent on the H2 database server, started as it is, with a table of strings in memory. */
class AgentIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int ROWS = 100_000;

    @TempDir
    Path directory;

    static List<Jdk> jdks() {
        return Jdk.all();
    }

    private ForkedJvm server(Jdk jdk, String options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add("-javaagent:" + System.getProperty("heapgauge.agent.jar") + "=" + options);
        command.addAll(List.of("-cp", h2(), "org.h2.tools.Server", "-tcp", "-tcpPort", "0", "-ifNotExists"));
        return ForkedJvm.start(jdk, directory, command);
    }

    private static String h2() throws Exception {
        return Path.of(org.h2.Driver.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
    }

    private static Connection connect(ForkedJvm server) throws Exception {
        String line = server.awaitLine("TCP server running at ");
        String port = line.substring(line.indexOf(':', "tcp://".length()) + 1).split(" ")[0];
        return DriverManager.getConnection("jdbc:h2:tcp://127.0.0.1:" + port + "/mem:shop");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void types_and_roots_of_a_program_that_knows_nothing_of_it(Jdk jdk) throws Exception {
        try (ForkedJvm server = server(
                jdk,
                "roots=databases=static:org.h2.engine.Engine#DATABASES,signal=USR1,port=0,delay=0s,"
                        + "minimumInterval=0s,directory=" + directory.resolve("dumps"))) {
            measure(server);
            server.signal("TERM");
            server.awaitExit();
        }
        try (Stream<Path> left = Files.walk(directory.resolve("dumps"))) {
            assertThat(left.filter(file -> file.toString().endsWith(".hprof"))).isEmpty();
        }
    }

    private static void measure(ForkedJvm server) throws Exception {
        try (Connection connection = connect(server);
                Statement sql = connection.createStatement()) {
            sql.execute("create table product (id int primary key, text varchar)");
            sql.execute("insert into product select x, 'product number ' || x from system_range(1, " + ROWS + ")");
            await().atMost(LIMIT).until(() -> server.output().contains("metrics at http://"));
            String metrics = server.output().split("metrics at ")[1].split("\\s")[0];
            assertThat(metrics).startsWith("http://127.0.0.1:");

            server.signal("USR1");
            // a capture is counted when its report has been published
            Map<String, String> succeeded = Map.of("trigger", "signal", "outcome", "success", "mode", "full");
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(PrometheusText.scrape(URI.create(metrics))
                                    .value("heapgauge_captures_total", succeeded))
                            .hasValue(1));
            PrometheusText text = PrometheusText.scrape(URI.create(metrics));
            assertThat(text.value("heapgauge_root_owned_bytes", Map.of("root", "databases"))
                            .orElseThrow())
                    .isGreaterThan(ROWS * 50.0);
            assertThat(text.value("heapgauge_root_objects", Map.of("root", "databases", "measure", "owned"))
                            .orElseThrow())
                    .isGreaterThan(ROWS * 2.0);
            assertThat(text.value("heapgauge_type_objects", Map.of("type", "org.h2.value.ValueVarchar"))
                            .orElseThrow())
                    .isGreaterThanOrEqualTo(ROWS);
        }
    }

    @Test
    void with_a_bad_option_the_program_runs_without_it() throws Exception {
        try (ForkedJvm server = server(Jdk.all().get(0), "evry=15m");
                Connection connection = connect(server)) {
            assertThat(connection.isValid(10)).isTrue();
            assertThat(server.output())
                    .contains("heapgauge agent does not run, and the program runs without it: option 'evry=15m'")
                    .contains("expected KEY=VALUE with one of name, roots, every");
        }
    }

    @Test
    void without_options_it_offers_the_bean_and_pauses_nothing() throws Exception {
        try (ForkedJvm server = server(Jdk.all().get(0), "delay=0s");
                Connection connection = connect(server)) {
            await().atMost(LIMIT).until(() -> server.output().contains("MXBean io.heapgauge:type=HeapGauge,name="));
            assertThat(connection.isValid(10)).isTrue();
            assertThat(server.output()).doesNotContain("WARNING").doesNotContain("Exception");
        }
    }

    /** An application that embeds heapgauge as well: the two keep apart. */
    @Test
    void beside_an_embedded_gauge_both_work() throws Exception {
        try (ForkedJvm demo = ForkedJvm.start(
                Jdk.all().get(0),
                directory,
                List.of(
                        "-javaagent:" + System.getProperty("heapgauge.agent.jar") + "=name=agent,delay=0s,port=0",
                        "-jar",
                        System.getProperty("heapgauge.demo.jar"),
                        "--server.port=0",
                        "--demo.first-capture-after=1s"))) {
            demo.awaitLine("  curl -s http://127.0.0.1:");
            assertThat(demo.output()).contains("sessions owns").doesNotContain("Exception");
            try (JmxClient jmx = JmxClient.attach(demo.pid())) {
                // asked of the beans: Boot discards what is logged while it sets up its logging
                assertThat(jmx.gauges()).containsExactlyInAnyOrder(JmxClient.gauge("demo"), JmxClient.gauge("agent"));
                assertThat((String) jmx.invoke(JmxClient.gauge("agent"), "capture", ""))
                        .contains("byte[]");
            }
        }
    }
}

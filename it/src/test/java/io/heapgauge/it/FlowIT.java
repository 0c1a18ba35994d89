/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heapgauge.jfr.JfrPublisher;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import javax.management.Notification;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From a trigger to every place where people look, in a service of its own process. */
class FlowIT {
    private static final ObjectName GAUGE = JmxClient.gauge("it");
    private static final Duration REPORT_LIMIT = Duration.ofSeconds(60);
    private static final int FEW = 1_000;
    private static final int MANY = 5_000;

    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.heapgauge.it.Jdk#all")
    void captures_over_jmx_and_by_signal_reach_metrics_recording_and_subscribers(Jdk jdk) throws Exception {
        try (RunningService service = RunningService.start(jdk, directory, recordingFromTheStart())) {
            JmxClient jmx = service.jmx();
            service.grow(FEW);
            service.open();
            long recording = jmx.startRecording();
            Queue<Notification> notifications = jmx.subscribe(GAUGE);
            assertThat(ownedSessions(service)).isNaN();

            String summary = (String) jmx.invoke(GAUGE, "capture", "by-jmx");

            assertThat(summary).contains("byte[]", "sessions", "catalog", "orders", "worker");
            assertThat(ownedSessions(service)).isEqualTo(EmbeddingService.SessionStore.objects(FEW));
            assertRootsAreRight(jmx.table(GAUGE, "Roots"), FEW);
            assertThat(rootObjects(service, "retained")).isEqualTo(EmbeddingService.SessionStore.objects(FEW));
            assertThat(jmx.table(GAUGE, "TopRetainers")).hasSize(20);
            assertThat(byteArrays(service)).isGreaterThan(1_000 * FEW);
            awaitFinished(notifications, "by-jmx", "jmx");

            service.grow(MANY);
            service.jvm().signal("USR1");

            await().atMost(REPORT_LIMIT)
                    .until(() -> ownedSessions(service) == EmbeddingService.SessionStore.objects(MANY));
            assertThat(byteArrays(service)).isGreaterThan(1_000 * MANY);
            awaitFinished(notifications, null, "signal");
            assertThat(jmx.attribute(GAUGE, "LastTrigger")).isEqualTo("signal");

            assertRecorded(jdk, jmx.dumpRecording(recording, directory.resolve("over-jmx.jfr")));
            Path file = directory.resolve("from-the-start.jfr");
            ForkedJvm.run(
                    jdk.command("jcmd"),
                    Long.toString(service.jvm().pid()),
                    "JFR.dump",
                    "name=from-the-start",
                    "filename=" + file);
            assertRecorded(jdk, new FlightFile(file));
        }
    }

    /** As in production: the JDK's own configuration and the one that heapgauge ships. */
    private String recordingFromTheStart() throws IOException {
        Path configuration = directory.resolve("heapgauge.jfc");
        try (InputStream shipped = JfrPublisher.class.getResourceAsStream("heapgauge.jfc")) {
            Files.copy(shipped, configuration);
        }
        return "-XX:StartFlightRecording:name=from-the-start,settings=default,settings=" + configuration;
    }

    private static void assertRootsAreRight(Map<String, CompositeData> roots, int sessions) {
        assertThat(roots.values())
                .allSatisfy(root -> assertThat(root.get("state")).isEqualTo("measured"));
        assertThat(roots.get("sessions").get("reachableObjects"))
                .isEqualTo(EmbeddingService.SessionStore.objects(sessions));
        assertThat(roots.get("sessions").get("retainedObjects"))
                .isEqualTo(EmbeddingService.SessionStore.objects(sessions));
        assertThat(roots.get("catalog").get("retainedObjects")).isEqualTo(EmbeddingService.CATALOG_ROWS + 1L);
        assertThat(roots.get("catalog").get("ownedObjects")).isEqualTo(EmbeddingService.CATALOG_ROWS + 1L);
        assertThat(roots.get("orders").get("ownedObjects")).isEqualTo((long) EmbeddingService.ORDERS);
        assertThat((Long) roots.get("worker").get("reachableObjects")).isGreaterThan(EmbeddingService.ORDERS);
    }

    private static void awaitFinished(Queue<Notification> notifications, String label, String trigger) {
        await().atMost(REPORT_LIMIT)
                .untilAsserted(() -> assertThat(notifications).anySatisfy(notification -> {
                    Map<?, ?> facts = (Map<?, ?>) notification.getUserData();
                    assertThat(notification.getType()).isEqualTo("heapgauge.capture.finished");
                    assertThat(facts.get("trigger")).isEqualTo(trigger);
                    assertThat(facts.get("label")).isEqualTo(label);
                    assertThat((Long) facts.get("pauseNanos")).isPositive();
                }));
    }

    private static void assertRecorded(Jdk jdk, FlightFile recording) throws Exception {
        List<String> captures = told(jdk, recording, "Capture");
        assertThat(captures).hasSize(2);
        assertThat(captures.get(0))
                .contains("trigger = \"jmx\"", "label = \"by-jmx\"", "engine = \"" + jdk.defaultEngine() + "\"");
        assertThat(captures.get(1)).contains("trigger = \"signal\"");
        assertThat(captures).allSatisfy(capture -> assertThat(capture).containsPattern("pause = [\\d.]+ m?s"));
        assertThat(told(jdk, recording, "Analysis"))
                .hasSize(2)
                .allSatisfy(analysis ->
                        assertThat(analysis).contains("level = \"retained\"").containsPattern("bytes = [\\d.]+ MB"));
        assertThat(told(jdk, recording, "RootSize"))
                .hasSize(8)
                .anySatisfy(root -> assertThat(root)
                        .contains(
                                "root = \"sessions\"",
                                "ownedObjects = " + EmbeddingService.SessionStore.objects(MANY),
                                "retainedObjects = " + EmbeddingService.SessionStore.objects(MANY)));
        assertThat(told(jdk, recording, "Retainer"))
                .hasSize(40)
                .allSatisfy(retainer -> assertThat(retainer)
                        .containsPattern("object = \"0x[0-9a-f]+\"")
                        .containsPattern("retainedBytes = [\\d.]+ [kM]B"));
        assertThat(told(jdk, recording, "TypeSummary"))
                .hasSize(102)
                .anySatisfy(type -> assertThat(type).contains("type = \"byte[]\"", "rank = 1"));
    }

    /** Without those that a new chunk repeats. */
    private static List<String> told(Jdk jdk, FlightFile recording, String event) throws Exception {
        return recording.print(jdk, event).stream()
                .filter(text -> text.contains("repeated = false"))
                .toList();
    }

    private static double ownedSessions(RunningService service) throws Exception {
        return rootObjects(service, "owned");
    }

    private static double rootObjects(RunningService service, String measure) throws Exception {
        return service.scrape()
                .value("heapgauge_root_objects", Map.of("root", "sessions", "measure", measure))
                .orElse(Double.NaN);
    }

    private static double byteArrays(RunningService service) throws Exception {
        return service.scrape()
                .value("heapgauge_type_size_bytes", Map.of("type", "byte[]"))
                .orElseThrow();
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.heapgauge.BrokenFirstEngine;
import io.heapgauge.CaptureFailure;
import io.heapgauge.CaptureOutcome;
import io.heapgauge.HeapGauge;
import io.heapgauge.HeapReportListener;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.ObjectName;
import javax.management.remote.JMXConnectorServer;
import jdk.jfr.Recording;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A dump that cannot be read says so with the offset, to everybody, and harms nobody. */
class BrokenDumpIT {
    private static final ObjectName GAUGE = JmxClient.gauge("broken");
    private static final Jdk RUNNING = Jdk.all().get(0);
    private static final Pattern AT_OFFSET = Pattern.compile("at offset (\\d+): \\S+");

    @TempDir
    private static Path directory;

    private static byte[] soundDump;

    @BeforeAll
    static void dumpThisVm() throws IOException {
        Path file = directory.resolve("sound.hprof");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file.toString(), true);
        soundDump = Files.readAllBytes(file);
        Files.delete(file);
    }

    @ParameterizedTest
    @EnumSource
    void command_line_mxbean_and_listener_tell_the_same_offset_and_the_next_capture_works(BrokenDump kind)
            throws Exception {
        Path broken = kind.write(directory, soundDump);
        long offset = offsetIn(commandLine(broken));
        assertThat(offset).isBetween(0L, Files.size(broken));

        Path dumps = directory.resolve("dumps-" + kind);
        Queue<CaptureFailure> heard = new ConcurrentLinkedQueue<>();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        JMXConnectorServer connector = LoopbackConnector.start();
        try (Recording recording = startedRecording();
                JmxClient jmx = JmxClient.connect(connector.getAddress());
                HeapGauge gauge = BrokenFirstEngine.use(HeapGauge.builder(), broken)
                        .name("broken")
                        .directory(dumps)
                        .meterRegistry(meters)
                        .minimumInterval(Duration.ZERO)
                        .listener(new HeapReportListener() {
                            @Override
                            public void onFailure(CaptureFailure failure) {
                                heard.add(failure);
                            }
                        })
                        .start()) {
            assertThatThrownBy(() -> jmx.invoke(GAUGE, "capture", "unlucky"))
                    .satisfies(thrown ->
                            assertThat(offsetIn(thrown.getCause().getMessage())).isEqualTo(offset));

            assertThat(offsetIn((String) jmx.attribute(GAUGE, "LastError"))).isEqualTo(offset);
            assertThat(heard).singleElement().satisfies(failure -> {
                assertThat(offsetIn(failure.message())).isEqualTo(offset);
                assertThat(failure.outcome()).isEqualTo(CaptureOutcome.FAILED);
                assertThat(failure.label()).isEqualTo("unlucky");
            });
            assertThat(meters.get("heapgauge.captures")
                            .tags("outcome", "failed", "trigger", "jmx")
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(failuresIn(recording))
                    .singleElement()
                    .satisfies(event -> assertThat(offsetIn(event)).isEqualTo(offset));
            assertThat(filesBelow(dumps)).isEmpty();

            assertThat((String) jmx.invoke(GAUGE, "capture", "lucky")).contains("byte[]");
            assertThat((Long) jmx.attribute(GAUGE, "TotalObjects")).isGreaterThan(10_000);
            assertThat(jmx.attribute(GAUGE, "State")).isEqualTo("idle");
        } finally {
            connector.stop();
        }
    }

    /** What the command line prints of a dump that it cannot read. */
    private static String commandLine(Path dump) throws IOException, InterruptedException {
        try (ForkedJvm cli = ForkedJvm.start(
                RUNNING,
                directory,
                List.of("-jar", System.getProperty("heapgauge.cli.jar"), "types", dump.toString()))) {
            assertThat(cli.awaitExit()).isNotZero();
            assertThat(cli.output()).contains(dump.toString()).doesNotContain("\tat ");
            return cli.output();
        }
    }

    private static Recording startedRecording() {
        Recording recording = new Recording();
        recording.start();
        return recording;
    }

    private static List<String> failuresIn(Recording recording) throws IOException, InterruptedException {
        Path file = Files.createTempFile(directory, "failure-", ".jfr");
        recording.dump(file);
        return new FlightFile(file).print(RUNNING, "CaptureFailure");
    }

    private static long offsetIn(String message) {
        Matcher matcher = AT_OFFSET.matcher(message);
        assertThat(matcher.find()).as(message).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    private static List<Path> filesBelow(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().contains(".hprof")).toList();
        }
    }
}

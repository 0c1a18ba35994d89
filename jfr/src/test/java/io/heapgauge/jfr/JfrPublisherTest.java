/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.jfr;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.CaptureFailure;
import io.heapgauge.CaptureMode;
import io.heapgauge.CaptureOutcome;
import io.heapgauge.CaptureRequest;
import io.heapgauge.HeapGauge;
import io.heapgauge.analysis.report.Growth;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.MergedPaths;
import io.heapgauge.analysis.report.PauseSource;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.report.Suspect;
import io.heapgauge.analysis.report.Trend;
import io.heapgauge.analysis.report.Trigger;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import jdk.jfr.Category;
import jdk.jfr.Configuration;
import jdk.jfr.DataAmount;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.Timespan;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JfrPublisherTest {
    @TempDir
    Path directory;

    private final JfrPublisher publisher = new JfrPublisher();
    private final HeapGauge gauge = gauge(publisher);

    @AfterEach
    void closeGauge() {
        gauge.close();
    }

    @Test
    void a_report_becomes_events_that_share_the_id_of_their_capture() throws IOException {
        Recorded recorded = record(() -> tell(publisher, SampleReports.walked("shop")));

        assertThat(recorded.events("Capture")).hasSize(1);
        assertThat(recorded.events("Analysis")).hasSize(1);
        assertThat(recorded.events("TypeSummary")).hasSize(51);
        assertThat(recorded.events("RootSize")).hasSize(3);
        assertThat(recorded.events("Retainer")).hasSize(2);
        for (String name : List.of("Capture", "Analysis", "TypeSummary", "RootSize", "Retainer")) {
            assertThat(recorded.events(name)).allSatisfy(event -> {
                assertThat(event.getString("capture")).isEqualTo("shop/2026-11-24T10:15:30.250Z");
                assertThat(event.getInstant("captureStart")).isEqualTo(SampleReports.STARTED_AT);
                assertThat(event.getBoolean("repeated")).isFalse();
                assertThat(event.getStackTrace()).isNull();
            });
        }
    }

    @Test
    void the_capture_event_tells_the_pause_and_how_it_became_known() throws IOException {
        RecordedEvent event = record(() -> tell(publisher, SampleReports.walked("shop")))
                .events("Capture")
                .get(0);

        assertThat(event.getDuration("pause")).isEqualTo(Duration.ofMillis(75));
        assertThat(event.getString("pauseSource")).isEqualTo("observed-gap");
        assertThat(event.getDuration("captureTime")).isEqualTo(Duration.ofMillis(90));
        assertThat(event.getLong("dumpSize")).isEqualTo(10_485_760);
        assertThat(event.getString("product")).isEqualTo("dump");
        assertThat(event.getString("trigger")).isEqualTo("signal");
        assertThat(event.getString("label")).isEqualTo("before-deploy");
        assertThat(event.getString("engine")).isEqualTo("hotspot");
    }

    @Test
    void the_capture_event_spans_the_capture_on_the_time_line() throws IOException {
        RecordedEvent event = record(() -> {
                    publisher.onCaptureStarted(CaptureRequest.of(Trigger.SIGNAL));
                    sleepMillis(50);
                    publisher.onCaptured(SampleReports.capture("shop", PauseSource.OBSERVED_GAP));
                })
                .events("Capture")
                .get(0);

        assertThat(event.getDuration()).isBetween(Duration.ofMillis(50), Duration.ofSeconds(10));
    }

    @Test
    void the_types_end_with_all_the_rest_so_that_they_add_up_to_the_totals() throws IOException {
        Recorded recorded = record(() -> tell(publisher, SampleReports.walked("shop")));

        List<RecordedEvent> types = recorded.events("TypeSummary");
        RecordedEvent analysis = recorded.events("Analysis").get(0);
        assertThat(types.get(0).getString("type")).isEqualTo("com.acme.Type0");
        assertThat(types.get(50).getString("type")).isEqualTo("(other)");
        assertThat(types.get(50).getLong("objects")).isEqualTo(100);
        assertThat(types.stream().mapToLong(event -> event.getLong("bytes")).sum())
                .isEqualTo(analysis.getLong("bytes"))
                .isEqualTo(1_830_000);
        assertThat(types.stream().mapToLong(event -> event.getLong("objects")).sum())
                .isEqualTo(analysis.getLong("objects"));
    }

    @Test
    void a_root_event_tells_reachable_owned_and_retained_size() throws IOException {
        RecordedEvent sessions = record(() -> tell(publisher, SampleReports.walked("shop"))).events("RootSize").stream()
                .filter(event -> event.getString("root").equals("sessions"))
                .findFirst()
                .orElseThrow();

        assertThat(sessions.getString("state")).isEqualTo("measured");
        assertThat(sessions.getLong("reachableObjects")).isEqualTo(70);
        assertThat(sessions.getLong("reachableBytes")).isEqualTo(7_340_032);
        assertThat(sessions.getLong("ownedObjects")).isEqualTo(40);
        assertThat(sessions.getLong("ownedBytes")).isEqualTo(5_242_880);
        assertThat(sessions.getLong("retainedObjects")).isEqualTo(3);
        assertThat(sessions.getLong("retainedBytes")).isEqualTo(2_097_152);
    }

    @Test
    void the_objects_that_retain_most_come_in_the_order_of_the_report() throws IOException {
        List<RecordedEvent> retainers =
                record(() -> tell(publisher, SampleReports.walked("shop"))).events("Retainer");

        assertThat(retainers).extracting(event -> event.getInt("rank")).containsExactly(1, 2);
        RecordedEvent cache = retainers.get(0);
        assertThat(cache.getString("type")).isEqualTo("com.acme.SessionCache");
        assertThat(cache.getString("object")).isEqualTo("0x7f00a8");
        assertThat(cache.getLong("shallowBytes")).isEqualTo(24);
        assertThat(cache.getLong("retainedBytes")).isEqualTo(6_291_456);
        assertThat(retainers.get(1).getString("type")).isEqualTo("class com.acme.Catalog");
    }

    @Test
    void a_level_that_knows_no_retainers_writes_none() throws IOException {
        assertThat(record(() -> tell(publisher, SampleReports.notWalked("shop")))
                        .events("Retainer"))
                .isEmpty();
    }

    @Test
    void jfr_print_shows_sizes_with_their_units_and_unknown_ones_as_not_available()
            throws IOException, InterruptedException {
        Recorded walked = record(() -> tell(publisher, SampleReports.walked("shop")));
        Recorded notWalked = record(() -> tell(publisher, SampleReports.notWalked("shop")));

        assertThat(walked.printed("Capture")).contains("pause = 75.0 ms", "dumpSize = 10.0 MB");
        assertThat(walked.printed("RootSize"))
                .contains(
                        "root = \"sessions\"",
                        "reachableBytes = 7.0 MB",
                        "ownedBytes = 5.0 MB",
                        "retainedBytes = 2.0 MB",
                        "state = \"gone\"");
        assertThat(walked.printed("Retainer"))
                .contains("object = \"0x7f00a8\"", "shallowBytes = 24 bytes", "retainedBytes = 6.0 MB");
        assertThat(notWalked.printed("Capture")).contains("pause = N/A", "pauseSource = \"unknown\"");
        assertThat(notWalked.printed("Analysis")).contains("reachableBytes = N/A", "notReachedBytes = N/A");
        assertThat(notWalked.printed("RootSize"))
                .contains(
                        "ownedBytes = N/A",
                        "ownedObjects = -1",
                        "retainedBytes = N/A",
                        "retainedObjects = -1",
                        "state = \"not-measured\"");
    }

    @Test
    void suspects_of_a_report_are_events_with_their_growth_and_path() throws IOException {
        Trend trend = new Trend("com.acme.Session", 5_000, 1_200, 4_800, 0.99);
        MergedPaths paths = new MergedPaths(
                "com.acme.Session",
                new Size(10, 5_000),
                new Size(10, 5_000),
                1,
                List.of(new MergedPaths.Path(
                        new Size(10, 5_000),
                        1,
                        "sticky class",
                        List.of(
                                new MergedPaths.Step("class com.acme.Sessions", false),
                                new MergedPaths.Step("com.acme.Session", false)))));
        Growth growth = new Growth(
                Instant.EPOCH,
                6,
                List.of(trend),
                List.of(),
                List.of(new Suspect(trend, paths)),
                Instant.EPOCH,
                List.of());
        RecordedEvent event = record(
                        () -> tell(publisher, SampleReports.walked("shop").with(growth)))
                .events("TypeGrowth")
                .get(0);
        assertThat(event.getString("type")).isEqualTo("com.acme.Session");
        assertThat(event.getInt("rank")).isOne();
        assertThat(event.getInt("captures")).isEqualTo(6);
        assertThat(event.getLong("bytesPerHour")).isEqualTo(4_800);
        assertThat(event.getLong("grownBytes")).isEqualTo(1_200);
        assertThat(event.getDouble("certainty")).isEqualTo(0.99);
        assertThat(event.getString("path")).isEqualTo("sticky class > class com.acme.Sessions > com.acme.Session");
    }

    @Test
    void every_event_and_every_field_is_labelled_and_sizes_and_times_have_units() {
        assertThat(ourTypes())
                .extracting(EventType::getName)
                .containsExactlyInAnyOrder(
                        "io.heapgauge.Capture",
                        "io.heapgauge.Analysis",
                        "io.heapgauge.TypeSummary",
                        "io.heapgauge.RootSize",
                        "io.heapgauge.Retainer",
                        "io.heapgauge.TypeGrowth",
                        "io.heapgauge.CaptureFailure");
        assertThat(ourTypes()).allSatisfy(type -> {
            assertThat(type.getLabel()).startsWith("Heap ");
            assertThat(type.getDescription()).isNotBlank();
            assertThat(type.getAnnotation(Category.class).value()).containsExactly("Heapgauge");
            assertThat(type.getFields()).allSatisfy(field -> {
                assertThat(field.getLabel()).as(field.getName()).isNotBlank();
                if (field.getName().endsWith("Bytes") || field.getName().endsWith("Size")) {
                    assertThat(field.getAnnotation(DataAmount.class))
                            .as(field.getName())
                            .isNotNull();
                }
                if (field.getName().endsWith("Time") && !field.getName().equals("startTime")) {
                    assertThat(field.getAnnotation(Timespan.class))
                            .as(field.getName())
                            .isNotNull();
                }
            });
        });
    }

    @Test
    void a_recording_that_starts_after_the_report_still_holds_it() throws IOException {
        tell(publisher, SampleReports.walked("shop"));

        Recorded recorded = record(() -> {});

        assertThat(recorded.events("Capture")).hasSize(1);
        assertThat(recorded.events("Analysis")).hasSize(1);
        assertThat(recorded.events("TypeSummary")).hasSize(51);
        assertThat(recorded.events("RootSize")).hasSize(3);
        assertThat(recorded.events("Retainer")).hasSize(2);
        for (String name : List.of("RootSize", "Retainer")) {
            assertThat(recorded.events(name)).allSatisfy(event -> {
                assertThat(event.getBoolean("repeated")).isTrue();
                assertThat(event.getString("capture")).isEqualTo("shop/2026-11-24T10:15:30.250Z");
            });
        }
    }

    @Test
    void a_failure_becomes_an_event_with_its_message() throws IOException {
        CaptureFailure failure = new CaptureFailure(
                "shop",
                Trigger.JMX,
                "night",
                CaptureMode.FULL,
                Instant.now(),
                CaptureOutcome.REFUSED,
                "the last capture ended 2 s ago; wait 8 s or lower minimumInterval");

        RecordedEvent event = record(() -> publisher.onFailure(failure))
                .events("CaptureFailure")
                .get(0);

        assertThat(event.getString("outcome")).isEqualTo("refused");
        assertThat(event.getString("message")).isEqualTo(failure.message());
        assertThat(event.getString("trigger")).isEqualTo("jmx");
        assertThat(event.getString("label")).isEqualTo("night");
        assertThat(event.getString("gauge")).isEqualTo("shop");
    }

    @Test
    void closing_the_last_gauge_takes_types_and_hooks_away() throws IOException {
        JfrPublisher second = new JfrPublisher();
        try (HeapGauge other = gauge(second)) {
            tell(publisher, SampleReports.walked("shop"));
            tell(second, SampleReports.notWalked("other"));
            gauge.close();

            assertThat(record(() -> {}).events("Capture"))
                    .extracting(event -> event.getString("gauge"))
                    .containsExactly("other");
            assertThat(ourTypes()).hasSize(7);
        }

        assertThat(ourTypes()).isEmpty();
        assertThat(record(() -> {}).events("Capture")).isEmpty();
    }

    @Test
    void a_gauge_started_after_the_last_one_was_closed_writes_events_again() throws IOException {
        gauge.close();
        JfrPublisher next = new JfrPublisher();
        try (HeapGauge again = gauge(next)) {
            Recorded recorded = record(() -> tell(next, SampleReports.walked("shop")));

            assertThat(recorded.events("RootSize")).hasSize(3);
        }
    }

    @Test
    void what_a_closed_gauge_had_told_stays_in_a_running_recording() throws IOException {
        Recorded recorded = record(() -> {
            tell(publisher, SampleReports.walked("shop"));
            gauge.close();
        });

        assertThat(recorded.events("RootSize")).hasSize(3);
    }

    @Test
    void the_shipped_configuration_names_every_event_and_records_the_last_report() throws Exception {
        tell(publisher, SampleReports.walked("shop"));
        Configuration shipped;
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(JfrPublisher.class.getResourceAsStream("heapgauge.jfc")),
                StandardCharsets.UTF_8)) {
            shipped = Configuration.create(reader);
        }

        assertThat(shipped.getSettings().keySet())
                .containsAll(ourTypes().stream()
                        .map(type -> type.getName() + "#enabled")
                        .toList());
        try (Recording recording = new Recording(shipped)) {
            recording.start();
            Recorded recorded = Recorded.stopAndDump(recording, directory);

            assertThat(recorded.events("RootSize")).hasSize(3);
            assertThat(recorded.events("TypeSummary")).hasSize(51);
            assertThat(recorded.events("Retainer")).hasSize(2);
        }
    }

    private Recorded record(Runnable action) throws IOException {
        try (Recording recording = new Recording()) {
            recording.start();
            action.run();
            return Recorded.stopAndDump(recording, directory);
        }
    }

    private static void tell(JfrPublisher publisher, HeapReport report) {
        publisher.onCaptureStarted(CaptureRequest.of(report.capture().trigger()));
        publisher.onCaptured(report.capture());
        publisher.onReport(report);
    }

    private static HeapGauge gauge(JfrPublisher publisher) {
        return HeapGauge.builder().discoverListeners(false).listener(publisher).start();
    }

    private static List<EventType> ourTypes() {
        return FlightRecorder.getFlightRecorder().getEventTypes().stream()
                .filter(type -> type.getName().startsWith("io.heapgauge."))
                .toList();
    }

    private static void sleepMillis(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

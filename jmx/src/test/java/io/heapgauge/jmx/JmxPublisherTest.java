/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.heapgauge.HeapGauge;
import io.heapgauge.HeapGaugeBuilder;
import io.heapgauge.analysis.measure.RootSpec;
import io.heapgauge.analysis.report.Level;
import io.heapgauge.analysis.report.RetainedObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.stream.IntStream;
import javax.management.JMException;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.Notification;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JmxPublisherTest {
    private static final ObjectName NAME = GaugeRegistration.objectName("shop");

    @TempDir
    Path directory;

    private final Map<String, byte[]> sessions = new HashMap<>();
    private RemoteConsole console;

    @BeforeEach
    void connect() throws IOException {
        for (int i = 0; i < 100; i++) {
            sessions.put("session-" + i, new byte[10_000]);
        }
        console = new RemoteConsole();
    }

    @AfterEach
    void disconnect() throws IOException {
        console.close();
    }

    @Test
    void being_on_the_class_path_is_enough_and_closing_the_gauge_unregisters() throws Exception {
        try (HeapGauge gauge = shop().start()) {
            assertThat(console.knows(NAME)).isTrue();
        }
        assertThat(console.knows(NAME)).isFalse();
    }

    @Test
    void every_member_is_described_and_named_for_the_operator() throws Exception {
        try (HeapGauge gauge = shop().start()) {
            MBeanInfo info = console.info(NAME);

            assertThat(info.getDescription()).startsWith("What fills the heap");
            assertThat(info.getAttributes()).isNotEmpty().allSatisfy(JmxPublisherTest::assertDescribed);
            assertThat(info.getOperations()).hasSize(8).allSatisfy(operation -> {
                assertDescribed(operation);
                assertThat(operation.getImpact()).as(operation.getName()).isNotEqualTo(MBeanOperationInfo.UNKNOWN);
                assertThat(operation.getSignature()).allSatisfy(parameter -> {
                    assertDescribed(parameter);
                    assertThat(parameter.getName()).isIn("label", "root");
                });
            });
            assertThat(operation(info, "summary").getImpact()).isEqualTo(MBeanOperationInfo.INFO);
            assertThat(operation(info, "cancel").getImpact()).isEqualTo(MBeanOperationInfo.ACTION);
            assertThat(operation(info, "capture").getImpact()).isEqualTo(MBeanOperationInfo.ACTION_INFO);
            assertThat(info.getNotifications()[0].getNotifTypes())
                    .containsExactly(
                            "heapgauge.capture.requested",
                            "heapgauge.capture.started",
                            "heapgauge.capture.finished",
                            "heapgauge.capture.failed");
        }
    }

    @Test
    void what_is_not_known_before_the_first_report_is_null_and_not_zero() throws Exception {
        try (HeapGauge gauge = shop().start()) {
            for (String attribute : List.of(
                    "LastCaptureTime",
                    "LastTrigger",
                    "LastPauseMillis",
                    "LastPauseSource",
                    "LastDumpBytes",
                    "LastProduct",
                    "LastError",
                    "LastErrorTime",
                    "TotalObjects",
                    "TotalBytes",
                    "ReachableBytes")) {
                assertThat(console.attribute(NAME, attribute)).as(attribute).isNull();
            }
            assertThat(console.attribute(NAME, "State")).isEqualTo("idle");
            assertThat(rows("TopTypes")).isEmpty();
            assertThat(rows("Roots")).isEmpty();
            assertThat(rows("TopRetainers")).isEmpty();
            assertThat(console.invoke(NAME, "summary")).isEqualTo("No report yet: invoke capture.");
            assertThat(console.invoke(NAME, "cancel")).isEqualTo(false);
        }
    }

    @Test
    void capture_returns_the_summary_and_the_attributes_tell_the_same_report() throws Exception {
        Date before = new Date();
        try (HeapGauge gauge = shop().start()) {
            String summary = (String) console.invoke(NAME, "capture", "from-console");

            assertThat(summary).contains("byte[]", "sessions").isEqualTo(console.invoke(NAME, "summary"));
            assertThat(console.attribute(NAME, "LastTrigger")).isEqualTo("jmx");
            assertThat(console.attribute(NAME, "LastLabel")).isEqualTo("from-console");
            assertThat((Date) console.attribute(NAME, "LastCaptureTime")).isBetween(before, new Date(), true, true);
            assertThat((Double) console.attribute(NAME, "LastPauseMillis")).isPositive();
            assertThat((Double) console.attribute(NAME, "LastAnalysisMillis")).isPositive();
            assertThat((Long) console.attribute(NAME, "LastDumpBytes")).isGreaterThan(1_000_000);
            assertThat(console.attribute(NAME, "LastProduct"))
                    .isEqualTo(
                            gauge.lastReport().orElseThrow().capture().product().id());
            assertThat(console.attribute(NAME, "LastDumpName")).isNull();
            assertThat((String) console.attribute(NAME, "LastLevel")).startsWith("retained: ");
            long totalBytes = (Long) console.attribute(NAME, "TotalBytes");
            long accounted = (Long) console.attribute(NAME, "ReachableBytes")
                    + (Long) console.attribute(NAME, "WeaklyHeldBytes")
                    + (Long) console.attribute(NAME, "NotReachedBytes");
            assertThat(accounted).isEqualTo(totalBytes);
            assertThat(totalBytes)
                    .isEqualTo(gauge.lastReport().orElseThrow().totals().all().bytes());
        }
    }

    @Test
    void the_type_table_comes_largest_first_and_adds_up_to_the_totals() throws Exception {
        try (HeapGauge gauge = shop().start()) {
            console.invoke(NAME, "capture", "");

            List<CompositeData> rows = rows("TopTypes");
            List<Long> bytes =
                    rows.stream().map(row -> (Long) value(row, "bytes")).toList();
            assertThat(rows).hasSize(51);
            assertThat(rows.get(50).get("key")).isEqualTo("(other)");
            assertThat(bytes.subList(0, 50)).isSortedAccordingTo(Comparator.reverseOrder());
            assertThat(bytes.stream().mapToLong(Long::longValue).sum())
                    .isEqualTo(console.attribute(NAME, "TotalBytes"));
        }
    }

    @Test
    void the_root_table_has_the_sizes_of_a_root_and_the_state_of_one_that_is_gone() throws Exception {
        try (HeapGauge gauge = shop().root("lost", RootSpec.staticField("com.acme.NotLoaded", "CACHE"))
                .start()) {
            console.invoke(NAME, "capture", "");

            Map<String, CompositeData> roots = new HashMap<>();
            rows("Roots").forEach(row -> roots.put((String) row.get("key"), row));
            assertThat((Long) value(roots.get("sessions"), "ownedBytes")).isBetween(1_000_000L, 1_100_000L);
            assertThat((Long) value(roots.get("sessions"), "retainedBytes")).isBetween(1_000_000L, 1_100_000L);
            assertThat((Long) value(roots.get("sessions"), "retainedObjects")).isPositive();
            assertThat(value(roots.get("sessions"), "state")).isEqualTo("measured");
            assertThat(value(roots.get("lost"), "state")).isEqualTo("gone");
            assertThat(value(roots.get("lost"), "ownedBytes")).isNull();
            assertThat(value(roots.get("lost"), "retainedBytes")).isNull();
        }
    }

    @Test
    void the_table_of_retainers_tells_the_objects_that_retain_most_by_their_address() throws Exception {
        try (HeapGauge gauge = shop().start()) {
            console.invoke(NAME, "capture", "");

            List<CompositeData> rows = rows("TopRetainers");
            List<RetainedObject> told = gauge.lastReport().orElseThrow().topRetainers(20);
            assertThat(rows).hasSize(20);
            assertThat(rows)
                    .extracting(row -> row.get("key"))
                    .containsExactlyElementsOf(
                            told.stream().map(RetainedObject::hexId).toList());
            assertThat(rows)
                    .extracting(row -> value(row, "rank"))
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, 20).boxed().toList());
            assertThat(rows)
                    .extracting(row -> (Long) value(row, "retainedBytes"))
                    .isSortedAccordingTo(Comparator.reverseOrder());
            assertThat(value(rows.get(0), "type")).isEqualTo(told.get(0).type());
            assertThat(value(rows.get(0), "shallowBytes")).isEqualTo(told.get(0).shallowBytes());
        }
    }

    @Test
    void there_are_no_retained_sizes_where_the_gauge_was_told_to_stop_below_them() throws Exception {
        try (HeapGauge gauge = shop().maxLevel(Level.OWNED).start()) {
            console.invoke(NAME, "capture", "");

            assertThat(rows("TopRetainers")).isEmpty();
            CompositeData sessions = rows("Roots").get(0);
            assertThat((Long) value(sessions, "ownedBytes")).isPositive();
            assertThat(value(sessions, "retainedBytes")).isNull();
            assertThat(value(sessions, "retainedObjects")).isNull();
        }
    }

    @Test
    void a_capture_leaves_no_dump_and_a_dump_leaves_one_of_the_name_it_returns() throws Exception {
        try (HeapGauge gauge = shop().allowKeep(true).start()) {
            console.invoke(NAME, "capture", "");
            assertThat(dumpsBelow(directory)).isEmpty();

            String dumpName = (String) console.invoke(NAME, "dump", "night");

            assertThat(dumpsBelow(directory))
                    .extracting(path -> path.getFileName().toString())
                    .containsExactly(dumpName);
            assertThat(dumpName).contains("night").doesNotContain("/");
            assertThat(console.attribute(NAME, "LastDumpName")).isEqualTo(dumpName);
        }
    }

    @Test
    void dump_is_refused_before_anything_is_captured_where_keeping_is_not_allowed() throws Exception {
        try (HeapGauge gauge = shop().start()) {
            assertThat(console.attribute(NAME, "KeepAllowed")).isEqualTo(false);
            assertThatThrownBy(() -> console.invoke(NAME, "dump", ""))
                    .satisfies(JmxPublisherTest::assertOfJdkTypes)
                    .isInstanceOf(RuntimeMBeanException.class)
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("keeping dumps is not allowed")
                    .hasMessageContaining("allowKeep");
            assertThat(gauge.lastReport()).isEmpty();
            assertThat(dumpsBelow(directory)).isEmpty();
        }
    }

    @Test
    void a_path_is_no_label() throws Exception {
        try (HeapGauge gauge = shop().allowKeep(true).start()) {
            for (String operation : List.of("capture", "dump")) {
                assertThatThrownBy(() -> console.invoke(NAME, operation, "../../etc/cron.d/x"))
                        .satisfies(JmxPublisherTest::assertOfJdkTypes)
                        .cause()
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("label not accepted");
            }
            assertThat(gauge.lastReport()).isEmpty();
        }
    }

    @Test
    void subscribers_hear_of_start_and_end_with_trigger_label_pause_and_bytes() throws Exception {
        try (HeapGauge gauge = shop().start()) {
            Queue<Notification> received = console.subscribe(NAME);

            console.invoke(NAME, "capture", "from-console");

            await().atMost(Duration.ofSeconds(20)).until(() -> received.size() >= 3);
            List<Notification> heard = new ArrayList<>(received);
            assertThat(heard)
                    .extracting(Notification::getType)
                    .containsExactly(
                            "heapgauge.capture.requested", "heapgauge.capture.started", "heapgauge.capture.finished");
            assertThat(heard.get(0).getMessage()).contains("full", "jmx", "from-console", "by ");
            assertThat(heard.get(1).getMessage()).contains("jmx", "from-console");
            assertThat(heard.get(2).getMessage()).contains("jmx", "from-console", "bytes", "pause");
            assertThat((String) ((Map<?, ?>) heard.get(0).getUserData()).get("by"))
                    .contains("127.0.0.1");
            Map<?, ?> facts = (Map<?, ?>) heard.get(2).getUserData();
            assertThat(facts.get("bytes")).isEqualTo(console.attribute(NAME, "TotalBytes"));
            assertThat((Long) facts.get("pauseNanos")).isPositive();
            assertThat(facts.get("label")).isEqualTo("from-console");
            assertThat(heard)
                    .allSatisfy(
                            notification -> assertThat(notification.getSource()).isEqualTo(NAME));
        }
    }

    @Test
    void quick_mode_answers_without_a_dump_and_the_switch_refuses_everything() throws Exception {
        try (HeapGauge gauge = shop().start()) {
            assertThat((String) console.invoke(NAME, "quick")).contains("quick mode: no dump", "java.lang.String");
            assertThat(rows("TopTypes")).isNotEmpty();
            assertThat(console.attribute(NAME, "Enabled")).isEqualTo(true);
            gauge.setEnabled(false);
            assertThat(console.attribute(NAME, "Enabled")).isEqualTo(false);
            assertThatThrownBy(() -> console.invoke(NAME, "quick")).rootCause().hasMessageContaining("switched off");
        }
    }

    @Test
    void a_baseline_is_the_last_report_that_knows_what_is_reached() throws Exception {
        try (HeapGauge gauge = shop().start()) {
            assertThatThrownBy(() -> console.invoke(NAME, "markBaseline"))
                    .rootCause()
                    .hasMessageContaining("no report yet that tells growth");
            console.invoke(NAME, "capture", "");
            assertThat((String) console.invoke(NAME, "markBaseline"))
                    .isEqualTo(gauge.lastReport()
                            .orElseThrow()
                            .capture()
                            .startedAt()
                            .toString());
            assertThat(rows("Growth")).isEmpty();
        }
    }

    @Test
    void a_root_is_measured_by_itself() throws Exception {
        try (HeapGauge gauge = shop().start()) {
            List<CompositeData> size = rows(console.invoke(NAME, "sizeOf", "sessions"));
            CompositeData all = size.stream()
                    .filter(row -> row.get("key").equals("(all)"))
                    .findFirst()
                    .orElseThrow();
            assertThat((Long) value(all, "bytes")).isPositive();
            assertThat(value(all, "percent")).isEqualTo(100.0);
            assertThat(size.stream()
                            .mapToLong(row -> (Long) value(row, "objects"))
                            .sum())
                    .isEqualTo(2 * (Long) value(all, "objects"));
            assertThat(gauge.latestReport()).isEmpty();
            assertThatThrownBy(() -> console.invoke(NAME, "sizeOf", "nobody"))
                    .rootCause()
                    .hasMessageContaining("root 'nobody' is not accepted: allowed is one of [sessions");
        }
    }

    @Test
    void a_refusal_reaches_the_caller_the_attributes_and_the_subscribers() throws Exception {
        try (HeapGauge gauge = shop().minimumInterval(Duration.ofHours(1)).start()) {
            console.invoke(NAME, "capture", "first");
            Queue<Notification> received = console.subscribe(NAME);

            assertThatThrownBy(() -> console.invoke(NAME, "capture", "second"))
                    .satisfies(JmxPublisherTest::assertOfJdkTypes)
                    .cause()
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage((String) console.attribute(NAME, "LastError"));

            assertThat((String) console.attribute(NAME, "LastError")).isNotBlank();
            assertThat((Date) console.attribute(NAME, "LastErrorTime")).isBeforeOrEqualTo(new Date());
            assertThat(console.attribute(NAME, "LastLabel")).isEqualTo("first");
            await().atMost(Duration.ofSeconds(20)).until(() -> received.size() >= 2);
            assertThat(received.remove().getType()).isEqualTo("heapgauge.capture.requested");
            Notification failed = received.remove();
            assertThat(failed.getType()).isEqualTo("heapgauge.capture.failed");
            assertThat(failed.getMessage())
                    .contains("refused", "second", (String) console.attribute(NAME, "LastError"));
        }
    }

    @Test
    void a_gauge_whose_name_is_taken_runs_without_a_bean_and_leaves_the_other_one_alone() throws Exception {
        try (HeapGauge first = shop().start()) {
            try (HeapGauge second =
                    shop().directory(directory.resolve("second")).start()) {
                second.capture();
                assertThat(console.attribute(NAME, "TotalBytes")).isNull();
            }
            assertThat(console.knows(NAME)).isTrue();
            assertThat(console.invoke(NAME, "capture", "")).isEqualTo(console.invoke(NAME, "summary"));
        }
        assertThat(console.knows(NAME)).isFalse();
    }

    private HeapGaugeBuilder shop() {
        return HeapGauge.builder()
                .name("shop")
                .directory(directory.resolve("dumps"))
                .minimumInterval(Duration.ZERO)
                .root("sessions", sessions);
    }

    private List<CompositeData> rows(String attribute) throws JMException, IOException {
        return rows(console.attribute(NAME, attribute));
    }

    private static List<CompositeData> rows(Object table) {
        return ((TabularData) table)
                .values().stream().map(CompositeData.class::cast).toList();
    }

    private static Object value(CompositeData row, String column) {
        return ((CompositeData) row.get("value")).get(column);
    }

    private static MBeanOperationInfo operation(MBeanInfo info, String name) {
        return Arrays.stream(info.getOperations())
                .filter(operation -> operation.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void assertDescribed(MBeanFeatureInfo member) {
        assertThat(member.getDescription())
                .as(member.getName())
                .isNotBlank()
                .isNotEqualTo(member.getName())
                .contains(" ");
    }

    private static void assertOfJdkTypes(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            assertThat(cause.getClass().getModule().getName()).startsWith("java.");
        }
    }

    private static List<Path> dumpsBelow(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(path -> path.toString().endsWith(".hprof")).toList();
        }
    }
}

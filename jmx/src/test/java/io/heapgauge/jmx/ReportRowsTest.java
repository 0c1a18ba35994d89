/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.report.AnalysisFacts;
import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.HeapTotals;
import io.heapgauge.analysis.report.JvmFacts;
import io.heapgauge.analysis.report.Level;
import io.heapgauge.analysis.report.OwnershipSummary;
import io.heapgauge.analysis.report.PauseSource;
import io.heapgauge.analysis.report.RetainedObject;
import io.heapgauge.analysis.report.RootState;
import io.heapgauge.analysis.report.RootSummary;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.report.Trigger;
import io.heapgauge.analysis.report.TypeSummary;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportRowsTest {
    private static final List<TypeSummary> TYPES = List.of(
            new TypeSummary("byte[]", 10, 700, 90, new Size(8, 600)),
            new TypeSummary("java.lang.String", 20, 200, 10, new Size(20, 200)),
            new TypeSummary("com.acme.Session", 5, 100, 20, null));

    @Test
    void types_keep_the_order_of_the_report_and_the_rest_comes_last() {
        assertThat(ReportRows.topTypes(report(TYPES, List.of()), 2))
                .containsExactly(
                        Map.entry("byte[]", new TypeRow(1, 10, 700, 70.0, 90L, 600L)),
                        Map.entry("java.lang.String", new TypeRow(2, 20, 200, 20.0, 10L, 200L)),
                        Map.entry("(other)", new TypeRow(3, 5, 100, 10.0, null, null)));
    }

    @Test
    void what_an_object_reaches_comes_in_all_and_by_type() {
        OwnershipSummary walk = new OwnershipSummary(new Size(35, 1_000), TYPES.subList(0, 1), 3);
        assertThat(ReportRows.size(walk))
                .containsExactly(
                        Map.entry("(all)", new TypeRow(0, 35, 1_000, 100.0, null, null)),
                        Map.entry("byte[]", new TypeRow(1, 10, 700, 70.0, 90L, 600L)),
                        Map.entry("(other)", new TypeRow(2, 25, 300, 30.0, null, null)));
    }

    @Test
    void there_is_no_rest_when_every_type_has_a_row() {
        assertThat(ReportRows.topTypes(report(TYPES, List.of()), 50))
                .containsOnlyKeys("byte[]", "java.lang.String", "com.acme.Session");
    }

    @Test
    void roots_come_by_owned_size_with_those_that_have_none_last() {
        List<RootSummary> roots =
                List.of(measured("small", 10, 5), gone("lost"), measured("big", 40, 30), measured("empty", 8, 0));

        assertThat(ReportRows.roots(report(TYPES, roots)).keySet()).containsExactly("big", "small", "empty", "lost");
    }

    @Test
    void a_root_without_a_size_has_its_state_and_no_number() {
        assertThat(ReportRows.roots(report(TYPES, List.of(gone("lost")))))
                .containsEntry(
                        "lost",
                        new RootRow(
                                "static:com.acme.Lost#X",
                                "gone",
                                "class not loaded",
                                null,
                                null,
                                null,
                                null,
                                null,
                                null));
    }

    @Test
    void a_measured_root_tells_objects_and_bytes_of_all_measures() {
        assertThat(ReportRows.roots(report(TYPES, List.of(measured("big", 40, 30)))))
                .containsEntry("big", new RootRow("registered:big", "measured", null, 4L, 40L, 3L, 30L, 2L, 20L));
    }

    @Test
    void retainers_keep_the_order_of_the_report_under_their_address() {
        HeapReport report = report(
                TYPES,
                List.of(),
                List.of(
                        new RetainedObject(0x7f00a8, "com.acme.Cache", 24, 700, 0),
                        new RetainedObject(0x7f0010, "class com.acme.Catalog", 120, 500, 0)));

        assertThat(ReportRows.topRetainers(report))
                .containsExactly(
                        Map.entry("0x7f00a8", new RetainerRow(1, "com.acme.Cache", 24, 700)),
                        Map.entry("0x7f0010", new RetainerRow(2, "class com.acme.Catalog", 120, 500)));
    }

    @Test
    void there_are_no_retainers_below_the_level_that_knows_them() {
        assertThat(ReportRows.topRetainers(report(TYPES, List.of()))).isEmpty();
    }

    private static RootSummary measured(String name, long reachableBytes, long ownedBytes) {
        return new RootSummary(
                name,
                "registered:" + name,
                RootState.MEASURED,
                null,
                1,
                new OwnershipSummary(new Size(reachableBytes / 10, reachableBytes), List.of(), 0),
                new OwnershipSummary(new Size(ownedBytes / 10, ownedBytes), List.of(), 0),
                new Size(2, 20));
    }

    private static RootSummary gone(String name) {
        return new RootSummary(name, "static:com.acme.Lost#X", RootState.GONE, "class not loaded", 0, null, null, null);
    }

    private static HeapReport report(List<TypeSummary> types, List<RootSummary> roots) {
        return report(types, roots, List.of());
    }

    private static HeapReport report(List<TypeSummary> types, List<RootSummary> roots, List<RetainedObject> retainers) {
        return new HeapReport(
                new CaptureFacts(
                        "shop",
                        "hotspot",
                        Trigger.API,
                        null,
                        Instant.EPOCH,
                        0,
                        0,
                        PauseSource.UNKNOWN,
                        0,
                        null,
                        JvmFacts.UNKNOWN),
                new AnalysisFacts(Level.RETAINED, "asked for", "inferred", 0, 0, 0, 0, 0, 0),
                new HeapTotals(new Size(35, 1_000), null, null, null),
                types,
                types.size(),
                roots,
                retainers);
    }
}

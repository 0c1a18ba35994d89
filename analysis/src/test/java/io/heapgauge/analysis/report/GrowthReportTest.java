/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrowthReportTest {
    private static final Trend SESSIONS = new Trend("com.acme.Session", 5_000, 1_200, 4_800, 0.991_666);
    private static final Trend BYTES = new Trend("byte[]", 9_000, -300, -1_200, 0);
    private static final MergedPaths PATHS = new MergedPaths(
            "com.acme.Session",
            new Size(10, 5_000),
            new Size(8, 4_000),
            2,
            List.of(new MergedPaths.Path(
                    new Size(6, 3_000),
                    0x7f00a8,
                    "sticky class",
                    List.of(
                            new MergedPaths.Step("class com.acme.Sessions", false),
                            new MergedPaths.Step("java.util.HashMap$Node", true),
                            new MergedPaths.Step("com.acme.Session", false)))));

    private static HeapReport report() {
        return SampleReports.full()
                .with(new Growth(
                        Instant.parse("2026-11-24T02:19:10Z"),
                        5,
                        List.of(SESSIONS, BYTES),
                        List.of(new Trend("sessions", 100, 10, 10, 0.5)),
                        List.of(new Suspect(SESSIONS, PATHS), new Suspect(BYTES, null)),
                        Instant.parse("2026-11-24T01:19:10Z"),
                        List.of(new TypeChange("com.acme.Session", Size.ZERO, new Size(10, 5_000)))));
    }

    @Test
    void growth_comes_back_as_it_went() throws IOException {
        assertThat(ReportJson.fromJson(ReportJson.toJson(report()))).isEqualTo(report());
    }

    @Test
    void growth_reads_like_this() {
        assertThat(ReportText.render(report(), 0)).endsWith("""

                Over 5 captures since 2026-11-24T02:19:10Z: 2 types grow clearly and by much
                     Grown    Per hour Certain Kind
                      1200        4800   0.992 com.acme.Session
                      -300       -1200   0.000 byte[]
                75 % of com.acme.Session by sticky class > class com.acme.Sessions > java.util.HashMap$Node (in a row) > com.acme.Session
                """);
    }

    @Test
    void no_growth_is_said_once_there_is_something_to_compare() {
        Growth none = new Growth(Instant.EPOCH, 1, List.of(), List.of(), List.of(), Instant.EPOCH, List.of());
        assertThat(ReportText.render(SampleReports.full().with(none), 0)).doesNotContain("captures since");
        Growth quiet = new Growth(Instant.EPOCH, 6, List.of(BYTES), List.of(), List.of(), Instant.EPOCH, List.of());
        assertThat(ReportText.render(SampleReports.full().with(quiet), 0))
                .endsWith("Over 6 captures since 1970-01-01T00:00:00Z: no type grows clearly and by much\n");
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportTextTest {
    @Test
    void a_full_report_reads_like_this() {
        assertThat(ReportText.render(SampleReports.full(), 20)).isEqualTo("""
                        Heap of OpenJDK 64-Bit Server VM 17.0.15+6 (pid 4711), captured 2026-11-24T03:19:10Z by hotspot, asked for by jmx "nightly "run"": pause 640 ms (observed-gap) of 812 ms, dump shop-4711.hprof, 1.5 GiB
                        Memory before and after: heap used 1000 bytes and 1010 bytes, committed 3.9 KiB; resident 8.8 KiB, at its peak 9.3 KiB; container 11.7 KiB of 15.6 KiB
                        Analysed in 1.2 s at level retained (asked for), scratch 2.0 KiB; shallow sizes: the VM's flags
                        3 references lead to objects that are not in the dump: class objects of classes that are not loaded, or what garbage held
                        Odd: 1 object written more than once, counted once
                        Total 100 objects, 3 types, total size = 3.9 KiB (4000 bytes)
                        Reachable   70 objects, 2.9 KiB (3000 bytes), 75 % of the size
                        Weakly held 10 objects, 200 bytes, 5 % of the size
                                     soft 20, weak 150, finalizable 0, phantom 30 bytes
                        Not reached 20 objects, 800 bytes, 20 % of the size
                         Index   Count   %      Size   % Cum     Max    Native Kind
                             0      50  50      2000  50  50    1016         - byte[]
                             1      48  48      1152  28  78      24         - java.lang.String
                             2       2   2       848  21 100     424     65536 com.acme.Ünïcode

                        Single objects that retain most, in % of the reachable size; one may retain another
                         Index    Retained   %   Shallow Kind             Id
                             0          50   1        10 com.acme.Session 0x7f00a8
                             1          40   1        40 byte[]           0x7f00b8

                        Root     State       Reachable       Owned    Retained   Objects  Starts Spec
                        sessions measured          100          60          50         6       1 registered:sessions
                        catalog  gone                -           -           -         -       - static:com.acme.Catalog#INSTANCE (no class com.acme.Catalog)

                        sessions owns 6 objects, 60 bytes
                         Index   Count   %      Size   % Cum     Max Kind
                             0       6 100        60 100 100      10 com.acme.Session
                        """);
    }

    @Test
    void what_the_level_does_not_know_is_called_unknown() {
        String text = ReportText.render(SampleReports.typesOnly(new Size(1, 16), 1), 20);
        assertThat(text)
                .startsWith("Heap of an unknown VM, captured ")
                .contains("elsewhere: pause unknown, dump 31 bytes\n")
                .contains("Reachable, weakly held and not reached: unknown, this level does not walk the graph\n");
    }

    @Test
    void columns_grow_with_wide_numbers_and_stay_apart() {
        String text = ReportText.render(
                SampleReports.typesOnly(
                        new Size(60_125_830_521L, 9_000_000_000_000_000_000L),
                        2,
                        new TypeSummary("dict", 60_125_830_520L, 8_999_999_999_999_999_999L, 123_456_789_012L, null),
                        new TypeSummary("one", 1, 1, 1, null)),
                20);
        assertThat(text).endsWith("""
                         Index       Count   %                Size   % Cum          Max Kind
                             0 60125830520  99 8999999999999999999  99  99 123456789012 dict
                             1           1   0                   1   0 100            1 one
                        """);
    }

    @Test
    void rows_that_are_cut_are_summed_up_as_other() {
        assertThat(ReportText.render(SampleReports.full(), 1)).contains("""
                             0      50  50      2000  50  50    1016 byte[]
                                    50  50      2000  50 100       - other (2 types)
                        """);
    }

    @Test
    void types_that_the_report_itself_has_dropped_are_other_as_well() {
        HeapReport report = SampleReports.typesOnly(new Size(9, 90), 5, new TypeSummary("a.A", 4, 40, 10, null));
        assertThat(ReportText.render(report, 20))
                .contains("other (4 types)")
                .contains("        5  55        50  55 100");
    }

    @Test
    void only_the_first_ten_retainers_have_a_row() {
        List<RetainedObject> retainers = IntStream.range(0, 20)
                .mapToObj(i -> new RetainedObject(0x1000 + i, "a.Retainer", 16, 2_000 - i, 0))
                .toList();
        assertThat(ReportText.render(SampleReports.full(retainers), 20).lines())
                .filteredOn(line -> line.contains(" a.Retainer "))
                .hasSize(10)
                .startsWith("     0        2000  66        16 a.Retainer 0x1000")
                .endsWith("     9        1991  66        16 a.Retainer 0x1009");
    }

    @Test
    void there_is_no_table_of_retainers_where_the_level_knows_none() {
        assertThat(ReportText.render(SampleReports.full(List.of()), 20)).doesNotContain("retain most", "0x");
    }

    @Test
    void a_root_whose_retained_size_is_unknown_has_a_dash() {
        assertThat(ReportText.render(SampleReports.owned(), 20)).contains("""
                        Root     State       Reachable       Owned    Retained   Objects  Starts Spec
                        sessions measured          100          60           -         6       1 registered:sessions
                        """);
    }

    @Test
    void an_empty_heap_has_no_shares() {
        assertThat(ReportText.render(SampleReports.typesOnly(Size.ZERO, 1, new TypeSummary("a.A", 0, 0, 0, null)), 20))
                .contains("Total 0 objects, 1 type, total size = 0 bytes\n")
                .contains("     0       0   -         0   -   -       0 a.A\n");
    }

    @Test
    void the_text_is_the_same_in_every_locale() {
        Locale before = Locale.getDefault();
        String here = ReportText.render(SampleReports.full(), 20);
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(ReportText.render(SampleReports.full(), 20)).isEqualTo(here);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void names_from_the_dump_cannot_steer_a_terminal() {
        HeapReport report = SampleReports.typesOnly(
                new Size(1, 16), 1, new TypeSummary("evil\u001b[2J\nName\u202e", 1, 16, 16, null));
        assertThat(ReportText.render(report, 20)).contains(" evil?[2J?Name?\n").doesNotContain("\u001b");
        List<RetainedObject> retainers = List.of(new RetainedObject(1, "evil\u001b[2J", 16, 16, 0));
        assertThat(ReportText.render(SampleReports.full(retainers), 20))
                .contains(" evil?[2J 0x1\n")
                .doesNotContain("\u001b");
    }

    @Test
    void the_roots_alone_come_without_the_tables_of_the_whole_heap() {
        assertThat(ReportText.renderRoots(SampleReports.full()))
                .contains("sessions owns 6 objects")
                .doesNotContain("byte[]", "retain most");
    }

    @Test
    void sizes_and_times_choose_their_unit() {
        assertThat(Units.bytes(1)).isEqualTo("1 byte");
        assertThat(Units.bytes(1023)).isEqualTo("1023 bytes");
        assertThat(Units.bytes(1 << 20)).isEqualTo("1.0 MiB");
        assertThat(Units.bytes((1 << 20) - 1)).isEqualTo("1.0 MiB");
        assertThat(Units.bytes(Long.MAX_VALUE)).isEqualTo("8.0 EiB");
        assertThat(Units.nanos(400_000)).isEqualTo("0.4 ms");
        assertThat(Units.nanos(12_000_000)).isEqualTo("12 ms");
        assertThat(Units.nanos(61_500_000_000L)).isEqualTo("61.5 s");
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.graph.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.HeapInspector;
import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.report.CollapsedTypes;
import io.heapgauge.analysis.report.TypeSummary;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a dump of this very VM, with compressed references: a shell, a table of 16, ten nodes and ten boxed values each. */
class CollapsedViewTest {
    private static final int EACH = 100;
    private static final int ENTRIES = 10;
    private static final int TABLE_BYTES = 16 + 16 * 4;
    private static final int BOXED_BYTES = 16;
    private static final List<Object> HELD = new ArrayList<>();

    @TempDir
    static Path directory;

    private static CollapsedTypes types;

    private static final class Plain extends HashMap<Integer, String> {}

    private static final class Ordered extends LinkedHashMap<Integer, String> {}

    private static final class Sorted extends TreeMap<Integer, String> {}

    private static final class Concurrent extends ConcurrentHashMap<Integer, String> {}

    private static final class Chain extends LinkedList<Integer> {}

    private static final class WithIterator extends HashMap<Integer, String> {}

    private static final class Sharing {
        final String one;
        final String other;

        Sharing(String text) {
            one = text;
            other = new String(text); // has the same bytes
        }
    }

    private static final class Box {
        final Object[] content = {new Object(), "a string is nobody's part"};
    }

    @BeforeAll
    static void dump() throws IOException {
        int number = 1_000;
        for (int i = 0; i < EACH; i++) {
            for (var map : List.of(new Plain(), new Ordered(), new Sorted(), new Concurrent(), new WithIterator())) {
                for (int entry = 0; entry < ENTRIES; entry++) {
                    map.put(number++, "one string for all");
                }
                HELD.add(map);
                if (map instanceof WithIterator) {
                    Iterator<Integer> iterator = map.keySet().iterator();
                    iterator.next();
                    HELD.add(iterator);
                }
            }
            Chain chain = new Chain();
            for (int entry = 0; entry < ENTRIES; entry++) {
                chain.add(number++);
            }
            HELD.add(chain);
            HELD.add(new Sharing("text " + i));
            HELD.add(new Box());
        }
        Path file = directory.resolve("own.hprof");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file.toString(), true);
        AnalysisRequest request =
                AnalysisRequest.builder().scratchDirectory(directory).threads(2).build();
        FieldRule content = new FieldRule(Box.class.getName(), "content");
        types = HeapInspector.of(file, request).collapsedTypes(List.of(content));
    }

    @Test
    void maps_and_lists_count_with_their_nodes_and_boxed_keys() {
        // since JDK 21 it has one more field
        long linked = Runtime.version().feature() >= 21 ? 64 : 56;
        assertThat(bytes(Plain.class)).isEqualTo(EACH * (48L + TABLE_BYTES + ENTRIES * (32 + BOXED_BYTES)));
        assertThat(bytes(Ordered.class)).isEqualTo(EACH * (linked + TABLE_BYTES + ENTRIES * (40 + BOXED_BYTES)));
        assertThat(bytes(Sorted.class)).isEqualTo(EACH * (48L + ENTRIES * (40 + BOXED_BYTES)));
        assertThat(bytes(Concurrent.class)).isEqualTo(EACH * (64L + TABLE_BYTES + ENTRIES * (32 + BOXED_BYTES)));
        assertThat(bytes(Chain.class)).isEqualTo(EACH * (32L + ENTRIES * (24 + BOXED_BYTES)));
    }

    @Test
    void a_map_keeps_its_nodes_apart_while_an_iterator_holds_one() {
        assertThat(row(WithIterator.class.getName()).largestBytes()).isLessThanOrEqualTo(72);
        assertThat(row("java.util.HashMap$Node").objects()).isGreaterThanOrEqualTo(EACH * ENTRIES);
    }

    @Test
    void strings_have_their_bytes_unless_another_string_has_them_too() {
        assertThat(row("java.lang.String").bytes())
                .isGreaterThan(row("java.lang.String").objects() * 24);
        assertThat(row("byte[]").objects()).isGreaterThanOrEqualTo(EACH);
        assertThat(row(Sharing.class.getName()).bytes()).isEqualTo(EACH * 24L);
    }

    @Test
    void a_rule_of_ones_own_folds_what_it_names_and_no_more() {
        assertThat(row(Box.class.getName()).bytes()).isEqualTo(EACH * (16L + 24));
    }

    @Test
    void a_rule_needs_a_class_and_a_field() {
        for (String wrong : List.of("", "a.B", "#b", "a.B#", "a#b#c")) {
            assertThatThrownBy(() -> FieldRule.parse(wrong)).hasMessageContaining("expected Class#field");
        }
    }

    private static long bytes(Class<?> type) {
        TypeSummary row = row(type.getName());
        assertThat(row.objects()).isEqualTo(EACH);
        return row.bytes();
    }

    private static TypeSummary row(String name) {
        return types.types().stream()
                .filter(type -> type.type().equals(name))
                .findFirst()
                .orElseThrow();
    }
}

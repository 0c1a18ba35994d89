/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.graph.ContentSink;
import io.heapgauge.analysis.graph.FieldReferenceSink;
import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.graph.FieldRules;
import io.heapgauge.analysis.graph.FieldSink;
import io.heapgauge.analysis.graph.GcRoots;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.graph.HeapSource;
import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.graph.IdSink;
import io.heapgauge.analysis.graph.ReferenceSink;
import io.heapgauge.analysis.graph.TypeTally;
import io.heapgauge.analysis.graph.ValueSink;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.store.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Rows of more than 2^31 references: 9 GB of scratch and three minutes, so only when asked for. */
@EnabledIfSystemProperty(named = "heapgauge.manyReferences", matches = "true")
class ManyReferencesTest {
    private static final int OBJECTS = 5_000_000;
    private static final int EACH = 440;

    @TempDir
    Path directory;

    @Test
    void positions_go_beyond_what_an_int_holds() throws IOException {
        assertThat((long) OBJECTS * EACH).isGreaterThan(1L << 31);
        try (Scratch scratch = Scratch.mapped(directory, Long.MAX_VALUE)) {
            HeapGraph graph = HeapGraph.build(new Dense(), FieldRules.of(List.of()), scratch, Monitor.NONE);
            assertThat(graph.references()).isEqualTo((long) OBJECTS * EACH);
            assertThat(graph.hasFreeSigns()).isFalse();
            assertThat(graph.row(OBJECTS - 1)).isEqualTo((OBJECTS - 1L) * EACH);
            for (int object = 0; object < OBJECTS; object += 4_999) {
                long row = graph.row(object);
                for (int i = 0; i < EACH; i++) {
                    int target = graph.target(row + i);
                    assertThat(target & ~HeapGraph.LAST).isEqualTo(Dense.target(object, i));
                    assertThat(target < 0).isEqualTo(i == EACH - 1);
                }
            }
            GcReachability reachability = GcReachability.of(graph, scratch, Monitor.NONE);
            assertThat(reachability.totals().reachable().objects()).isEqualTo(OBJECTS);
        }
    }

    /** Every object refers to the next one and to many others. */
    private static final class Dense implements HeapSource {
        private static final long FIRST_ID = 0x1000_0000L;

        private final List<HeapType> types = List.of(
                new HeapType(0, "java.lang.Class", "java.lang.Class", 0, -1, 0, List.of(), List.of()),
                new HeapType(1, "Dense", "Dense", 0, -1, 0, List.of(), List.of()));
        private final GcRoots roots = new GcRoots();

        Dense() {
            roots.add(FIRST_ID, GcRoots.Kind.OTHER, 0);
        }

        static int target(int object, int i) {
            return (int) ((object + 1L + 977L * i * i) % OBJECTS);
        }

        private static long id(int object) {
            return FIRST_ID + 16L * object;
        }

        @Override
        public TypeTally scan(Supplier<? extends IdSink> ids) {
            IdSink sink = ids.get();
            TypeTally tally = TypeTally.empty(types.size());
            for (int object = 0; object < OBJECTS; object++) {
                sink.object(id(object));
                tally.add(1, 16);
            }
            return tally;
        }

        @Override
        public void references(FieldRules rules, Supplier<? extends ReferenceSink> sinks) {
            ReferenceSink sink = sinks.get();
            long[] row = new long[EACH];
            for (int object = 0; object < OBJECTS; object++) {
                for (int i = 0; i < EACH; i++) {
                    row[i] = id(target(object, i));
                }
                sink.object(id(object), 1, 16);
                sink.references(row, EACH);
                sink.end();
            }
        }

        @Override
        public List<HeapType> types() {
            return types;
        }

        @Override
        public int classType() {
            return 0;
        }

        @Override
        public GcRoots roots() {
            return roots;
        }

        @Override
        public int alignmentBytes() {
            return 8;
        }

        @Override
        public int referenceBytes() {
            return 4;
        }

        @Override
        public List<String> primitiveFields(int type) {
            return List.of();
        }

        @Override
        public void contents(LongPredicate wanted, ContentSink sink) {
            throw new IllegalStateException("this heap has no contents");
        }

        @Override
        public void fieldsBetween(LongUnaryOperator targetOf, FieldSink sink) {
            throw new IllegalStateException("this heap names no fields");
        }

        @Override
        public void values(List<List<FieldRule>> fields, ValueSink sink) {
            throw new IllegalStateException("this heap has no values");
        }

        @Override
        public List<String> fieldReferences(FieldReferenceSink sink) {
            throw new IllegalStateException("this heap names no fields");
        }
    }
}

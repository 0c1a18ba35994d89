/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.redact;

import static io.heapgauge.analysis.fixture.FieldType.BYTE;
import static io.heapgauge.analysis.fixture.FieldType.LONG;
import static io.heapgauge.analysis.fixture.FieldType.OBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.HeapAnalyzer;
import io.heapgauge.analysis.fixture.FixtureFacts;
import io.heapgauge.analysis.fixture.FixtureHeap;
import io.heapgauge.analysis.fixture.HprofWriter;
import io.heapgauge.analysis.fixture.RootKind;
import io.heapgauge.analysis.fixture.SubRecords;
import io.heapgauge.analysis.measure.RootDefinition;
import io.heapgauge.analysis.measure.RootSpec;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.RootSummary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a redacted dump still tells the analysis. */
class RedactedRegistryTest {
    private static final String ENTRY = "io.heapgauge.RootRegistry$Entry";

    @TempDir
    private Path directory;

    private Path in;
    private Path out;

    @BeforeEach
    void nameFiles() {
        in = directory.resolve("in.hprof");
        out = directory.resolve("out.hprof");
    }

    @Test
    void registered_roots_are_found_again_by_name_and_registry() throws IOException {
        registry().write(in);
        RedactionSummary summary = HprofRedactor.redact(in, out, RedactionRules.standard(), Monitor.NONE);
        assertThat(summary.keptArrays()).isEqualTo(2);
        assertThat(measured(out))
                .isEqualTo(measured(in))
                .hasSize(3)
                .allSatisfy(root -> assertThat(root.reachable()).isNotNull());
        assertThat(new String(Files.readAllBytes(out), StandardCharsets.ISO_8859_1))
                .contains("sessions", "orders")
                .doesNotContain("secret");
    }

    @Test
    void histograms_are_equal_before_and_after() throws IOException {
        registry().write(in);
        HprofRedactor.redact(in, out, RedactionRules.standard(), Monitor.NONE);
        assertThat(report(out).totals()).isEqualTo(report(in).totals());
        assertThat(report(out).types()).isEqualTo(report(in).types());
    }

    @Test
    void entries_before_their_class_keep_their_names_in_another_reading() throws IOException {
        byte[] name = "sessions".getBytes(StandardCharsets.UTF_8);
        byte[] reference = {0, 0, 0, 0, 0, 0, 2, 0};
        HprofWriter writer = new HprofWriter(8)
                .header()
                .segment(body -> body.instance(0x100, 0x10, reference)
                        .primitiveArray(0x200, BYTE, name.length, name)
                        .primitiveArray(0x300, BYTE, name.length, name)
                        .classDump(0x10, 0, 0, List.of(), List.of(new SubRecords.Field(2, OBJECT))));
        writer.loadClass(1, 0x10, 3)
                .utf8(2, "name")
                .utf8(3, ENTRY.replace('.', '/'))
                .end()
                .write(in);
        RedactionSummary summary = HprofRedactor.redact(in, out, RedactionRules.standard(), Monitor.NONE);
        assertThat(summary.keptArrays()).isEqualTo(1);
        assertThat(summary.arrays()).isEqualTo(1);
    }

    private static FixtureHeap registry() {
        FixtureHeap heap = new FixtureHeap();
        heap.type(ENTRY)
                .extending("java.lang.ref.WeakReference")
                .field("registryId", LONG)
                .field("name", OBJECT);
        heap.type("com.acme.Holder").field("text", OBJECT);
        for (String name : List.of("sessions", "orders")) {
            long holder = heap.instance("com.acme.Holder", Map.of("text", heap.string("secret of " + name.length())));
            long entry = heap.instance(
                    ENTRY,
                    Map.of(
                            "registryId",
                            77L,
                            "name",
                            heap.byteArray(name.getBytes(StandardCharsets.UTF_8)),
                            "referent",
                            holder));
            heap.root(RootKind.JNI_GLOBAL, entry).root(RootKind.JNI_GLOBAL, holder);
        }
        return heap;
    }

    private static List<RootSummary> measured(Path dump) throws IOException {
        return report(dump).roots();
    }

    private static HeapReport report(Path dump) throws IOException {
        List<RootDefinition> roots = Stream.of(
                        RootSpec.parse("registered:sessions"),
                        RootSpec.parse("registered:orders"),
                        new RootSpec.Registered("sessions", 77))
                .map(spec ->
                        new RootDefinition("of " + ((RootSpec.Registered) spec).registryId() + spec, spec, List.of()))
                .toList();
        return HeapAnalyzer.analyze(
                dump, FixtureFacts.FILE, AnalysisRequest.builder().roots(roots).build());
    }
}

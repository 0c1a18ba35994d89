/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.graph.view.EdgeFilter;
import io.heapgauge.analysis.growth.HeapHistory;
import io.heapgauge.analysis.growth.HeapPoint;
import io.heapgauge.analysis.layout.VmModel;
import io.heapgauge.analysis.measure.Exclusion;
import io.heapgauge.analysis.measure.RootDefinition;
import io.heapgauge.analysis.measure.RootSpec;
import io.heapgauge.analysis.report.Level;
import io.heapgauge.analysis.report.SampleReports;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.source.NativeField;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChildRequestTest {
    private static final Path DUMP = Path.of("/tmp/über/heap.hprof");

    private interface Content {
        void writeTo(DataOutputStream out) throws IOException;
    }

    private static DataInputStream sent(Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        content.writeTo(new DataOutputStream(bytes));
        return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    }

    private static void comesBack(AnalysisRequest wanted) throws IOException {
        ChildRequest request = new ChildRequest(DUMP, Instant.parse("2026-11-24T03:19:11Z"), wanted);
        assertThat(ChildRequest.read(sent(request::write))).isEqualTo(request);
    }

    @Test
    void a_request_with_everything_comes_back_as_it_went() throws IOException {
        HeapPoint point = new HeapPoint(
                Instant.parse("2026-11-24T03:19:10.123456789Z"),
                4711,
                Map.of("com.acme.Ünïcode", new Size(1, 2), "byte[]", new Size(3, 4)),
                Map.of("sessions", new Size(5, 6)));
        comesBack(AnalysisRequest.builder()
                .maxLevel(Level.OWNED)
                .roots(List.of(
                        new RootDefinition("sessions", new RootSpec.Registered("sessions", -77), List.of()),
                        new RootDefinition(
                                "catalog",
                                RootSpec.parse("static:com.acme.C#INSTANCE"),
                                List.of(
                                        Exclusion.parse("class:com.acme.A"),
                                        Exclusion.parse("package:com.acme"),
                                        Exclusion.parse("field:com.acme.A#b"),
                                        Exclusion.parse("root:sessions"))),
                        new RootDefinition("worker", RootSpec.parse("thread:worker 1"), List.of()),
                        new RootDefinition("any", RootSpec.parse("object:0x7f00a0"), List.of())))
                .maxTypes(11)
                .maxRootTypes(12)
                .maxRetainers(13)
                .vmModel(new VmModel(8, 8, 16, true))
                .follow(Set.of(EdgeFilter.values()))
                .threads(3)
                .nativeFields(List.of(NativeField.parse("com.acme.Off#heap")))
                .history(new HeapHistory(List.of(point, point), point))
                .scratchDirectory(Path.of("/tmp/scratch"))
                .scratchBudgetBytes(1L << 40)
                .cpuShare(0.25)
                .build());
    }

    @Test
    void a_request_with_nothing_comes_back_as_it_went() throws IOException {
        comesBack(AnalysisRequest.builder().directScratch().build());
        comesBack(AnalysisRequest.builder()
                .directScratch()
                .history(HeapHistory.NONE)
                .build());
    }

    @Test
    void answers_come_back_as_they_went() throws IOException {
        for (ChildAnswer answer : List.of(
                new ChildAnswer.Working("reading references", 0.5),
                new ChildAnswer.Done(SampleReports.full()),
                new ChildAnswer.Failed("heap.hprof: at offset 12: nothing"))) {
            assertThat(ChildAnswer.read(sent(answer::write))).isEqualTo(answer);
        }
    }

    @Test
    void what_is_no_request_and_what_ends_too_early_is_told() {
        assertThatThrownBy(() -> ChildRequest.read(sent(out -> out.writeInt(1))))
                .hasMessage("not a request of this version of heapgauge");
        assertThatThrownBy(() -> ChildAnswer.read(sent(out -> out.writeByte('?'))))
                .hasMessageContaining("unknown kind");
        assertThatThrownBy(() -> ChildAnswer.read(sent(out -> {}))).isInstanceOf(EOFException.class);
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.analysis.fixture.HprofWriter;
import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.graph.IdSink;
import io.heapgauge.analysis.monitor.Monitor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HprofSourceTest {
    private static final int THREADS = 2;

    @TempDir
    Path directory;

    /** As no dumper writes it, but the format allows it. */
    @Test
    void classes_are_named_wherever_their_names_stand() throws IOException {
        Path dump = new HprofWriter(8)
                .header()
                .utf8(1, "com/acme/Before")
                .loadClass(1, 0x10, 1)
                .segment(
                        heap -> heap.classDump(0x10, 0, 0, List.of(), List.of()).instance(0x100, 0x10))
                .loadClass(2, 0x20, 2)
                .utf8(2, "com/acme/Between")
                .segment(
                        heap -> heap.classDump(0x20, 0, 0, List.of(), List.of()).instance(0x200, 0x20))
                .segment(
                        heap -> heap.classDump(0x30, 0, 0, List.of(), List.of()).instance(0x300, 0x30))
                .end()
                .loadClass(3, 0x30, 3)
                .utf8(3, "com/acme/Behind")
                .write(directory.resolve("scattered.hprof"));
        for (int threads = 1; threads <= THREADS; threads++) {
            HprofSource source =
                    HprofSource.open(dump, new HprofSource.Options(null, threads, List.of()), Monitor.NONE);
            for (int pass = 0; pass < 2; pass++) { // once more after a pass that ended early, for example
                source.scan(() -> IdSink.NONE);
                assertThat(source.types().stream().map(HeapType::name))
                        .contains("com.acme.Before", "com.acme.Between", "com.acme.Behind");
            }
        }
    }
}

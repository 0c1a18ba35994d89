/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import io.heapgauge.analysis.graph.FieldRules;
import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.graph.IdSink;
import io.heapgauge.analysis.graph.ReferenceSink;
import io.heapgauge.analysis.graph.TypeTally;
import io.heapgauge.analysis.layout.VmModel;
import io.heapgauge.analysis.monitor.CancelSignal;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.monitor.Progress;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.source.HprofSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sizes that a dump is read with.
 *
 * @param sizesFrom where they are said to come from
 * @param instanceBytes by class, where all instances have one size
 * @param mirrorBytes sizes of the class objects by the class they stand for
 * @param histogram objects and bytes by class
 */
record SizedDump(
        String sizesFrom, Map<String, Long> instanceBytes, Map<String, Long> mirrorBytes, VmHistogram histogram) {
    private static final long DIFFERENT = -1;

    /** Reads a dump by the model of its VM, or by what it says itself where that is null. */
    static SizedDump read(Path dump, @Nullable VmModel model) throws IOException {
        HprofSource source =
                HprofSource.open(dump, HprofSource.Options.of(model), new Monitor(Progress.NONE, CancelSignal.NEVER));
        TypeTally tally = source.scan(() -> IdSink.NONE);
        Map<Long, String> classes = new HashMap<>();
        VmHistogram histogram = VmHistogram.empty();
        for (HeapType type : source.types()) {
            classes.put(type.classId(), type.name());
            histogram.add(type.name(), new Size(tally.objects()[type.index()], tally.bytes()[type.index()]));
        }
        Map<String, Long> instances = new HashMap<>();
        Map<String, Long> mirrors = new HashMap<>();
        source.references(FieldRules.of(List.of()), () -> new ReferenceSink() {
            @Override
            public void object(long id, int type, long bytes) {
                String mirrored = type == source.classType() ? classes.get(id) : null;
                if (mirrored != null) {
                    mirrors.put(mirrored, bytes);
                } else {
                    instances.merge(source.types().get(type).name(), bytes, (a, b) -> a.equals(b) ? a : DIFFERENT);
                }
            }

            @Override
            public void references(long[] ids, int count) {
                // only sizes are wanted
            }

            @Override
            public void end() {
                // only sizes are wanted
            }
        });
        return new SizedDump(source.sizesFrom(), instances, mirrors, histogram);
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis;

import io.heapgauge.analysis.graph.RecordedSource;
import io.heapgauge.analysis.jsonl.JsonLinesSource;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.source.HprofSource;
import io.heapgauge.analysis.store.PlainFile;
import java.io.IOException;
import java.nio.file.Path;

/** Opens dumps of either format: hprof files and exports as JSON lines. Stateless. */
public final class Dumps {
    private Dumps() {}

    /**
     * Opens a dump.
     *
     * @param dump an hprof file, or an export as JSON lines
     * @param options how to read it
     * @param monitor hears of each pass
     * @return the source, before its first pass
     * @throws io.heapgauge.analysis.hprof.HprofException if the file is neither or cannot be read as far as needed
     * @throws IOException if the file cannot be read
     */
    public static RecordedSource open(Path dump, HprofSource.Options options, Monitor monitor) throws IOException {
        return JsonLinesSource.isJson(dump)
                ? JsonLinesSource.open(dump, options.threads(), monitor)
                : HprofSource.open(dump, options, monitor);
    }

    /**
     * Unpacks a dump beside the scratch if it is compressed, so that any place of it can be read.
     *
     * @param dump an hprof file or an export as JSON lines, plain or gzip
     * @param request its scratch directory and budget are heeded
     * @param monitor polled meanwhile
     * @return the dump or what was unpacked, to be closed after use
     * @throws IOException if it cannot be read or takes more than the scratch budget
     */
    public static PlainFile unpacked(Path dump, AnalysisRequest request, Monitor monitor) throws IOException {
        monitor.phase("unpacking");
        return PlainFile.of(dump, request.scratchDirectory(), request.scratchBudgetBytes(), monitor::beat);
    }

    /** A dump in which every pass starts from the beginning: only JSON lines have to be unpacked for that. */
    static PlainFile readable(Path dump, AnalysisRequest request, Monitor monitor) throws IOException {
        return JsonLinesSource.isJson(dump) ? unpacked(dump, request, monitor) : PlainFile.asItIs(dump);
    }
}

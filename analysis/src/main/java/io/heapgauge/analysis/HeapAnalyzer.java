/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis;

import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.HeapReport;
import java.io.IOException;
import java.nio.file.Path;

/** From a heap dump to a report. */
public final class HeapAnalyzer {
    private HeapAnalyzer() {}

    /**
     * Analyses a dump on the calling thread. Safe to call from several threads at once, each with its own scratch.
     *
     * @param dump an hprof file, plain or gzip
     * @param capture how the dump came to be; copied into the report
     * @param request what to find out
     * @return the report
     * @throws io.heapgauge.analysis.hprof.HprofException if the dump cannot be read to its end; names file and offset
     * @throws IOException if the file or the scratch cannot be read or written
     * @throws io.heapgauge.analysis.monitor.AnalysisCancelledException if the request's signal said so
     */
    public static HeapReport analyze(Path dump, CaptureFacts capture, AnalysisRequest request) throws IOException {
        throw new UnsupportedOperationException();
    }
}

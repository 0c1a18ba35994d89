/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.HeapAnalyzer;
import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.HeapReport;
import java.io.IOException;
import java.nio.file.Path;

/** From a dump to a report, as {@link HeapAnalyzer#analyze} does it. */
@FunctionalInterface
interface AnalysisPort {
    /** The one that ships. */
    AnalysisPort REAL = HeapAnalyzer::analyze;

    HeapReport analyze(Path dump, CaptureFacts capture, AnalysisRequest request) throws IOException;
}

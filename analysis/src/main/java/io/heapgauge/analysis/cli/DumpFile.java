/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.HeapAnalyzer;
import io.heapgauge.analysis.hprof.HprofScanner;
import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.JvmFacts;
import io.heapgauge.analysis.report.PauseSource;
import io.heapgauge.analysis.report.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import picocli.CommandLine.Parameters;

/** The dump that a command reads, and its analysis with a progress line. */
final class DumpFile {
    @Parameters(paramLabel = "DUMP", description = "A heap dump in hprof format, plain or gzip.")
    private Path path = Path.of("");

    HeapReport analyze(AnalysisRequest.Builder request, Terminal terminal) throws IOException {
        if (Files.isDirectory(path)) {
            throw new IOException(path + ": a directory, not a heap dump");
        }
        Instant writtenAt = Instant.ofEpochMilli(HprofScanner.header(path).epochMillis());
        Path name = path.getFileName();
        CaptureFacts capture = new CaptureFacts(
                "cli",
                "file",
                Trigger.CLI,
                null,
                writtenAt,
                0,
                0,
                PauseSource.UNKNOWN,
                Files.size(path),
                name == null ? null : name.toString(),
                JvmFacts.UNKNOWN);
        try (ProgressLine progress = new ProgressLine(terminal);
                Interruption interruption = Interruption.watch()) {
            return HeapAnalyzer.analyze(
                    path,
                    capture,
                    request.progress(progress).cancel(interruption).build());
        }
    }
}

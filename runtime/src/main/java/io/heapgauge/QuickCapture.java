/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.HeapAnalyzer;
import io.heapgauge.analysis.growth.HeapHistory;
import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.MemoryFacts;
import io.heapgauge.analysis.report.MemoryReading;
import io.heapgauge.analysis.report.PauseSource;
import java.io.IOException;
import java.time.Instant;

/** A capture in quick mode, on the gauge's thread: the VM's class histogram becomes a report. */
final class QuickCapture {
    private final Settings settings;
    private final Roots roots;
    private final Listeners listeners;
    private final MemoryReader memory;
    private final ReportHistory history;

    QuickCapture(Settings settings, Roots roots, Listeners listeners, MemoryReader memory, ReportHistory history) {
        this.history = history;
        this.settings = settings;
        this.roots = roots;
        this.listeners = listeners;
        this.memory = memory;
    }

    HeapReport take(Flight flight) throws IOException {
        CaptureRequest request = flight.request();
        ClassHistogramCommand command = ClassHistogramCommand.ofThisVm();
        listeners.onCaptureStarted(request);
        flight.captureBegins();
        Instant startedAt = Instant.now();
        MemoryReading before = memory.read();
        String histogram;
        long nanos;
        long pauseNanos;
        try (PauseWatcher watcher = PauseWatcher.start(settings.name())) {
            long start = System.nanoTime();
            histogram = command.run();
            nanos = System.nanoTime() - start;
            pauseNanos = watcher.stop();
        }
        CaptureFacts facts = new CaptureFacts(
                settings.name(),
                CaptureFacts.HISTOGRAM,
                request.trigger(),
                request.label(),
                startedAt,
                nanos,
                pauseNanos,
                PauseSource.OBSERVED_GAP,
                0,
                null,
                ThisVm.facts(),
                new MemoryFacts(before, memory.read()));
        listeners.onCaptured(facts);
        AnalysisRequest.Builder wanted = AnalysisRequest.builder()
                .roots(roots.definitions())
                .maxTypes(settings.work().reportTypes());
        HeapHistory past = history.of(CaptureMode.QUICK);
        if (past != null) {
            wanted.history(past);
        }
        return HeapAnalyzer.ofHistogram(histogram, facts, wanted.build());
    }
}

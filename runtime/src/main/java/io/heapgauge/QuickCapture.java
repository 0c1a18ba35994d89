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

/** A capture in quick mode, on the gauge's thread: objects by type become a report. */
final class QuickCapture {
    private static final System.Logger LOG = System.getLogger(QuickCapture.class.getName());

    private final Settings settings;
    private final Engines engines;
    private final Roots roots;
    private final Listeners listeners;
    private final MemoryReader memory;
    private final ReportHistory history;

    QuickCapture(
            Settings settings,
            Engines engines,
            Roots roots,
            Listeners listeners,
            MemoryReader memory,
            ReportHistory history) {
        this.engines = engines;
        this.history = history;
        this.settings = settings;
        this.roots = roots;
        this.listeners = listeners;
        this.memory = memory;
    }

    HeapReport take(Flight flight) throws IOException {
        CaptureRequest request = flight.request();
        ForkEngine fork = engines.fork();
        if (fork == null) {
            ClassHistogramCommand.ofThisVm(); // a VM that cannot count says so before anything is announced
        }
        listeners.onCaptureStarted(request);
        flight.captureBegins();
        Instant startedAt = Instant.now();
        MemoryReading before = memory.read();
        Count count = fork == null ? countedByVm() : countedIn(fork, flight);
        CaptureFacts facts = new CaptureFacts(
                settings.name(),
                count.times().engine(),
                request.trigger(),
                request.label(),
                startedAt,
                count.times().captureNanos(),
                count.times().pauseNanos(),
                count.times().pauseSource(),
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
        return count.result().report(facts, wanted.build());
    }

    private Count countedIn(ForkEngine fork, Flight flight) throws IOException {
        Snapshot snapshot;
        try {
            snapshot = fork.types(flight);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "objects are counted by the VM itself, for there is no snapshot", e);
            return countedByVm();
        }
        CaptureTimes times = new CaptureTimes(
                CaptureFacts.FORK_HISTOGRAM, snapshot.nanos(), snapshot.taken().pauseNanos(), PauseSource.SAFEPOINT);
        byte[] message = snapshot.message();
        return new Count(times, (facts, request) -> HeapAnalyzer.ofSnapshot(message, facts, request));
    }

    private Count countedByVm() throws IOException {
        ClassHistogramCommand command = ClassHistogramCommand.ofThisVm();
        try (PauseWatcher watcher = PauseWatcher.start(settings.name())) {
            long start = System.nanoTime();
            String histogram = command.run();
            long nanos = System.nanoTime() - start;
            CaptureTimes times =
                    new CaptureTimes(CaptureFacts.HISTOGRAM, nanos, watcher.stop(), PauseSource.OBSERVED_GAP);
            return new Count(times, (facts, request) -> HeapAnalyzer.ofHistogram(histogram, facts, request));
        }
    }

    /** Objects by type, however they were counted. */
    private record Count(CaptureTimes times, Result result) {}

    /** What can become a report. */
    private interface Result {
        HeapReport report(CaptureFacts facts, AnalysisRequest request) throws IOException;
    }
}

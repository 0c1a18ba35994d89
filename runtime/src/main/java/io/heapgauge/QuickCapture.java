/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.HeapAnalyzer;
import io.heapgauge.analysis.growth.HeapHistory;
import io.heapgauge.analysis.measure.RootDefinition;
import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.CaptureProduct;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.Level;
import io.heapgauge.analysis.report.MemoryFacts;
import io.heapgauge.analysis.report.MemoryReading;
import io.heapgauge.analysis.report.PauseSource;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * A capture without a dump, on the gauge's thread: what a snapshot measured of the heap and the configured roots, or what the
 * VM counted by type, becomes a report.
 */
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
        ForkEngine fork = engines.fork();
        if (fork == null) {
            ClassHistogramCommand.ofThisVm(); // a VM that cannot count says so before anything is announced
        }
        listeners.onCaptureStarted(flight.request());
        return report(flight, fork == null ? this::countedByVm : () -> measuredIn(fork, flight));
    }

    /** The same for one object alone; nobody hears of it but who asked. */
    HeapReport measure(Flight flight, ForkEngine fork) throws IOException {
        return report(flight, () -> measured(fork, flight, Level.OWNED));
    }

    private HeapReport report(Flight flight, Counting counting) throws IOException {
        CaptureRequest request = flight.request();
        flight.captureBegins();
        Instant startedAt = Instant.now();
        MemoryReading before = memory.read();
        Count count = counting.count();
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
                        new MemoryFacts(before, memory.read()))
                .of(count.product());
        AnalysisRequest.Builder wanted = AnalysisRequest.builder()
                .roots(count.roots())
                .maxTypes(settings.work().reportTypes())
                .maxRootTypes(settings.work().typesPerRoot());
        if (flight.only() == null) {
            listeners.onCaptured(facts);
            HeapHistory past = history.before(count.product() != CaptureProduct.TYPES);
            if (past != null) {
                wanted.history(past);
            }
        }
        return count.result().report(facts, wanted.build());
    }

    private Count measuredIn(ForkEngine fork, Flight flight) throws IOException {
        try {
            return measured(fork, flight, settings.work().quickLevel());
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "objects are counted by the VM itself, for there is no snapshot", e);
            return countedByVm();
        }
    }

    private Count measured(ForkEngine fork, Flight flight, Level level) throws IOException {
        RootDefinition only = flight.only();
        List<RootDefinition> definitions = only == null ? roots.definitions() : List.of(only);
        SnapshotPlan plan = level == Level.TYPES
                ? SnapshotPlan.types()
                : SnapshotPlan.of(
                        level,
                        settings.work().snapshotProcesses(),
                        definitions,
                        roots.registry().entries());
        Snapshot snapshot = fork.measure(plan, flight);
        CaptureTimes times = new CaptureTimes(
                CaptureFacts.FORK_HISTOGRAM, snapshot.nanos(), snapshot.taken().pauseNanos(), PauseSource.SAFEPOINT);
        byte[] message = snapshot.message();
        return new Count(
                times,
                level == Level.TYPES ? CaptureProduct.TYPES : CaptureProduct.MEASURES,
                definitions,
                (facts, request) -> HeapAnalyzer.ofSnapshot(message, facts, request));
    }

    private Count countedByVm() throws IOException {
        ClassHistogramCommand command = ClassHistogramCommand.ofThisVm();
        try (PauseWatcher watcher = PauseWatcher.start(settings.name())) {
            long start = System.nanoTime();
            String histogram = command.run();
            long nanos = System.nanoTime() - start;
            CaptureTimes times =
                    new CaptureTimes(CaptureFacts.HISTOGRAM, nanos, watcher.stop(), PauseSource.OBSERVED_GAP);
            return new Count(
                    times,
                    CaptureProduct.TYPES,
                    roots.definitions(),
                    (facts, request) -> HeapAnalyzer.ofHistogram(histogram, facts, request));
        }
    }

    /** What was counted or measured, however that was done. */
    private record Count(CaptureTimes times, CaptureProduct product, List<RootDefinition> roots, Result result) {}

    /** Stops the application for a moment. */
    private interface Counting {
        Count count() throws IOException;
    }

    /** What can become a report. */
    private interface Result {
        HeapReport report(CaptureFacts facts, AnalysisRequest request) throws IOException;
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.growth.HeapHistory;
import io.heapgauge.analysis.hprof.HprofScanner;
import io.heapgauge.analysis.measure.RootDefinition;
import io.heapgauge.analysis.monitor.AnalysisCancelledException;
import io.heapgauge.analysis.redact.RedactionRules;
import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.CaptureProduct;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.JvmFacts;
import io.heapgauge.analysis.report.Level;
import io.heapgauge.analysis.report.MemoryFacts;
import io.heapgauge.analysis.report.MemoryReading;
import io.heapgauge.analysis.report.PauseSource;
import io.heapgauge.analysis.report.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** One capture from its trigger to its report, on the gauge's thread. */
final class CaptureRun {
    private static final System.Logger LOG = System.getLogger(CaptureRun.class.getName());

    /** Since JDK 22 (JDK-8306441) the VM writes segments and merges them: at the end all is there twice. */
    private static final int FIRST_WITH_MERGING = 22;

    private static final double DUMP_PER_HEAP_BYTE = 1.2;
    private static final double MERGED_DUMP_PER_HEAP_BYTE = 2;

    private final Settings settings;
    private final Engines engines;
    private final AnalysisPort analysis;
    private final Roots roots;
    private final DumpDirectory dumps;
    private final Listeners listeners;
    private final Activity activity;
    private final Brakes brakes;
    private final ReportHistory history;
    private final MemoryReader memory = new MemoryReader(Path.of("/"));

    CaptureRun(
            Settings settings,
            Engines engines,
            AnalysisPort analysis,
            Roots roots,
            DumpDirectory dumps,
            Listeners listeners,
            Activity activity,
            Brakes brakes,
            ReportHistory history) {
        this.brakes = brakes;
        this.history = history;
        this.settings = settings;
        this.engines = engines;
        this.analysis = analysis;
        this.roots = roots;
        this.dumps = dumps;
        this.listeners = listeners;
        this.activity = activity;
    }

    /**
     * Captures, analyses, and deletes or keeps the dump.
     *
     * @param giveUp hears why nobody shall wait for it any more
     * @throws Refusal if a limit forbids it
     * @throws AnalysisCancelledException if the flight was cancelled
     * @throws IOException if files cannot be written or read, or the dump is not sound
     */
    HeapReport fly(Flight flight, Consumer<String> giveUp) throws IOException {
        stopIfCancelled(flight, "waiting for its turn");
        if (flight.request().mode() == CaptureMode.QUICK) {
            return quick(flight);
        }
        ForkEngine fork = flight.only() == null ? null : engines.fork();
        if (fork != null) {
            return measured(flight, fork);
        }
        if (flight.found() != null) {
            return postMortem(flight, flight.found(), giveUp);
        }
        activity.capturing("writing the dump");
        dumps.requireSpace(neededBytes());
        Path dump = dumps.newDump(flight.request().label());
        try {
            if (flight.only() == null) {
                listeners.onCaptureStarted(flight.request());
            }
            flight.captureBegins();
            brakes.began(flight.request());
            CaptureFacts facts = capture(dump, flight);
            brakes.learn(facts);
            listeners.onCaptured(facts);
            stopIfCancelled(flight, "writing the dump");
            return analyzeAndKeep(flight, dump, facts, giveUp);
        } finally {
            flight.decideKeep();
            dumps.discard(dump);
        }
    }

    private HeapReport quick(Flight flight) throws IOException {
        activity.capturing("counting objects by type");
        HeapReport report = quickCapture().take(flight);
        brakes.learn(report.capture());
        return report;
    }

    private QuickCapture quickCapture() {
        return new QuickCapture(settings, engines, roots, listeners, memory, history);
    }

    /** One object needs no dump where a snapshot can measure it. */
    private HeapReport measured(Flight flight, ForkEngine fork) throws IOException {
        activity.capturing("measuring an object");
        HeapReport report = quickCapture().measure(flight, fork);
        brakes.learn(report.capture());
        return report;
    }

    /** A dump of a VM that is dead; it stays, for that VM's user asked for it. */
    private HeapReport postMortem(Flight flight, Path dump, Consumer<String> giveUp) throws IOException {
        activity.analyzing("reading a post-mortem dump", 0);
        try {
            CaptureFacts facts = new CaptureFacts(
                    settings.name(),
                    HotspotEngine.NAME,
                    flight.request().trigger(),
                    null,
                    Instant.ofEpochMilli(HprofScanner.header(dump).epochMillis()),
                    0,
                    0,
                    PauseSource.UNKNOWN,
                    Files.size(dump),
                    null,
                    JvmFacts.UNKNOWN);
            listeners.onCaptureStarted(flight.request());
            listeners.onCaptured(facts);
            return analyzeAndKeep(flight, dump, facts, giveUp);
        } finally {
            if (flight.keptAs() == null && Files.exists(dump, LinkOption.NOFOLLOW_LINKS)) {
                LOG.log(
                        System.Logger.Level.INFO,
                        "the post-mortem dump now lies in {0}",
                        dumps.giveBack(dump, flight.isCancelled() && flight.stopReason() == null));
            }
            dumps.discard(dump);
        }
    }

    private static void stopIfCancelled(Flight flight, String phase) {
        if (flight.isCancelled()) {
            throw new AnalysisCancelledException(phase);
        }
    }

    private long neededBytes() {
        boolean merges = engines.pausesLong() && Runtime.version().feature() >= FIRST_WITH_MERGING;
        return (long) (MemoryReader.usedHeapBytes() * (merges ? MERGED_DUMP_PER_HEAP_BYTE : DUMP_PER_HEAP_BYTE));
    }

    private CaptureFacts capture(Path dump, Flight flight) throws IOException {
        CaptureRequest request = flight.request();
        CaptureEngine engine = engines.full();
        Instant startedAt = Instant.now();
        MemoryReading before = memory.read();
        CaptureTimes times;
        try {
            times = capture(DumpDirectory.partial(dump), engine, flight);
        } catch (IOException e) {
            if (dumps.freeBytes() < neededBytes()) { // the usual reason, which some VMs do not name
                throw new IOException(e.getMessage() + "; " + dumps.freeSpace(), e);
            }
            throw e;
        }
        dumps.complete(dump);
        flight.dumped(times.whole());
        CaptureFacts facts = new CaptureFacts(
                settings.name(),
                times.engine(),
                request.trigger(),
                request.label(),
                startedAt,
                times.captureNanos(),
                times.pauseNanos(),
                times.pauseSource(),
                Files.size(dump),
                null,
                ThisVm.facts(),
                new MemoryFacts(before, memory.read()));
        return times.whole() ? facts : facts.of(CaptureProduct.STRUCTURE);
    }

    /** Secrets need not reach the disk, unless somebody wants them there or a root is found by them. */
    private CaptureTask task(Flight flight) {
        CaptureTask task = settings.storage().keepsWhole() || roots.needContents()
                ? CaptureTask.whole(flight, activity::captured)
                : new CaptureTask(RedactionRules.standard(), roots.names(), flight, activity::captured);
        return flight.request().keepDump() ? task.toKeep() : task;
    }

    private CaptureTimes capture(Path target, CaptureEngine engine, Flight flight) throws IOException {
        CaptureTask task = task(flight);
        try {
            return engine.capture(target, task);
        } catch (Snapshot.NotForked e) {
            // nobody asked for a long pause because something grows
            CaptureEngine other = flight.request().trigger() == Trigger.GROWTH ? null : engines.fallback();
            if (other == null) {
                throw e;
            }
            String refusal = brakes.refusalOfPause(other.name());
            if (refusal != null) {
                throw new Refusal(refusal + "; and there was no snapshot: " + e.getMessage());
            }
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the engine {0} takes this capture: {1}",
                    other.name(),
                    e.getMessage());
            Files.deleteIfExists(target);
            return other.capture(target, task);
        }
    }

    private HeapReport analyzeAndKeep(Flight flight, Path dump, CaptureFacts facts, Consumer<String> giveUp)
            throws IOException {
        HeapReport report;
        try {
            report = analyze(flight, dump, facts, giveUp);
        } catch (IOException | RuntimeException | Error e) {
            // a dump that somebody wants to keep is worth most when its analysis fails
            if (!(e instanceof AnalysisCancelledException)) {
                try {
                    keepIfWanted(flight, dump);
                } catch (IOException notKept) {
                    e.addSuppressed(notKept);
                }
            }
            throw e;
        }
        try {
            keepIfWanted(flight, dump);
        } catch (IOException e) {
            if (flight.found() == null) {
                throw e; // who wants a file must hear that there is none
            }
            LOG.log(System.Logger.Level.WARNING, "a post-mortem dump was analysed and could not be kept", e);
        }
        String keptAs = flight.keptAs();
        return keptAs == null ? report : report.with(report.capture().keptAs(keptAs));
    }

    private HeapReport analyze(Flight flight, Path dump, CaptureFacts facts, Consumer<String> giveUp)
            throws IOException {
        activity.analyzing("starting the analysis", 0);
        if (settings.work().childJvm() != null) {
            return analyzeWatched(flight, dump, facts, giveUp); // whose process has a priority of its own
        }
        return BackgroundThread.run(
                GaugeThreads.PREFIX + settings.name() + "-analysis", () -> analyzeWatched(flight, dump, facts, giveUp));
    }

    private HeapReport analyzeWatched(Flight flight, Path dump, CaptureFacts facts, Consumer<String> giveUp)
            throws IOException {
        AnalysisWatchdog.Limits limits = settings.work().watchdog();
        try (AnalysisWatchdog watchdog =
                AnalysisWatchdog.watch(settings.name(), limits, activity::analyzing, flight::stop, giveUp)) {
            return analysis.analyze(dump, facts, request(flight, watchdog));
        }
    }

    private AnalysisRequest request(Flight flight, AnalysisWatchdog watchdog) throws IOException {
        Settings.Work work = settings.work();
        RootDefinition only = flight.only();
        AnalysisRequest.Builder request = AnalysisRequest.builder()
                .maxLevel(only == null ? work.maxLevel() : Level.OWNED)
                .roots(only == null ? configured(flight) : List.of(only))
                .maxTypes(work.reportTypes())
                .maxRootTypes(work.typesPerRoot())
                .vmModel(flight.found() == null ? VmModels.ofThisVm() : null)
                .scratchBudgetBytes(work.scratchBudgetBytes())
                .cpuShare(work.cpuShare())
                .progress(watchdog)
                .cancel(flight);
        HeapHistory before = flight.found() == null && only == null ? history.before(true) : null;
        if (before != null) {
            request.history(before);
        }
        if (work.scratchInDirectMemory()) {
            request.directScratch();
        } else {
            request.scratchDirectory(dumps.open());
        }
        return request.build();
    }

    private List<RootDefinition> configured(Flight flight) {
        return flight.found() == null ? roots.definitions() : roots.definitionsOfAnyVm();
    }

    private void keepIfWanted(Flight flight, Path dump) throws IOException {
        if (flight.decideKeep()) {
            activity.analyzing("keeping the dump", 0);
            flight.keptAs(dumps.kept().keep(dump, flight.keepLabel(), flight.isWhole(), flight));
        }
    }
}

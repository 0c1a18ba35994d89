/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.measure.Exclusion;
import io.heapgauge.analysis.measure.RootDefinition;
import io.heapgauge.analysis.measure.RootSpec;
import io.heapgauge.analysis.report.Growth;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.OwnershipSummary;
import io.heapgauge.analysis.report.PastCapture;
import io.heapgauge.analysis.report.RootSummary;
import io.heapgauge.analysis.report.Trigger;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The gauge that a service embeds: captures the heap when asked, by signal or by the clock, analyses the capture on its own
 * daemon thread {@code heapgauge-<name>}, and tells listeners and metrics what it found. Safe for use by several threads.
 *
 * <pre>{@code
 * try (HeapGauge gauge = HeapGauge.builder().root("sessions", sessionCache).start()) {
 *     HeapReport report = gauge.capture();
 * }
 * }</pre>
 *
 * <p>Whatever goes wrong in a capture is logged, counted, told to the listeners and kept as {@link #lastFailure()}; only the
 * caller of {@link #capture()} sees an exception. After {@link #close()} no thread, file, meter or signal handler is left.
 */
public final class HeapGauge implements AutoCloseable {
    /** Time between two looks at a dump that may still be written to. */
    private static final long POST_MORTEM_SECONDS = 10;

    private final Settings settings;
    private final Roots roots;
    private final DumpDirectory dumps;
    private final Activity activity = new Activity();
    private final Listeners listeners;
    private final GaugeWorker worker;
    private final Engines engines;
    private final Captures captures;
    private final Schedules schedules;
    private final Brakes brakes;
    private final ReportHistory history;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable SignalHook signalHook;

    private HeapGauge(Settings settings, List<HeapReportListener> listeners) {
        this.settings = settings;
        this.listeners = new Listeners(listeners);
        roots = new Roots(settings.roots(), settings.exclusions());
        dumps = new DumpDirectory(settings.storage(), settings.redactor());
        // a temporary directory is no place for what shall outlive the process
        ReportFiles files =
                settings.storage().directory() == null ? null : new ReportFiles(dumps.base(), settings.name());
        history = new ReportHistory(settings.storage().historySize(), files);
        worker = new GaugeWorker(settings.name(), this::tidyUp);
        engines = engines(settings, dumps);
        brakes = new Brakes(settings.limits(), () -> engines.facts().name());
        CaptureRun run = new CaptureRun(
                settings, engines, analysis(settings, dumps), roots, dumps, this.listeners, activity, brakes, history);
        captures = new Captures(settings, worker, run, this.listeners, activity, brakes, history);
        schedules = new Schedules(settings, worker, captures, engines);
    }

    static HeapGauge start(Settings settings) {
        HeapGauge gauge = new HeapGauge(settings, listeners(settings));
        try {
            gauge.begin();
            return gauge;
        } catch (RuntimeException | Error e) {
            gauge.close();
            throw e;
        }
    }

    private static Engines engines(Settings settings, DumpDirectory dumps) {
        CaptureEngine own = settings.engine();
        if (own != null) {
            return new Engines(EngineChoice.HOTSPOT, own, null, dumps, ForkSupport::whyNot);
        }
        ForkMemory memory = new ForkMemory(new MemoryReader(Path.of("/")));
        ForkEngine fork = new ForkEngine(memory, settings.work().snapshotProcesses());
        return new Engines(
                settings.engineChoice(), new HotspotEngine(settings.name()), fork, dumps, ForkSupport::whyNot);
    }

    private static AnalysisPort analysis(Settings settings, DumpDirectory dumps) {
        ChildJvm child = settings.work().childJvm();
        return child == null ? settings.analysis() : new ChildAnalysis(settings.name(), child, dumps);
    }

    private static List<HeapReportListener> listeners(Settings settings) {
        List<HeapReportListener> all = new ArrayList<>();
        if (settings.meterRegistry() != null) {
            HeapGaugeMetrics metrics = new HeapGaugeMetrics(settings.meterTags(), settings.topTypes());
            bind(metrics, settings.meterRegistry());
            all.add(metrics);
        }
        if (settings.discoverListeners()) {
            all.addAll(Listeners.discover());
        }
        all.addAll(settings.listeners());
        return all;
    }

    /** A registry that throws must not keep the host from starting. */
    private static void bind(HeapGaugeMetrics metrics, MeterRegistry registry) {
        try {
            metrics.bindTo(registry);
        } catch (Throwable e) { // whatever the registry does, an Error too
            System.getLogger(HeapGauge.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "heapgauge goes without metrics: the registry refused its meters",
                            e);
        }
    }

    private void begin() {
        worker.begin();
        worker.execute(dumps::openAndSweep);
        worker.execute(engines::decide);
        worker.execute(() -> history.open(brakes::learn));
        worker.execute(this::lookForPostMortems);
        listeners.onStart(this);
        if (settings.signal() != null) {
            signalHook = SignalHook.install(
                    settings.signal(), settings.name(), () -> captures.submit(CaptureRequest.of(Trigger.SIGNAL)));
        }
        worker.execute(schedules::begin);
    }

    private void tidyUp() {
        history.close();
        dumps.close();
    }

    private void lookForPostMortems() {
        PostMortems.Found found = dumps.claimPostMortems();
        found.claimed().forEach(captures::postMortem);
        if (found.unsettled()) {
            worker.laterUnlessEnding(POST_MORTEM_SECONDS, TimeUnit.SECONDS, this::lookForPostMortems);
        }
    }

    /**
     * Starts from the defaults.
     *
     * @return a builder
     */
    public static HeapGaugeBuilder builder() {
        return new HeapGaugeBuilder();
    }

    /**
     * The gauge's name, {@code default} unless set.
     *
     * @return the name, part of the MXBean's object name
     */
    public String name() {
        return settings.name();
    }

    /**
     * Captures and analyses now, waiting for the report.
     *
     * @return the report
     * @throws CaptureException if there is none
     */
    public HeapReport capture() {
        return capture(CaptureRequest.of(Trigger.API));
    }

    /**
     * Captures and analyses now, waiting for the report. An interrupt ends the wait and not the capture. Must not be called by
     * a listener on the gauge's own thread, where {@link #captureAsync} serves.
     *
     * @param request what asks, and how
     * @return the report
     * @throws CaptureException if there is none
     * @throws IllegalStateException if called on the gauge's own thread
     */
    public HeapReport capture(CaptureRequest request) {
        refuseOwnThread();
        return await(request, captureAsync(request));
    }

    private void refuseOwnThread() {
        if (worker.isCurrentThread()) {
            throw new IllegalStateException(
                    "capture() would wait for itself on the gauge's own thread: use captureAsync()");
        }
    }

    private HeapReport await(CaptureRequest request, CompletableFuture<HeapReport> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CaptureException known) {
                throw new CaptureException(known.failure(), known.getCause());
            }
            throw failed(request, CaptureOutcome.FAILED, "capture failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(
                    request, CaptureOutcome.CANCELLED, "interrupted while waiting for the capture, which goes on", e);
        }
    }

    private CaptureException failed(
            CaptureRequest request, CaptureOutcome outcome, String message, @Nullable Throwable cause) {
        return new CaptureException(CaptureFailure.of(name(), request, outcome, message), cause);
    }

    /**
     * How big an object is together with everything that is strongly reachable from it, and what it is made of: the edges are
     * those of a root's reachable size. Takes a snapshot of its own where the fork engine is in use, else a capture whose dump
     * is deleted; nothing is published. It pauses the application as these do, and may be refused like them; between two such
     * questions lies the {@link HeapGaugeBuilder#minimumInterval}. Waits for the answer.
     *
     * @param object the object
     * @return objects and shallow bytes, the object included, and the largest types
     * @throws CaptureException if there is no capture, or it had no room to follow references
     * @throws IllegalStateException if called on the gauge's own thread
     */
    public OwnershipSummary sizeOf(Object object) {
        Objects.requireNonNull(object, "object");
        refuseOwnThread();
        try (Roots.Temporary root = roots.temporary(object)) {
            return reachableOf(root.definition());
        } finally {
            Reference.reachabilityFence(object);
        }
    }

    /**
     * The same for a configured root, which may start at several objects. Of its exclusions and of other roots nothing is
     * left out.
     *
     * @param name the root's name
     * @return objects and shallow bytes, the starts included, and the largest types
     * @throws IllegalArgumentException if there is no root of that name
     * @throws CaptureException if there is no capture, the root is gone, or there was no room to follow references
     * @throws IllegalStateException if called on the gauge's own thread
     */
    public OwnershipSummary sizeOfRoot(String name) {
        refuseOwnThread();
        return reachableOf(roots.alone(name));
    }

    private OwnershipSummary reachableOf(RootDefinition root) {
        CaptureRequest request = CaptureRequest.of(Trigger.API);
        RootSummary summary =
                await(request, captures.measure(root)).root(root.name()).orElseThrow();
        if (summary.reachable() == null) {
            throw failed(
                    request,
                    CaptureOutcome.FAILED,
                    "not measured: " + summary.state().id() + ", " + summary.detail(),
                    null);
        }
        return summary.reachable();
    }

    /**
     * Asks for a capture without waiting. A request that comes while another is queued or running joins it and gets the same
     * report; one that comes sooner than {@link HeapGaugeBuilder#minimumInterval} after the last is refused.
     *
     * @param request what asks, and how
     * @return completed with the report, or exceptionally with a {@link CaptureException}; its dependent actions run on the
     *     gauge's thread unless they are {@code Async}
     */
    public CompletableFuture<HeapReport> captureAsync(CaptureRequest request) {
        return captures.submit(Objects.requireNonNull(request, "request"));
    }

    /**
     * Counts the objects by type now, waiting for the report: quick mode, without a file, the application standing still
     * while the VM walks its heap. Joins a capture that is under way, and gives its report.
     *
     * @return the report
     * @throws CaptureException if there is none
     */
    public HeapReport quick() {
        return capture(CaptureRequest.quick(Trigger.API));
    }

    /**
     * Switches captures on or off, whatever asks for them; one that is under way goes on. The system property
     * {@code heapgauge.disabled=true} does so for all gauges of a VM. Needs no lock and takes effect at once.
     *
     * @param enabled whether captures are taken
     */
    public void setEnabled(boolean enabled) {
        brakes.enable(enabled);
    }

    /**
     * Which engine takes the heap, and why that one. It is decided in the background right after the start.
     *
     * @return the engine, with an empty name before it is decided
     */
    public EngineFacts engine() {
        return engines.facts();
    }

    /**
     * Self-test of the fork engine: counts the objects by type in a snapshot, has the VM count them with its own class
     * histogram right after, and tells where the two differ by more than passing time explains. The VM's count pauses the
     * application for some tenths of a second per GiB. Waits for a capture that is under way.
     *
     * @return for people: a sentence, and a row for each type that differs
     * @throws IllegalStateException if the fork engine is not in use, one of the counts failed, or the gauge is closed
     */
    public String compareEngines() {
        try {
            return worker.call(() -> EngineComparison.run(engines));
        } catch (IOException e) {
            throw new IllegalStateException("the engines cannot be compared: " + e.getMessage(), e);
        }
    }

    /**
     * How the gauge measures by itself in snapshots.
     *
     * @return empty where it does not: without the fork engine, without {@link HeapGaugeBuilder#continuous}, or with no
     *     interval
     */
    public Optional<ContinuousState> continuous() {
        return Optional.ofNullable(schedules.continuousState());
    }

    /**
     * Whether captures are taken.
     *
     * @return false while they are switched off, here or for the whole VM
     */
    public boolean isEnabled() {
        return brakes.isEnabled();
    }

    /**
     * The last report of quick mode.
     *
     * @return empty before the first
     */
    public Optional<HeapReport> lastQuickReport() {
        return Optional.ofNullable(captures.lastQuickReport());
    }

    /**
     * The last report of a full capture.
     *
     * @return empty before the first
     */
    public Optional<HeapReport> lastReport() {
        return Optional.ofNullable(captures.lastReport());
    }

    /**
     * The newest report that tells of the configured roots: of a full capture, or of a snapshot that measured them. Where
     * there is none, the last report of quick mode.
     *
     * @return empty before the first
     */
    public Optional<HeapReport> latestReport() {
        return Optional.ofNullable(captures.latest());
    }

    /**
     * What grows, as the latest report says.
     *
     * @return empty before the first, and where no history is kept
     */
    public Optional<Growth> growth() {
        return latestReport().map(HeapReport::growth);
    }

    /**
     * What is kept of the captures before, the last one included, those of earlier processes too where the history is kept
     * in files.
     *
     * @param mode which captures
     * @return the oldest first; empty where no history is kept
     */
    public List<PastCapture> history(CaptureMode mode) {
        return history.captures(mode);
    }

    /**
     * The captures before that a report can be compared with: those that know what the GC roots reach, if it does, else those
     * that count garbage too.
     *
     * @param report a report of this gauge
     * @return the oldest first; empty where no history is kept
     */
    public List<PastCapture> historyOf(HeapReport report) {
        return history.comparable(report.totals().reachable() != null);
    }

    /**
     * From now on "what came since" is told against the latest report that knows what is reached, over restarts too, until this is called again.
     * Before the first call it is the oldest report of the history.
     *
     * @return when that report's heap was captured; empty where there is no report yet
     */
    public Optional<Instant> markBaseline() {
        Optional<HeapReport> report =
                latestReport().filter(latest -> latest.totals().reachable() != null);
        report.ifPresent(history::markBaseline);
        return report.map(last -> last.capture().startedAt());
    }

    /**
     * The last failure, cancellation or refusal.
     *
     * @return empty while there was none
     */
    public Optional<CaptureFailure> lastFailure() {
        return Optional.ofNullable(captures.lastFailure());
    }

    /**
     * What it is doing.
     *
     * @return the state at this moment
     */
    public GaugeState state() {
        return activity.state();
    }

    /**
     * What the running capture is doing, in words.
     *
     * @return a phase, empty when idle
     */
    public String phase() {
        return activity.phase();
    }

    /**
     * Share of the current phase that is done.
     *
     * @return 0 to 1, never NaN
     */
    public double progress() {
        return activity.progress();
    }

    /**
     * Asks the queued or running capture to stop. A dump that is being written cannot be stopped: the capture ends right after
     * it. The dump is deleted even if it was to be kept.
     *
     * @return whether one was queued or running
     */
    public boolean cancel() {
        return captures.cancel();
    }

    /**
     * Measures what an object owns from the next capture on. The object is held weakly.
     *
     * @param rootName the name in reports and metrics: not blank, at most 128 characters, no control characters
     * @param object the object
     * @param exclusions what its owned size leaves out; one that names a root which is not there has no effect
     * @throws IllegalArgumentException if the name is not accepted or taken
     * @throws IllegalStateException if the gauge is closed
     */
    public void register(String rootName, Object object, Exclusion... exclusions) {
        if (object instanceof RootSpec spec) {
            register(rootName, spec, exclusions);
        } else {
            roots.register(rootName, Objects.requireNonNull(object, "object"), List.of(exclusions));
        }
    }

    /**
     * Measures what a static field, the instances of a class or a thread own from the next capture on.
     *
     * @param rootName the name in reports and metrics: not blank, at most 128 characters, no control characters
     * @param spec how the root is found in a capture
     * @param exclusions what its owned size leaves out; one that names a root which is not there has no effect
     * @throws IllegalArgumentException if the name is not accepted or taken
     * @throws IllegalStateException if the gauge is closed
     */
    public void register(String rootName, RootSpec spec, Exclusion... exclusions) {
        roots.register(rootName, Objects.requireNonNull(spec, "spec"), List.of(exclusions));
    }

    /**
     * Measures a root no more, whether it came from the builder or from {@link #register}.
     *
     * @param rootName the root's name
     * @return whether there was one
     */
    public boolean unregister(String rootName) {
        return roots.unregister(Objects.requireNonNull(rootName, "rootName"));
    }

    /**
     * Whether callers may have a dump kept after its analysis.
     *
     * @return the builder's {@code allowKeep}
     */
    public boolean keepAllowed() {
        return settings.storage().allowKeep();
    }

    /**
     * Where dumps go; those that are kept lie in its sub-directory {@code kept}.
     *
     * @return an absolute path; the directory may not exist while there is nothing in it
     */
    public Path directory() {
        return dumps.base();
    }

    /**
     * Stops, and takes back all that was registered: cancels the capture under way, sends waiting callers a
     * {@link CaptureException}, ends the thread, tells the listeners, removes the meters, puts the former signal handler back
     * and deletes its files; kept dumps stay. A dump that is being written cannot be stopped; after 30 seconds the call
     * returns, and the thread cleans up when the dump is done. Calling it again does nothing.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        SignalHook hook = signalHook;
        if (hook != null) {
            hook.close();
        }
        captures.close();
        boolean ended = worker.endWithin(settings.closeWait());
        captures.abandon();
        listeners.onClose();
        roots.close();
        if (!ended) {
            System.getLogger(HeapGauge.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "gauge ''{0}'' still writes a dump; its thread ends and its files go when that is done",
                            name());
        }
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.measure.RootDefinition;
import io.heapgauge.analysis.monitor.AnalysisCancelledException;
import io.heapgauge.analysis.report.CaptureProduct;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.Trigger;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lets one capture fly at a time, and one of each mode wait: a request that comes while one of its mode is queued or flying
 * joins it, a quick one joins a full one too; others go past the {@link Brakes}. Everything that goes wrong ends here, as a
 * {@link CaptureFailure}. Safe for use by several threads.
 */
final class Captures {
    private static final System.Logger LOG = System.getLogger(Captures.class.getName());

    private final Settings settings;
    private final Executor worker;
    private final CaptureRun run;
    private final Listeners listeners;
    private final Activity activity;
    private final Brakes brakes;
    private final ReportHistory history;
    private final Audit audit;

    private final Object lock = new Object();
    private @Nullable Flight full;
    private @Nullable Flight quick;
    private @Nullable Flight found;
    private final Set<Flight> measuring = new HashSet<>();
    private boolean closed;

    private volatile @Nullable HeapReport lastReport;
    private volatile @Nullable HeapReport lastQuickReport;
    private volatile @Nullable HeapReport latest;
    private volatile @Nullable CaptureFailure lastFailure;

    Captures(
            Settings settings,
            Executor worker,
            CaptureRun run,
            Listeners listeners,
            Activity activity,
            Brakes brakes,
            ReportHistory history) {
        this.history = history;
        this.settings = settings;
        this.worker = worker;
        this.run = run;
        this.listeners = listeners;
        this.activity = activity;
        this.brakes = brakes;
        this.audit = new Audit(settings.name());
    }

    /** Queues a capture, or joins the one under way, or refuses. */
    CompletableFuture<HeapReport> submit(CaptureRequest request) {
        return admit(request, flight -> worker.execute(() -> fly(flight)));
    }

    /**
     * Captures on the calling thread, which is the gauge's own; does nothing but join where one is queued already.
     *
     * @return the report; empty where it was refused, failed, or is still to come
     */
    Optional<HeapReport> runNow(CaptureRequest request) {
        CompletableFuture<HeapReport> answer = admit(request, this::fly);
        return answer.isDone() && !answer.isCompletedExceptionally() ? Optional.of(answer.join()) : Optional.empty();
    }

    private CompletableFuture<HeapReport> admit(CaptureRequest request, Consumer<Flight> departure) {
        CompletableFuture<HeapReport> answer = new CompletableFuture<>();
        Flight fresh = null;
        String refusal;
        synchronized (lock) {
            refusal = alwaysRefused(request);
            Flight underWay = full != null || request.mode() == CaptureMode.FULL ? full : quick;
            if (refusal == null && underWay != null && underWay.givenUp() != null) {
                refusal = "refused: the capture before is stuck: " + underWay.givenUp() + "; restart the service";
            } else if (refusal == null && underWay != null) {
                refusal = underWay.join(request, answer) ? null : tooLateToKeep();
            } else if (refusal == null) {
                refusal = brakes.refusalOf(request);
                if (refusal == null) {
                    fresh = new Flight(request, answer);
                    take(fresh);
                }
            }
        }
        try {
            audit.asked(request, refusal, fresh == null);
            listeners.onRequested(request);
            if (refusal != null) {
                answer.completeExceptionally(failed(request, CaptureOutcome.REFUSED, refusal, null));
            } else if (fresh == null) {
                listeners.onCoalesced(request);
            } else {
                departure.accept(fresh);
            }
        } catch (Throwable e) { // closed at this very moment, no memory for a task or a line, or a log that throws
            if (fresh != null) {
                land(fresh, null, explainedOrBare(fresh, e));
            } else if (refusal != null) {
                answer.completeExceptionally(new CaptureException(refusedQuietly(request, refusal), e));
            }
        }
        return answer;
    }

    /**
     * Captures to measure one object, whatever else is under way or waiting: its report is the caller's alone.
     *
     * @param only the object, in the registry already
     */
    CompletableFuture<HeapReport> measure(RootDefinition only) {
        CaptureRequest request = new CaptureRequest(Trigger.API, null, false);
        CompletableFuture<HeapReport> answer = new CompletableFuture<>();
        Flight flight = new Flight(request, answer, only);
        String refusal;
        synchronized (lock) {
            refusal = alwaysRefused(request);
            refusal = refusal == null ? brakes.refusalOfMeasure(request) : refusal;
            if (refusal == null) {
                measuring.add(flight);
            }
        }
        try {
            audit.asked(request, refusal, false);
            if (refusal == null) {
                worker.execute(() -> fly(flight));
            } else {
                answer.completeExceptionally(failed(request, CaptureOutcome.REFUSED, refusal, null));
            }
        } catch (Throwable e) { // closed at this very moment, or no memory for a task
            land(flight, null, explainedOrBare(flight, e));
        }
        return answer;
    }

    /**
     * Analyses a dump that a dead VM left, on the calling thread, which is the gauge's own. Who asks for a capture meanwhile
     * waits for one of his own.
     *
     * @param dump the dump, in the gauge's directory
     */
    void postMortem(Path dump) {
        CaptureRequest request = new CaptureRequest(Trigger.OOM, null, true);
        Flight flight = new Flight(request, new CompletableFuture<>(), dump);
        synchronized (lock) {
            if (closed) {
                return;
            }
            found = flight;
        }
        try {
            audit.asked(request, null, false);
            listeners.onRequested(request);
            fly(flight);
        } catch (Throwable e) {
            land(flight, null, explainedOrBare(flight, e));
        }
    }

    private CaptureFailure refusedQuietly(CaptureRequest request, String refusal) {
        CaptureFailure failure = CaptureFailure.of(settings.name(), request, CaptureOutcome.REFUSED, refusal);
        lastFailure = failure;
        return failure;
    }

    private void take(Flight flight) {
        if (flight.request().mode() == CaptureMode.FULL) {
            full = flight;
        } else {
            quick = flight;
        }
    }

    /** Reasons that hold whether one is under way or not. */
    private @Nullable String alwaysRefused(CaptureRequest request) {
        if (closed) {
            return "refused: the gauge '" + settings.name() + "' is closed";
        }
        if (request.keepDump() && !settings.storage().allowKeep()) {
            return "refused: dumps may not be kept; allow it with HeapGaugeBuilder.allowKeep(true)";
        }
        return brakes.switchedOff();
    }

    private String tooLateToKeep() {
        return "refused: the capture under way has deleted its dump already; ask again in "
                + Texts.seconds(settings.limits().minimumInterval());
    }

    private void fly(Flight flight) {
        HeapReport report = null;
        Throwable problem = null;
        try {
            report = run.fly(flight, reason -> giveUp(flight, reason));
            if (flight.only() == null) {
                published(report);
            }
        } catch (Throwable e) { // the edge of the host: nothing passes, not even an Error
            problem = e;
        }
        land(flight, report, report == null && problem != null ? explainedOrBare(flight, problem) : problem);
    }

    /** Where even the explanation fails, as it does without memory, the waiting callers get the bare problem. */
    private Throwable explainedOrBare(Flight flight, Throwable problem) {
        try {
            return explained(flight, problem);
        } catch (Throwable e) {
            return problem;
        }
    }

    private Throwable toldOrBare(Flight flight, CaptureOutcome outcome, String message) {
        try {
            return failed(flight.request(), outcome, message, null);
        } catch (Throwable e) { // who waits gets an answer even where nothing can be logged
            return new CaptureException(CaptureFailure.of(settings.name(), flight.request(), outcome, message), e);
        }
    }

    private void published(HeapReport report) {
        if (report.capture().isQuick()) {
            lastQuickReport = report;
        } else {
            lastReport = report;
        }
        HeapReport before = latest;
        if (before == null || knowsRoots(report) || !knowsRoots(before)) {
            latest = report;
        }
        LOG.log(
                System.Logger.Level.DEBUG,
                "heap captured for {0} in {1} ms",
                report.capture().trigger(),
                report.capture().captureNanos() / 1_000_000);
        history.add(report);
        listeners.onReport(report);
    }

    /** Whether it is more than a count of objects by type. */
    private static boolean knowsRoots(HeapReport report) {
        return report.capture().product() != CaptureProduct.TYPES;
    }

    private CaptureException explained(Flight flight, Throwable e) {
        String stopReason = flight.stopReason();
        if (stopReason != null) {
            return failed(flight.request(), CaptureOutcome.FAILED, "analysis failed: " + stopReason, e);
        }
        if (e instanceof AnalysisCancelledException || flight.isCancelled()) {
            String message = e instanceof AnalysisCancelledException ? describe(e) : "cancelled";
            return failed(flight.request(), CaptureOutcome.CANCELLED, message, e);
        }
        if (e instanceof Refusal) {
            return failed(flight.request(), CaptureOutcome.REFUSED, describe(e), null);
        }
        String stage = activity.state() == GaugeState.ANALYZING ? "analysis failed: " : "capture failed: ";
        String kept = flight.keptAs() == null ? "" : " (the dump is kept as " + flight.keptAs() + ")";
        return failed(flight.request(), CaptureOutcome.FAILED, stage + describe(e) + kept, e);
    }

    private static String describe(Throwable e) {
        String message = e.getMessage();
        boolean speaksForItself = message != null && !message.isBlank() && e instanceof Exception;
        return speaksForItself ? message : e.toString();
    }

    private CaptureException failed(
            CaptureRequest request, CaptureOutcome outcome, String message, @Nullable Throwable cause) {
        CaptureFailure failure = CaptureFailure.of(settings.name(), request, outcome, message);
        String text = "heap capture asked by " + request.trigger().id() + ": " + message;
        if (outcome == CaptureOutcome.FAILED) {
            LOG.log(System.Logger.Level.WARNING, text, cause);
        } else {
            LOG.log(isOldNews(failure) ? System.Logger.Level.DEBUG : System.Logger.Level.INFO, text);
        }
        lastFailure = failure;
        listeners.onFailure(failure);
        return new CaptureException(failure, cause);
    }

    /** A schedule that is refused again and again shall not fill the log. */
    private boolean isOldNews(CaptureFailure failure) {
        CaptureFailure last = lastFailure;
        return last != null
                && failure.trigger() == Trigger.INTERVAL
                && failure.outcome() == CaptureOutcome.REFUSED
                && last.trigger() == failure.trigger()
                && last.mode() == failure.mode()
                && last.outcome() == failure.outcome();
    }

    private void land(Flight flight, @Nullable HeapReport report, @Nullable Throwable problem) {
        synchronized (lock) {
            if (flight.hasBegunCapture()) {
                brakes.ended(flight.request(), flight.only() != null);
            }
            full = full == flight ? null : full;
            quick = quick == flight ? null : quick;
            found = found == flight ? null : found;
            measuring.remove(flight);
        }
        activity.idle();
        for (CompletableFuture<HeapReport> answer : flight.takeWaiting()) {
            if (report != null) {
                answer.complete(report);
            } else {
                answer.completeExceptionally(problem);
            }
        }
    }

    /** Answers all who wait for a flight that does not end; its place stays taken, for its thread does. */
    private void giveUp(Flight flight, String reason) {
        synchronized (lock) {
            flight.giveUp(reason);
        }
        CaptureException problem = failed(flight.request(), CaptureOutcome.FAILED, "analysis failed: " + reason, null);
        flight.takeWaiting().forEach(answer -> answer.completeExceptionally(problem));
    }

    /** Asks the flight under way to end; tells whether there was one. */
    boolean cancel() {
        synchronized (lock) {
            List<Flight> underWay = underWay();
            underWay.forEach(Flight::cancel);
            return !underWay.isEmpty();
        }
    }

    private List<Flight> underWay() {
        return Stream.concat(Stream.of(full, quick, found).filter(Objects::nonNull), measuring.stream())
                .toList();
    }

    /** Admits nobody any more and cancels the flight under way. */
    void close() {
        synchronized (lock) {
            closed = true;
        }
        cancel();
    }

    /** Sends home who still waits: for a flight that never began, or one that cannot be stopped in time. */
    void abandon() {
        List<Flight> leftBehind;
        synchronized (lock) {
            leftBehind = underWay();
            full = null;
            quick = null;
            found = null;
            measuring.clear();
        }
        activity.stopped();
        for (Flight left : leftBehind) {
            Throwable problem = toldOrBare(
                    left, CaptureOutcome.CANCELLED, "cancelled: the gauge '" + settings.name() + "' is closed");
            left.takeWaiting().forEach(answer -> answer.completeExceptionally(problem));
        }
    }

    @Nullable
    HeapReport lastReport() {
        return lastReport;
    }

    @Nullable
    HeapReport lastQuickReport() {
        return lastQuickReport;
    }

    /** The newest that knows of roots, or where none does the newest. */
    @Nullable
    HeapReport latest() {
        return latest;
    }

    @Nullable
    CaptureFailure lastFailure() {
        return lastFailure;
    }
}

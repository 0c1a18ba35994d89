/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.jmx;

import io.heapgauge.CaptureException;
import io.heapgauge.CaptureFailure;
import io.heapgauge.CaptureRequest;
import io.heapgauge.ContinuousState;
import io.heapgauge.HeapGauge;
import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.HeapTotals;
import io.heapgauge.analysis.report.PauseSource;
import io.heapgauge.analysis.report.ReportText;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.report.Trigger;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers a management client from a gauge. Holds no state of its own; called by any thread of a connector. */
final class GaugeOperations implements HeapGaugeMXBean {
    private static final int TABLE_TYPES = 50;
    private static final int SUMMARY_TYPES = 20;
    private static final double MILLIS_PER_SECOND = 1_000;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double MICROS_PER_MILLI = 1e3;

    private static final System.Logger AUDIT = System.getLogger("io.heapgauge.audit");

    private final HeapGauge gauge;

    GaugeOperations(HeapGauge gauge) {
        this.gauge = gauge;
    }

    @Override
    public String capture(@Nullable String label) {
        return ReportText.render(reportOf(request(label, false)), SUMMARY_TYPES);
    }

    @Override
    public String dump(@Nullable String label) {
        CaptureRequest request = request(label, true);
        if (!gauge.keepAllowed()) {
            throw new IllegalStateException("keeping dumps is not allowed by this service: a dump holds everything in"
                    + " memory, secrets included. Use capture(label), or let the service allow it with allowKeep");
        }
        String dumpName = reportOf(request).capture().dumpName();
        if (dumpName == null) {
            throw new IllegalStateException("the wish joined a capture whose dump was already being deleted; its report"
                    + " is published. Invoke dump again for a file");
        }
        return dumpName;
    }

    @Override
    public String quick() {
        return ReportText.render(reportOf(CaptureRequest.quick(Trigger.JMX).by(Caller.current())), SUMMARY_TYPES);
    }

    @Override
    public String getEngine() {
        return gauge.engine().name();
    }

    @Override
    public String getEngineReason() {
        return gauge.engine().reason();
    }

    @Override
    public @Nullable Double getContinuousInterval() {
        return gauge.continuous()
                .map(state -> state.interval().toMillis() / MILLIS_PER_SECOND)
                .orElse(null);
    }

    @Override
    public @Nullable Double getContinuousPausedShare() {
        return gauge.continuous().map(ContinuousState::pausedShare).orElse(null);
    }

    @Override
    public String compareEngines() {
        return gauge.compareEngines();
    }

    private static CaptureRequest request(@Nullable String label, boolean keepDump) {
        return new CaptureRequest(Trigger.JMX, label, keepDump).by(Caller.current());
    }

    @Override
    public boolean isEnabled() {
        return gauge.isEnabled();
    }

    @Override
    public void setEnabled(boolean enabled) {
        AUDIT.log(
                System.Logger.Level.INFO,
                "captures of gauge {0} switched {1} by {2}",
                gauge.name(),
                enabled ? "on" : "off",
                Objects.requireNonNullElse(request(null, false).by(), "unknown")); // made printable there
        gauge.setEnabled(enabled);
    }

    @Override
    public Map<String, TypeRow> sizeOf(String root) {
        try {
            return ReportRows.size(gauge.sizeOfRoot(root));
        } catch (CaptureException e) {
            throw new IllegalStateException(e.failure().message());
        }
    }

    @Override
    public String summary() {
        return gauge.latestReport()
                .map(report -> ReportText.render(report, SUMMARY_TYPES))
                .orElse("No report yet: invoke capture.");
    }

    @Override
    public String markBaseline() {
        return gauge.markBaseline()
                .map(Instant::toString)
                .orElseThrow(() -> new IllegalStateException("no report yet that tells growth: invoke capture first"));
    }

    @Override
    public Map<String, GrowthRow> getGrowth() {
        return gauge.growth().map(ReportRows::growth).orElseGet(Map::of);
    }

    @Override
    public boolean cancel() {
        return gauge.cancel();
    }

    @Override
    public String getState() {
        return gauge.state().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String getPhase() {
        return gauge.phase();
    }

    @Override
    public double getProgress() {
        return gauge.progress();
    }

    @Override
    public boolean isKeepAllowed() {
        return gauge.keepAllowed();
    }

    @Override
    public @Nullable Date getLastCaptureTime() {
        return ofCapture(capture -> date(capture.startedAt()));
    }

    @Override
    public @Nullable String getLastTrigger() {
        return ofCapture(capture -> capture.trigger().id());
    }

    @Override
    public @Nullable String getLastLabel() {
        return ofCapture(CaptureFacts::label);
    }

    @Override
    public @Nullable Double getLastPauseMillis() {
        return ofCapture(capture -> capture.pauseSource() == PauseSource.UNKNOWN ? null : millis(capture.pauseNanos()));
    }

    @Override
    public @Nullable String getLastPauseSource() {
        return ofCapture(capture -> capture.pauseSource().id());
    }

    @Override
    public @Nullable Double getLastCaptureMillis() {
        return ofCapture(capture -> millis(capture.captureNanos()));
    }

    @Override
    public @Nullable Double getLastAnalysisMillis() {
        return ofReport(report -> millis(report.analysis().analysisNanos()));
    }

    @Override
    public @Nullable Long getLastDumpBytes() {
        return ofCapture(CaptureFacts::dumpBytes);
    }

    @Override
    public @Nullable String getLastProduct() {
        return ofCapture(capture -> capture.product().id());
    }

    @Override
    public @Nullable String getLastDumpName() {
        return ofCapture(CaptureFacts::dumpName);
    }

    @Override
    public @Nullable String getLastLevel() {
        return ofReport(report ->
                report.analysis().level().id() + ": " + report.analysis().levelReason());
    }

    @Override
    public @Nullable String getLastError() {
        return gauge.lastFailure().map(CaptureFailure::message).orElse(null);
    }

    @Override
    public @Nullable Date getLastErrorTime() {
        return gauge.lastFailure().map(failure -> date(failure.at())).orElse(null);
    }

    @Override
    public @Nullable Long getTotalObjects() {
        return ofReport(report -> report.totals().all().objects());
    }

    @Override
    public @Nullable Long getTotalBytes() {
        return bytesOf(HeapTotals::all);
    }

    @Override
    public @Nullable Long getReachableBytes() {
        return bytesOf(HeapTotals::reachable);
    }

    @Override
    public @Nullable Long getWeaklyHeldBytes() {
        return bytesOf(HeapTotals::weaklyHeld);
    }

    @Override
    public @Nullable Long getNotReachedBytes() {
        return bytesOf(HeapTotals::notReached);
    }

    @Override
    public Map<String, TypeRow> getTopTypes() {
        return gauge.latestReport()
                .map(report -> ReportRows.topTypes(report, TABLE_TYPES))
                .orElseGet(Map::of);
    }

    @Override
    public Map<String, RootRow> getRoots() {
        return gauge.latestReport().map(ReportRows::roots).orElseGet(Map::of);
    }

    @Override
    public Map<String, RetainerRow> getTopRetainers() {
        return gauge.lastReport().map(ReportRows::topRetainers).orElseGet(Map::of);
    }

    private HeapReport reportOf(CaptureRequest request) {
        try {
            return gauge.capture(request);
        } catch (CaptureException e) {
            // no cause: the client could not load its class; the log of the service has the stack trace
            throw new IllegalStateException(e.failure().message());
        }
    }

    private <T> @Nullable T ofReport(Function<HeapReport, @Nullable T> part) {
        Optional<HeapReport> report = gauge.latestReport();
        return report.isPresent() ? part.apply(report.get()) : null;
    }

    private <T> @Nullable T ofCapture(Function<CaptureFacts, @Nullable T> part) {
        return ofReport(report -> part.apply(report.capture()));
    }

    private @Nullable Long bytesOf(Function<HeapTotals, @Nullable Size> part) {
        return ofReport(report -> {
            Size size = part.apply(report.totals());
            return size == null ? null : size.bytes();
        });
    }

    private static Date date(Instant instant) {
        return Date.from(instant);
    }

    private static double millis(long nanos) {
        return Math.round(nanos / NANOS_PER_MICRO) / MICROS_PER_MILLI;
    }
}

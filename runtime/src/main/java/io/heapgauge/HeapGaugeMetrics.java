/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.CaptureProduct;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.Trigger;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The last report and the captures of one gauge as Micrometer meters. A gauge that was built with a
 * {@link HeapGaugeBuilder#meterRegistry} has one already; where a framework binds meters itself, give one to
 * {@link HeapGaugeBuilder#listener} and to the framework. All meters are removed when the gauge closes.
 *
 * <p>Meters: {@code heapgauge.type.size} and {@code heapgauge.type.objects} by {@code type};
 * {@code heapgauge.heap.size} and {@code heapgauge.heap.objects} by {@code state} ({@code reachable}, {@code weakly_held},
 * {@code not_reached}); {@code heapgauge.root.reachable}, {@code heapgauge.root.owned} and {@code heapgauge.root.retained} by
 * {@code root};
 * {@code heapgauge.root.objects} by {@code root} and {@code measure}; the timers {@code heapgauge.capture} and
 * {@code heapgauge.capture.pause} by {@code mode} and
 * {@code engine}, and {@code heapgauge.analysis}; the counter {@code heapgauge.captures} by
 * {@code trigger}, {@code mode} and {@code outcome}; {@code heapgauge.report.age}; {@code heapgauge.continuous.interval},
 * {@code heapgauge.continuous.paused} and {@code heapgauge.continuous.copied}, see
 * {@link ContinuousState}. Safe for use by several threads.
 */
public final class HeapGaugeMetrics implements MeterBinder, HeapReportListener {
    private final Tags tags;
    private final int topTypes;
    private final List<GaugeMeters> bound = new ArrayList<>();
    private @Nullable HeapReport lastReport;
    private @Nullable HeapReport lastTypes;
    private @Nullable HeapGauge gauge;
    private boolean closed;

    /**
     * Makes the binder without registering anything.
     *
     * @param tags carried by every meter
     * @param topTypes how many of the largest types have rows of their own, at least 1; the rest is the type {@code other}
     */
    public HeapGaugeMetrics(Iterable<Tag> tags, int topTypes) {
        this.tags = Tags.of(Objects.requireNonNull(tags, "tags"));
        this.topTypes = (int) Settings.between("topTypes", topTypes, 1, Integer.MAX_VALUE);
    }

    @Override
    public synchronized void bindTo(MeterRegistry registry) {
        if (closed) {
            return;
        }
        GaugeMeters meters = new GaugeMeters(registry, tags, topTypes);
        bound.add(meters);
        if (gauge != null) {
            meters.continuous(gauge::continuous);
        }
        Stream.of(lastReport, lastTypes).filter(Objects::nonNull).forEach(meters::report);
    }

    @Override
    public synchronized void onStart(HeapGauge started) {
        gauge = started;
        each(meters -> meters.continuous(started::continuous));
    }

    @Override
    public void onCoalesced(CaptureRequest request) {
        count(request.trigger(), request.mode(), CaptureOutcome.COALESCED);
    }

    @Override
    public void onCaptured(CaptureFacts capture) {
        each(meters -> meters.captured(capture));
    }

    @Override
    public synchronized void onReport(HeapReport report) {
        if (report.capture().product() == CaptureProduct.TYPES) {
            lastTypes = report;
        } else {
            lastReport = report;
            lastTypes = null; // older, and replaced by it
        }
        if (!report.capture().isQuick()) {
            each(meters -> meters.analyzed(report.analysis()));
        }
        each(meters -> meters.report(report));
        count(report.capture().trigger(), CaptureMode.of(report.capture()), CaptureOutcome.SUCCESS);
    }

    @Override
    public void onFailure(CaptureFailure failure) {
        count(failure.trigger(), failure.mode(), failure.outcome());
    }

    private void count(Trigger trigger, CaptureMode mode, CaptureOutcome outcome) {
        each(meters -> meters.count(trigger, mode, outcome));
    }

    private synchronized void each(Consumer<GaugeMeters> action) {
        bound.forEach(action);
    }

    @Override
    public synchronized void onClose() {
        closed = true;
        each(GaugeMeters::remove);
        bound.clear();
        gauge = null;
        lastReport = null;
        lastTypes = null;
    }
}

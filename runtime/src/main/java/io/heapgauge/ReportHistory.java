/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.growth.HeapHistory;
import io.heapgauge.analysis.growth.HeapPoint;
import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.PastCapture;
import io.heapgauge.analysis.report.Trigger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of the reports before, so many of each mode, see {@link Thinning}; with files they survive the process. Used on the
 * gauge's thread, save for the baseline and the captures.
 */
final class ReportHistory implements AutoCloseable {
    private static final int MOST_NAMES = 10_000;

    private final int size;
    private final @Nullable ReportFiles files;
    private final Map<CaptureMode, List<PastCapture>> captures = new EnumMap<>(CaptureMode.class);
    private final Map<String, String> names = new HashMap<>();
    private volatile @Nullable HeapPoint baseline;

    /**
     * Nothing is read yet.
     *
     * @param size most reports of a mode; 0 for no history
     * @param files where they are kept, or null for in memory only
     */
    ReportHistory(int size, @Nullable ReportFiles files) {
        this.size = size;
        this.files = files;
        for (CaptureMode mode : CaptureMode.values()) {
            captures.put(mode, new ArrayList<>());
        }
    }

    /**
     * Reads what earlier processes left.
     *
     * @param earlier hears of every capture among it
     */
    void open(Consumer<CaptureFacts> earlier) {
        if (size == 0 || files == null) {
            return;
        }
        for (HeapReport report : files.open(size)) {
            remember(report);
            earlier.accept(report.capture());
        }
        HeapReport marked = files.baseline();
        baseline = marked == null ? null : HeapPoint.of(marked);
    }

    /**
     * The captures before that can be compared with another, the oldest first; null where none are kept.
     *
     * @param ofReached whether it knows what is reached: then garbage does not count, else it does
     */
    @Nullable
    HeapHistory before(boolean ofReached) {
        if (size == 0) {
            return null;
        }
        List<HeapPoint> points =
                comparable(ofReached).stream().map(HeapPoint::of).toList();
        return new HeapHistory(points, ofReached ? baseline : null);
    }

    /** The same as they are kept. Safe to call from any thread. */
    List<PastCapture> comparable(boolean ofReached) {
        return Stream.of(CaptureMode.values())
                .flatMap(mode -> captures(mode).stream())
                .filter(past -> past.isOfReached() == ofReached)
                .sorted(Comparator.comparing(past -> past.capture().startedAt()))
                .toList();
    }

    /** The captures before, the oldest first. Safe to call from any thread. */
    List<PastCapture> captures(CaptureMode mode) {
        List<PastCapture> ofMode = captures.get(mode);
        synchronized (ofMode) {
            return List.copyOf(ofMode);
        }
    }

    /** Keeps a report. That of a VM that is dead is none of this one's past. */
    void add(HeapReport report) {
        if (size > 0 && report.capture().trigger() != Trigger.OOM) {
            remember(report);
            if (files != null) {
                files.add(report, size);
            }
        }
    }

    private void remember(HeapReport report) {
        PastCapture past = PastCapture.of(report, name -> names.computeIfAbsent(name, any -> any));
        List<PastCapture> ofMode = captures.get(CaptureMode.of(report.capture()));
        synchronized (ofMode) {
            ofMode.add(past);
            while (ofMode.size() > size) {
                ofMode.remove(Thinning.surplus(ofMode, each -> each.capture().startedAt()));
            }
        }
        if (names.size() > MOST_NAMES) {
            names.clear(); // names that come and go, of generated classes
        }
    }

    /** From now on growth is compared with this report. */
    void markBaseline(HeapReport report) {
        baseline = HeapPoint.of(report);
        if (size > 0 && files != null) {
            files.markBaseline(report);
        }
    }

    @Override
    public void close() {
        if (files != null) {
            files.close();
        }
    }
}

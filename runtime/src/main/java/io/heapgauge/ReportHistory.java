/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.growth.HeapHistory;
import io.heapgauge.analysis.growth.HeapPoint;
import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.Trigger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The reports before, as points of growth, the last so many of each mode; with files they survive the process. Used on the
 * gauge's thread, save for the baseline.
 */
final class ReportHistory implements AutoCloseable {
    private static final int MOST_NAMES = 10_000;

    private final int size;
    private final @Nullable ReportFiles files;
    private final Map<CaptureMode, Deque<HeapPoint>> points = new EnumMap<>(CaptureMode.class);
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
            points.put(mode, new ArrayDeque<>());
        }
    }

    /**
     * Reads what earlier processes left.
     *
     * @param captures hears of every capture among it
     */
    void open(Consumer<CaptureFacts> captures) {
        if (size == 0 || files == null) {
            return;
        }
        for (HeapReport report : files.open(size)) {
            remember(report);
            captures.accept(report.capture());
        }
        HeapReport marked = files.baseline();
        baseline = marked == null ? null : HeapPoint.of(marked);
    }

    /** The captures before, or null where none are kept. */
    @Nullable
    HeapHistory of(CaptureMode mode) {
        if (size == 0) {
            return null;
        }
        // quick mode counts garbage too, so the two cannot be compared
        return new HeapHistory(List.copyOf(points.get(mode)), mode == CaptureMode.FULL ? baseline : null);
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
        Deque<HeapPoint> ofMode = points.get(CaptureMode.of(report.capture()));
        ofMode.addLast(HeapPoint.of(report, name -> names.computeIfAbsent(name, any -> any)));
        while (ofMode.size() > size) {
            ofMode.removeFirst();
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

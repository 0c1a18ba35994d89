/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** A tool's runs on one dump. */
final class Row {
    private final Tool tool;
    private final List<MeasuredProcess> runs = new ArrayList<>();
    private @Nullable Answer answer;
    private @Nullable String failure;
    private String smallestHeap = "";

    Row(Tool tool) {
        this.tool = tool;
    }

    Tool tool() {
        return tool;
    }

    /** Takes a run that ended well with an answer. */
    void add(MeasuredProcess run, Answer found) {
        runs.add(run);
        answer = found;
    }

    /** Takes note that there will be no figures, and why. */
    void failed(String why) {
        failure = why;
    }

    /** Why there are no figures, null where there may be some. */
    @Nullable
    String failure() {
        return failure;
    }

    /** The last run's answer, null where none succeeded. */
    @Nullable
    Answer answer() {
        return answer;
    }

    int rounds() {
        return runs.size();
    }

    /** A figure over all runs. */
    double median(ToDoubleFunction<MeasuredProcess> figure) {
        double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double wallSeconds() {
        return median(MeasuredProcess::wallSeconds);
    }

    void smallestHeap(String megabytes) {
        smallestHeap = megabytes;
    }

    String smallestHeap() {
        return smallestHeap;
    }
}

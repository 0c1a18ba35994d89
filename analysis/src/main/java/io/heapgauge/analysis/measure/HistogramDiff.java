/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.report.TypeChange;
import io.heapgauge.analysis.report.TypeSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares two class histograms by the names of the types. */
public final class HistogramDiff {
    private static final Comparator<TypeChange> BY_CHANGE = Comparator.<TypeChange>comparingLong(
                    change -> Math.abs(change.deltaBytes()))
            .thenComparingLong(change -> Math.abs(change.deltaObjects()))
            .reversed()
            .thenComparing(TypeChange::type);

    private HistogramDiff() {}

    /**
     * Compares. Cost: that of the number of types.
     *
     * @param before the old histogram
     * @param after the new histogram
     * @return every type of either, by absolute change of bytes descending, then of objects, then by name
     */
    public static List<TypeChange> of(ClassHistogram before, ClassHistogram after) {
        Map<String, Size> gone = new HashMap<>();
        for (TypeSummary row : before.rows()) {
            gone.put(row.type(), new Size(row.objects(), row.bytes()));
        }
        List<TypeChange> changes = new ArrayList<>();
        for (TypeSummary row : after.rows()) {
            Size was = gone.remove(row.type());
            changes.add(
                    new TypeChange(row.type(), was == null ? Size.ZERO : was, new Size(row.objects(), row.bytes())));
        }
        gone.forEach((type, was) -> changes.add(new TypeChange(type, was, Size.ZERO)));
        changes.sort(BY_CHANGE);
        return changes;
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

/**
 * How a gauge measures by itself where snapshots can be taken: as often as {@link HeapGaugeBuilder#every} says (else {@link
 * HeapGaugeBuilder#quickEvery}), but never so often that more than a share of the time is spent on it. No dump is written,
 * unless something begins to grow.
 *
 * @param pauseBudget share of the time that the application may stand still for snapshots, above 0 and at most 0.1; ten times
 *     that may go into copying the pages that it writes to meanwhile
 * @param captureOnGrowth whether a full capture is taken when a type begins to grow, to find out what holds it: at most
 *     once an hour, and once a day for a type
 */
public record ContinuousMode(double pauseBudget, boolean captureOnGrowth) {
    /** A thousandth of the time, and a full capture when something begins to grow. */
    public static final ContinuousMode DEFAULT = new ContinuousMode(0.001, true);

    private static final double MOST_BUDGET = 0.1;

    /**
     * Checks the budget.
     *
     * @param pauseBudget share of the time
     * @param captureOnGrowth whether a full capture is taken on growth
     * @throws IllegalArgumentException if the budget is out of range
     */
    public ContinuousMode {
        if (!(pauseBudget > 0 && pauseBudget <= MOST_BUDGET)) {
            throw Settings.refused("continuous pauseBudget", pauseBudget, "above 0 and at most " + MOST_BUDGET);
        }
    }
}

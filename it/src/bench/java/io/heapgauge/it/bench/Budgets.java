/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.bench;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** How long each peer may still run, over all its measured runs from the smallest dump to the largest. */
final class Budgets {
    private final Duration cap;
    private final Map<Tool, Duration> spent = new HashMap<>();

    Budgets(Duration cap) {
        this.cap = cap;
    }

    /** What is left of the cap, zero where it is used up; ours always has all of it, for no row can do without. */
    Duration left(Tool tool) {
        if (tool.isOurs()) {
            return cap;
        }
        Duration left = cap.minus(spent.getOrDefault(tool, Duration.ZERO));
        return left.isNegative() ? Duration.ZERO : left;
    }

    void spend(Tool tool, double seconds) {
        spent.merge(tool, Duration.ofMillis(Math.round(seconds * 1000)), Duration::plus);
    }
}

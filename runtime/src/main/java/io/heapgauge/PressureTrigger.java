/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import org.jspecify.annotations.Nullable;

/**
 * Decides from the filling of the old generation, seen again and again, when to capture. Not safe for use by several threads.
 */
final class PressureTrigger {
    /** It must fall to this share of the threshold before it can fire again. */
    private static final double REARM = 0.9;

    private final MemoryPressure rule;
    private boolean armed = true;
    private @Nullable Long aboveSince;
    private @Nullable Long fired;

    PressureTrigger(MemoryPressure rule) {
        this.rule = rule;
    }

    /**
     * Takes a look.
     *
     * @param share used share of the old generation after its last collection, 0 to 1
     * @param nowNanos the time, in nanoseconds that only go forward
     * @return whether to capture now
     */
    boolean fires(double share, long nowNanos) {
        armed |= share < rule.threshold() * REARM;
        if (share < rule.threshold()) {
            aboveSince = null;
            return false;
        }
        if (aboveSince == null) {
            aboveSince = nowNanos;
        }
        boolean lasted = nowNanos - aboveSince >= rule.lasting().toNanos();
        boolean cool = fired == null || nowNanos - fired >= rule.coolDown().toNanos();
        if (!armed || !lasted || !cool) {
            return false;
        }
        armed = false;
        fired = nowNanos;
        return true;
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import java.time.Duration;

/**
 * When a gauge captures because memory is short: the old generation is above a threshold after collections, and stays there
 * for a time. After it has captured it waits for a cool-down, and for the old generation to fall clearly below the threshold.
 *
 * @param threshold share of the old generation's maximum, above 0 and below 1
 * @param lasting how long it must stay above, at most a day
 * @param coolDown least time to the next capture for this reason, at most 366 days
 */
public record MemoryPressure(double threshold, Duration lasting, Duration coolDown) {
    private static final Duration LONGEST_LASTING = Duration.ofDays(1);
    private static final Duration LONGEST_COOL_DOWN = Duration.ofDays(366);

    /**
     * Checks the values.
     *
     * @param threshold share of the old generation's maximum
     * @param lasting how long it must stay above
     * @param coolDown least time to the next capture for this reason
     * @throws IllegalArgumentException if one is out of range
     */
    public MemoryPressure {
        if (!(threshold > 0 && threshold < 1)) {
            throw Settings.refused("memoryPressure threshold", threshold, "above 0 and below 1");
        }
        Settings.between("memoryPressure lasting", lasting, Duration.ZERO, LONGEST_LASTING);
        Settings.between("memoryPressure coolDown", coolDown, Duration.ZERO, LONGEST_COOL_DOWN);
    }

    /**
     * Above a threshold for half a minute, at most once an hour.
     *
     * @param threshold share of the old generation's maximum, above 0 and below 1
     * @return the rule
     */
    public static MemoryPressure above(double threshold) {
        return new MemoryPressure(threshold, Duration.ofSeconds(30), Duration.ofHours(1));
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import java.time.Duration;

/**
 * How many kept dumps stay. The oldest go first, whichever limit is passed; one dump alone may be larger than {@code bytes}
 * only until the next is kept.
 *
 * @param count most kept dumps, at least 1
 * @param bytes most bytes of all kept dumps together, at least 1
 * @param age how long a kept dump stays, more than 0
 */
public record Retention(int count, long bytes, Duration age) {
    private static final Duration LONGEST = Duration.ofDays(36_600);

    /** Five dumps, 20 GiB, a week. */
    public static final Retention DEFAULT = new Retention(5, 20L << 30, Duration.ofDays(7));

    /**
     * Checks the values.
     *
     * @param count most kept dumps
     * @param bytes most bytes of all kept dumps together
     * @param age how long a kept dump stays
     * @throws IllegalArgumentException if one is out of range
     */
    public Retention {
        Settings.between("retention count", count, 1, Integer.MAX_VALUE);
        Settings.between("retention bytes", bytes, 1, Long.MAX_VALUE);
        Settings.between("retention age", age, Duration.ofNanos(1), LONGEST);
    }
}

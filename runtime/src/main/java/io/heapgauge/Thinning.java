/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * What stays of a series that gets too long: the newer half as it is, and of the older half what is spread best, so that a
 * gauge that measures every minute still remembers the day. Of what reaches back farther than a day the oldest goes.
 */
final class Thinning {
    private static final Duration REMEMBERED = Duration.ofDays(1);
    private static final int LEAST = 4;

    private Thinning() {}

    /**
     * The index of what goes next.
     *
     * @param series the oldest first, longer than it may be
     * @param time when an element was
     */
    static <T> int surplus(List<T> series, Function<T, Instant> time) {
        Instant oldest = time.apply(series.get(0));
        Instant newest = time.apply(series.get(series.size() - 1));
        if (series.size() <= LEAST || Duration.between(oldest, newest).compareTo(REMEMBERED) > 0) {
            return 0;
        }
        int chosen = 1;
        Duration least = REMEMBERED;
        for (int i = 1; i < series.size() / 2; i++) {
            Duration gap = Duration.between(time.apply(series.get(i - 1)), time.apply(series.get(i + 1)));
            if (gap.compareTo(least) < 0) {
                least = gap;
                chosen = i;
            }
        }
        return chosen;
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import java.time.Duration;
import java.util.Locale;

/** Amounts as people read them in messages. */
final class Texts {
    private Texts() {}

    static String seconds(Duration duration) {
        double seconds = duration.toNanos() / 1e9;
        return String.format(Locale.ROOT, seconds < 0.1 ? "%.3f s" : "%.1f s", seconds);
    }

    static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.cli;

import io.heapgauge.analysis.monitor.Progress;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A bar on one line that is written over again, at most ten times a second, and is gone at the end. */
final class ProgressLine implements Progress, AutoCloseable {
    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int BAR_WIDTH = 30;

    private final PrintStream err;
    private final boolean shown;
    private long lastNanos = System.nanoTime();
    private int width;

    ProgressLine(Terminal terminal) {
        err = terminal.err();
        shown = terminal.interactive();
    }

    @Override
    public void at(String phase, double fraction) {
        long now = System.nanoTime();
        if (shown && now - lastNanos >= INTERVAL_NANOS) {
            lastNanos = now;
            int filled = (int) (BAR_WIDTH * fraction);
            overwrite(String.format(
                    Locale.ROOT,
                    "[%s%s] %3d %% %s",
                    "=".repeat(filled),
                    " ".repeat(BAR_WIDTH - filled),
                    (int) (100 * fraction),
                    phase));
        }
    }

    @Override
    public void close() {
        if (width > 0) {
            overwrite("");
            err.print('\r');
            err.flush();
        }
    }

    private void overwrite(String line) {
        err.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
        err.flush();
        width = line.length();
    }
}

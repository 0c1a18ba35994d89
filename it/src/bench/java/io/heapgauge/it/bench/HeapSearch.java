/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.bench;

import java.io.IOException;
import java.time.Duration;

/**
 * The smallest -Xmx, of the powers of two from 8 MB on, with which a tool still gives its answer, in not more than three times
 * the time that it takes with plenty: close below that heap, collectors run for hours before they give up.
 */
final class HeapSearch {
    private static final int LEAST_MEGABYTES = 8;
    private static final double MOST_SLOWDOWN = 3;
    private static final double START_SECONDS = 5;

    private final BenchDump dump;
    private final Tool tool;
    private final Duration limit;
    private final int guess;

    /** A search that starts near a quarter of the resident memory of the measured runs. */
    HeapSearch(BenchDump dump, Row measured) {
        this.dump = dump;
        this.tool = measured.tool();
        this.limit = Duration.ofMillis((long) (1000 * (START_SECONDS + MOST_SLOWDOWN * measured.wallSeconds())));
        long quarter = (long) (measured.median(MeasuredProcess::peakOwnBytes) / 4e6);
        this.guess = (int) Math.min(tool.heapMegabytes(), Math.max(LEAST_MEGABYTES, Long.highestOneBit(quarter)));
    }

    String smallest() throws IOException, InterruptedException {
        int megabytes = guess;
        if (isEnough(megabytes)) {
            while (megabytes > LEAST_MEGABYTES && isEnough(megabytes / 2)) {
                megabytes /= 2;
            }
        } else {
            do {
                megabytes *= 2;
            } while (megabytes < tool.heapMegabytes() && !isEnough(megabytes));
        }
        return Math.min(megabytes, tool.heapMegabytes()) + "m";
    }

    private boolean isEnough(int megabytes) throws IOException, InterruptedException {
        dump.warm();
        MeasuredProcess run = MeasuredProcess.run(dump.directory(), tool.command(dump, megabytes), limit);
        dump.cleanUp();
        return Failure.of(tool.job(), run) == null;
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a capture came to be.
 *
 * @param gauge name of the gauge that captured, or {@code cli}
 * @param engine the capture engine, for example {@code hotspot}; {@code file} for a dump that was simply given
 * @param trigger what asked for it
 * @param label the caller's label, or null
 * @param startedAt when the capture started; for a given file, the time in its header
 * @param captureNanos wall time of the capture in nanoseconds, 0 where unknown
 * @param pauseNanos how long the application stood still in nanoseconds, 0 where {@code pauseSource} is UNKNOWN
 * @param pauseSource how the pause became known
 * @param dumpBytes size of the dump file in bytes
 * @param dumpName file name of a dump that was kept, without its directory; null when it was deleted
 * @param jvm the VM whose heap it is
 */
public record CaptureFacts(
        String gauge,
        String engine,
        Trigger trigger,
        @Nullable String label,
        Instant startedAt,
        long captureNanos,
        long pauseNanos,
        PauseSource pauseSource,
        long dumpBytes,
        @Nullable String dumpName,
        JvmFacts jvm) {}

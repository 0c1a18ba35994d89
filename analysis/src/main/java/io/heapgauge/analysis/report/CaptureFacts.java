/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a capture came to be.
 *
 * @param gauge name of the gauge that captured, or {@code cli}
 * @param engine the capture engine, for example {@code hotspot} or {@code fork}; {@code histogram} or
 *     {@code fork-histogram} for quick mode, {@code file} for a dump that was simply given
 * @param trigger what asked for it
 * @param label the caller's label, or null
 * @param startedAt when the capture started; for a given file, the time in its header
 * @param captureNanos wall time of the capture in nanoseconds, 0 where unknown
 * @param pauseNanos how long the application stood still in nanoseconds, 0 where {@code pauseSource} is UNKNOWN
 * @param pauseSource how the pause became known
 * @param dumpBytes size of the dump file in bytes, 0 in quick mode
 * @param dumpName file name of a dump that was kept, without its directory; null when it was deleted
 * @param jvm the VM whose heap it is
 * @param memory the memory of the process around the capture, or null where nobody looked
 * @param product what it took of the heap
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
        JvmFacts jvm,
        @Nullable MemoryFacts memory,
        CaptureProduct product) {
    /** The engine that counts objects by type and writes no dump. */
    public static final String HISTOGRAM = "histogram";

    /** The same from a copy-on-write copy of the process. */
    public static final String FORK_HISTOGRAM = "fork-histogram";

    /**
     * A capture of everything, or in quick mode of types.
     *
     * @param gauge name of the gauge that captured, or {@code cli}
     * @param engine the capture engine
     * @param trigger what asked for it
     * @param label the caller's label, or null
     * @param startedAt when the capture started
     * @param captureNanos wall time of the capture
     * @param pauseNanos how long the application stood still
     * @param pauseSource how the pause became known
     * @param dumpBytes size of the dump file in bytes
     * @param dumpName file name of a dump that was kept, or null
     * @param jvm the VM whose heap it is
     * @param memory the memory of the process around the capture, or null
     */
    public CaptureFacts(
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
            JvmFacts jvm,
            @Nullable MemoryFacts memory) {
        this(
                gauge,
                engine,
                trigger,
                label,
                startedAt,
                captureNanos,
                pauseNanos,
                pauseSource,
                dumpBytes,
                dumpName,
                jvm,
                memory,
                isQuick(engine) ? CaptureProduct.TYPES : CaptureProduct.DUMP);
    }

    /**
     * A capture around which nobody looked at the memory of the process.
     *
     * @param gauge name of the gauge that captured, or {@code cli}
     * @param engine the capture engine
     * @param trigger what asked for it
     * @param label the caller's label, or null
     * @param startedAt when the capture started
     * @param captureNanos wall time of the capture
     * @param pauseNanos how long the application stood still
     * @param pauseSource how the pause became known
     * @param dumpBytes size of the dump file in bytes
     * @param dumpName file name of a dump that was kept, or null
     * @param jvm the VM whose heap it is
     */
    public CaptureFacts(
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
            JvmFacts jvm) {
        this(
                gauge,
                engine,
                trigger,
                label,
                startedAt,
                captureNanos,
                pauseNanos,
                pauseSource,
                dumpBytes,
                dumpName,
                jvm,
                null);
    }

    /**
     * Whether it is of quick mode: objects by type only, and no dump.
     *
     * @return true if so
     */
    public boolean isQuick() {
        return isQuick(engine);
    }

    private static boolean isQuick(String engine) {
        return engine.equals(HISTOGRAM) || engine.equals(FORK_HISTOGRAM);
    }

    /**
     * The same with the name of the dump that was kept.
     *
     * @param name file name without its directory
     * @return the facts
     */
    public CaptureFacts keptAs(String name) {
        return with(name, product);
    }

    /**
     * The same with what it took of the heap.
     *
     * @param taken the product
     * @return the facts
     */
    public CaptureFacts of(CaptureProduct taken) {
        return with(dumpName, taken);
    }

    private CaptureFacts with(@Nullable String name, CaptureProduct taken) {
        return new CaptureFacts(
                gauge,
                engine,
                trigger,
                label,
                startedAt,
                captureNanos,
                pauseNanos,
                pauseSource,
                dumpBytes,
                name,
                jvm,
                memory,
                taken);
    }
}

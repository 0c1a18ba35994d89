/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.monitor.CancelSignal;
import io.heapgauge.analysis.redact.RedactionRules;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How a capture is to be taken, for engines that can heed it.
 *
 * @param leftOut which values stay where contents are left out; null for a dump with all contents
 * @param keptArrays arrays whose contents stay all the same: names in the registry of roots
 * @param cancel ends it
 * @param progress hears the share that is done
 * @param durable whether the file must have reached the disk when it is done: somebody wants to keep it
 */
record CaptureTask(
        @Nullable RedactionRules leftOut,
        byte[][] keptArrays,
        CancelSignal cancel,
        DoubleConsumer progress,
        boolean durable) {
    /** A dump that is read once and deleted. */
    CaptureTask(@Nullable RedactionRules leftOut, byte[][] keptArrays, CancelSignal cancel, DoubleConsumer progress) {
        this(leftOut, keptArrays, cancel, progress, false);
    }

    /** The same for a dump that stays. */
    CaptureTask toKeep() {
        return new CaptureTask(leftOut, keptArrays, cancel, progress, true);
    }

    /** A dump with all contents. */
    static CaptureTask whole(CancelSignal cancel, DoubleConsumer progress) {
        return new CaptureTask(null, new byte[0][], cancel, progress);
    }
}

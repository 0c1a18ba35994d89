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
 */
record CaptureTask(
        @Nullable RedactionRules leftOut, byte[][] keptArrays, CancelSignal cancel, DoubleConsumer progress) {
    /** A dump with all contents. */
    static CaptureTask whole(CancelSignal cancel, DoubleConsumer progress) {
        return new CaptureTask(null, new byte[0][], cancel, progress);
    }
}

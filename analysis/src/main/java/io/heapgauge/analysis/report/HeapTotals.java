/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import org.jspecify.annotations.Nullable;

/**
 * Everything in a capture, and how much of it the GC roots reach. The parts are null, never zero, where the analysis did
 * not walk the graph; where it did, they add up to {@code all}.
 *
 * @param all every object in the capture
 * @param reachable objects that the GC roots reach over strong edges
 * @param weaklyHeld objects reached only through the referent of a weak, soft, phantom or final reference
 * @param notReached objects that nothing reaches: garbage, or held where the hprof format does not look
 * @param byReference the weakly held ones by the kind of reference
 */
public record HeapTotals(
        Size all,
        @Nullable Size reachable,
        @Nullable Size weaklyHeld,
        @Nullable Size notReached,
        @Nullable WeaklyHeld byReference) {
    /**
     * Totals without the kinds of references.
     *
     * @param all every object in the capture
     * @param reachable objects that the GC roots reach
     * @param weaklyHeld objects reached only through a referent
     * @param notReached objects that nothing reaches
     */
    public HeapTotals(Size all, @Nullable Size reachable, @Nullable Size weaklyHeld, @Nullable Size notReached) {
        this(all, reachable, weaklyHeld, notReached, null);
    }
}

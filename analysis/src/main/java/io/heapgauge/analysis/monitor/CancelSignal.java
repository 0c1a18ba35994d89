/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.monitor;

/**
 * Polled in long loops; interrupting the thread instead would close the file channel under it. Implementations answer
 * from any thread and at once.
 */
@FunctionalInterface
public interface CancelSignal {
    /** Never cancels. */
    CancelSignal NEVER = () -> false;

    /**
     * Whether the work should stop.
     *
     * @return true once somebody asked for it
     */
    boolean isCancelled();
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.monitor;

/** Hears how far an analysis is. Called on the analysing thread; must return quickly and throw nothing. */
@FunctionalInterface
public interface Progress {
    /** Hears nothing. */
    Progress NONE = (phase, fraction) -> {};

    /**
     * The analysis has come this far.
     *
     * @param phase what is being done, a few words
     * @param fraction share of this phase that is done, 0 to 1
     */
    void at(String phase, double fraction);
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.monitor;

/** The analysis stopped because its {@link CancelSignal} said so. */
public final class AnalysisCancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Names what was interrupted.
     *
     * @param phase what was being done
     */
    public AnalysisCancelledException(String phase) {
        super("cancelled while " + phase);
    }
}

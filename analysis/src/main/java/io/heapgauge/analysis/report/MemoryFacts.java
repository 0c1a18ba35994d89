/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

/**
 * The memory of the host around a capture: what it cost the process to be looked at.
 *
 * @param before right before the heap was captured
 * @param after right after it
 */
public record MemoryFacts(MemoryReading before, MemoryReading after) {
    /**
     * Page faults in between that needed no file. Of a snapshot they tell how many pages were copied at the most, because the
     * application wrote to them while the copy of the process lived; its fresh memory is among them.
     *
     * @return 0 where the system tells nothing
     */
    public long minorFaults() {
        Long from = before.minorFaults();
        Long to = after.minorFaults();
        return from == null || to == null ? 0 : Math.max(0, to - from);
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.report.MemoryReading;
import org.jspecify.annotations.Nullable;

/**
 * Whether there is memory enough for a copy-on-write copy: at first it shares every page, and each page that the application
 * writes to while the copy lives is one more. How many that will be nobody knows; a tenth of the used heap must be free
 * before, and some while it lives.
 */
final class ForkMemory {
    /** Below it a child at work is ended. */
    static final long LEAST_WHILE_FORKED = 64 << 20;

    private static final long LEAST_BEFORE = 128 << 20;
    private static final int SHARE_OF_HEAP = 10;

    private final MemoryReader memory;

    ForkMemory(MemoryReader memory) {
        this.memory = memory;
    }

    /** Bytes that this process may still take, by the control group's limit and the machine's memory; a lot if unknown. */
    long available() {
        Long machine = memory.availableOfMachine();
        MemoryReading now = memory.read();
        Long limit = now.groupLimitBytes();
        Long used = now.groupUsedBytes();
        long group = limit == null || used == null ? Long.MAX_VALUE : limit - used + memory.reclaimableOfGroup();
        return Math.min(group, machine == null ? Long.MAX_VALUE : machine);
    }

    /** Why no copy should be made now, or null. */
    @Nullable
    String refusal() {
        long needed = Math.max(LEAST_BEFORE, MemoryReader.usedHeapBytes() / SHARE_OF_HEAP);
        long available = available();
        return available >= needed
                ? null
                : "only " + Texts.mebibytes(available) + " of memory are left, and a snapshot should have "
                        + Texts.mebibytes(needed) + " for pages that change while it lives";
    }
}

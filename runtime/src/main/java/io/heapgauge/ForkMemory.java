/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

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

    /** Bytes that are left. */
    long available() {
        return memory.availableBytes();
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

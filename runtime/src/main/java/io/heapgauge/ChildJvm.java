/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

/**
 * What a JVM gets that is started for an analysis.
 *
 * @param heapBytes its {@code -Xmx}, at least 16 MiB; what grows with the dump lies outside of it
 * @param nice by how much its priority is lowered where the system has {@code nice}, 0 to 19
 */
public record ChildJvm(long heapBytes, int nice) {
    /** 128 MiB of Java heap, niceness 10. */
    public static final ChildJvm DEFAULT = new ChildJvm(128L << 20, 10);

    private static final long LEAST_HEAP_BYTES = 16L << 20;
    private static final int LOWEST_PRIORITY = 19;

    /**
     * Checks the values.
     *
     * @param heapBytes its {@code -Xmx}
     * @param nice by how much its priority is lowered
     * @throws IllegalArgumentException if one is out of range
     */
    public ChildJvm {
        Settings.between("childJvm heapBytes", heapBytes, LEAST_HEAP_BYTES, Long.MAX_VALUE);
        Settings.between("childJvm nice", nice, 0, LOWEST_PRIORITY);
    }
}

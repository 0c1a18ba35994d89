/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.hprof;

/**
 * The start of an hprof file.
 *
 * @param version for example {@code JAVA PROFILE 1.0.2}
 * @param ids how ids are written
 * @param epochMillis when the dump was written, milliseconds since 1970
 * @param brief whether the dump is one of the fork engine's that are read once: fields and elements that would only be zeros
 *     have no place in it, and the size of a class's instances is that in the heap
 */
public record HprofHeader(String version, Ids ids, long epochMillis, boolean brief) {
    /**
     * Size of an id.
     *
     * @return 4 or 8
     */
    public int idBytes() {
        return ids.bytes();
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

/**
 * An object with what it retains.
 *
 * @param id its id in the dump, an address
 * @param type its type as people write it; a class object is {@code class com.acme.X}
 * @param shallowBytes its own size
 * @param retainedBytes what the GC roots would no longer reach without it, itself included
 */
public record RetainedObject(long id, String type, long shallowBytes, long retainedBytes) {
    /**
     * The id as people write it.
     *
     * @return hexadecimal with {@code 0x}
     */
    public String hexId() {
        return "0x" + Long.toHexString(id);
    }
}

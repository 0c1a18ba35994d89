/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import org.jspecify.annotations.Nullable;

/**
 * An object with what it retains.
 *
 * @param id its id in the dump, an address
 * @param type its type as people write it; a class object is {@code class com.acme.X}
 * @param shallowBytes its own size
 * @param retainedBytes what the GC roots would no longer reach without it, itself included
 * @param dominatorId the object next above it through which every path from a GC root leads, so that what it retains is
 *     retained by that one too; 0 where there is none
 */
public record RetainedObject(long id, String type, long shallowBytes, long retainedBytes, long dominatorId) {
    /**
     * The id as people write it.
     *
     * @return hexadecimal with {@code 0x}
     */
    public String hexId() {
        return hex(id);
    }

    /**
     * The id of the dominator as people write it.
     *
     * @return hexadecimal with {@code 0x}, or null where there is none
     */
    public @Nullable String hexDominatorId() {
        return dominatorId == 0 ? null : hex(dominatorId);
    }

    private static String hex(long id) {
        return "0x" + Long.toHexString(id);
    }
}

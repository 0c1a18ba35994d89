/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import io.heapgauge.analysis.hprof.HprofType;
import io.heapgauge.analysis.hprof.Ids;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** How to read from the field values of an instance how many bytes outside of the heap it holds. */
final class NativeBytes {
    /**
     * A field in the values of an instance.
     *
     * @param offset of its first byte
     * @param type type code
     */
    record Field(int offset, int type) {
        /** Its bits, 0 where a damaged record is too short for it. */
        long read(ByteBuffer window, int at, int length, Ids ids) {
            return offset + HprofType.bytes(type, ids.bytes()) <= length ? ids.readValue(window, at + offset, type) : 0;
        }
    }

    private final Ids ids;
    private final @Nullable Field bytes;
    private final long constantBytes;
    private final @Nullable Field mustBeSet;
    private final @Nullable Field mustBeNull;

    /**
     * @param bytes holds the number, or null for a constant
     * @param constantBytes the constant
     * @param mustBeSet only where this is not zero or null; null for no condition
     * @param mustBeNull only where this is zero or null; null for no condition
     */
    NativeBytes(
            Ids ids, @Nullable Field bytes, long constantBytes, @Nullable Field mustBeSet, @Nullable Field mustBeNull) {
        this.ids = ids;
        this.bytes = bytes;
        this.constantBytes = constantBytes;
        this.mustBeSet = mustBeSet;
        this.mustBeNull = mustBeNull;
    }

    long read(ByteBuffer window, int at, int length) {
        if (mustBeSet != null && mustBeSet.read(window, at, length, ids) == 0
                || mustBeNull != null && mustBeNull.read(window, at, length, ids) != 0) {
            return 0;
        }
        return bytes == null ? constantBytes : Math.max(0, bytes.read(window, at, length, ids));
    }
}

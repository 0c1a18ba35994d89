/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.hprof;

import java.nio.ByteBuffer;

/** Reads ids, whose size the header of a dump decides. */
public final class Ids {
    private Ids() {}

    /**
     * Reads an id.
     *
     * @param window big-endian bytes
     * @param at index of the id's first byte
     * @param idBytes 4 or 8
     * @return the id; of a 4-byte id as an unsigned value
     */
    public static long read(ByteBuffer window, int at, int idBytes) {
        return idBytes == 8 ? window.getLong(at) : window.getInt(at) & 0xffff_ffffL;
    }

    /**
     * Reads a value of any type as its bits.
     *
     * @param window big-endian bytes
     * @param at index of the value's first byte
     * @param type type code, see {@link HprofType}
     * @param idBytes 4 or 8
     * @return the id of a reference, the sign-extended bits of a primitive
     */
    public static long readValue(ByteBuffer window, int at, int type, int idBytes) {
        return switch (HprofType.bytes(type, idBytes)) {
            case 1 -> window.get(at);
            case 2 -> type == HprofType.CHAR ? window.getChar(at) : window.getShort(at);
            case 4 -> type == HprofType.OBJECT ? window.getInt(at) & 0xffff_ffffL : window.getInt(at);
            default -> window.getLong(at);
        };
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/** The names of a dump in one byte array; a String is made only for the few that are asked for. */
final class Symbols {
    private static final long MISSING = -1;

    private final Long2LongHashMap places = new Long2LongHashMap(MISSING);
    private byte[] bytes = new byte[1 << 16];
    private int used;

    /** Keeps a name; of two with the same id the last one counts, they are alike in practice. */
    void add(long id, ByteBuffer window, int at, int length) {
        if (used + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 3 / 2, used + length));
        }
        window.get(at, bytes, used, length);
        places.put(id, (long) used << 32 | length);
        used += length;
    }

    /** The name, or {@code name 0x…} where the dump has none. */
    String get(long id) {
        long place = places.get(id);
        if (place == MISSING) {
            return "name 0x" + Long.toHexString(id);
        }
        // names are modified UTF-8, which differs only for NUL and characters beyond the BMP
        return new String(bytes, (int) (place >>> 32), (int) place, StandardCharsets.UTF_8);
    }
}

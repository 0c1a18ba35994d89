/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import io.heapgauge.analysis.hprof.HprofScanner;
import io.heapgauge.analysis.hprof.Ids;
import io.heapgauge.analysis.hprof.ProgressVisitor;
import io.heapgauge.analysis.monitor.Monitor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.collections.Hashing;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The names of a dump in one byte array, and which class bears which. A String is made only for the few that are asked for.
 */
final class Symbols extends ProgressVisitor {
    private static final long MISSING = -1;
    /** Of a small program; growing towards it takes as long as filling it. */
    private static final int USUAL_NAMES = 1 << 15;

    private final Long2LongHashMap places = new Long2LongHashMap(USUAL_NAMES, Hashing.DEFAULT_LOAD_FACTOR, MISSING);
    /** Class → id of its name. */
    private final Long2LongHashMap ofClasses = new Long2LongHashMap(0);
    /** Class → its exact name, once somebody has asked. */
    private final Long2ObjectHashMap<String> exact = new Long2ObjectHashMap<>();

    private byte[] bytes = new byte[1 << 16];
    private int used;

    /** @param monitor hears how far the file has been read */
    Symbols(Monitor monitor) {
        super(monitor::at);
    }

    /** Takes many out of the window at once, and does for each of them only what must be. */
    @Override
    public void names(ByteBuffer window, int from, int to, Ids ids) {
        byte[] records = new byte[to - from];
        window.get(from, records);
        makeRoom(records.length);
        for (int at = from; at < to; ) {
            int body = at + HprofScanner.HEADER_BYTES;
            int bodyBytes = window.getInt(at + HprofScanner.LENGTH_AT);
            int length = bodyBytes - ids.bytes();
            System.arraycopy(records, body + ids.bytes() - from, bytes, used, length);
            places.put(ids.read(window, body), (long) used << 32 | length);
            used += length;
            at = body + bodyBytes;
        }
    }

    private void makeRoom(int more) {
        if (used + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 3 / 2, used + more));
        }
    }

    /** Keeps a name; of two with the same id the last one counts, they are alike in practice. */
    @Override
    public void utf8(long id, ByteBuffer window, int at, int length) {
        makeRoom(length);
        window.get(at, bytes, used, length);
        places.put(id, (long) used << 32 | length);
        used += length;
    }

    @Override
    public void loadClass(int serial, long classId, int stackSerial, long nameId) {
        if (nameId != 0) {
            ofClasses.put(classId, nameId);
            exact.remove(classId);
        }
    }

    /** The exact name of a class. */
    String ofClass(long classId) {
        String known = exact.get(classId);
        if (known != null) {
            return known;
        }
        long nameId = ofClasses.get(classId);
        if (nameId == 0) {
            return "unnamed class 0x" + Long.toHexString(classId);
        }
        String name = ClassNames.exact(get(nameId));
        if (places.get(nameId) != MISSING) { // it may still come
            exact.put(classId, name);
        }
        return name;
    }

    /** Whether a name begins with an ASCII character. */
    boolean startsWith(long id, char first) {
        long place = places.get(id);
        return place != MISSING && (int) place > 0 && bytes[(int) (place >>> 32)] == first;
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

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import io.heapgauge.analysis.hprof.HprofScanner;
import io.heapgauge.analysis.hprof.Ids;
import io.heapgauge.analysis.hprof.ProgressVisitor;
import io.heapgauge.analysis.monitor.Monitor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Hashing;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The names of a dump as bytes, and which class bears which. A String is made only for the few that are asked for.
 */
final class Symbols extends ProgressVisitor {
    private static final long MISSING = -1;
    /** Of a small program; growing towards it takes as long as filling it. */
    private static final int USUAL_NAMES = 1 << 15;
    /** Small beside what a collector takes for a large object, as the one array of all names would be. */
    private static final int PAGE_BYTES = 1 << 12;

    private static final int PLACE_SHIFT = 20;
    private static final int PLACE_MASK = (1 << PLACE_SHIFT) - 1;

    private final Long2LongHashMap places = new Long2LongHashMap(USUAL_NAMES, Hashing.DEFAULT_LOAD_FACTOR, MISSING);
    /** Class → id of its name. */
    private final Long2LongHashMap ofClasses = new Long2LongHashMap(0);
    /** Class → its exact name, once somebody has asked. */
    private final Long2ObjectHashMap<String> exact = new Long2ObjectHashMap<>();

    /** Parts of the dump with names in them. */
    private final List<byte[]> pages = new ArrayList<>();
    /** The page that gets the names which come one by one, and how much of it is used. */
    private byte[] open = {};

    private int openIndex;
    private int openUsed;

    /** @param monitor hears how far the file has been read */
    Symbols(Monitor monitor) {
        super(monitor::at);
    }

    /** Takes many out of the window at once, as they lie there, and does for each of them only what must be. */
    @Override
    public void names(ByteBuffer window, int from, int to, Ids ids) {
        byte[] records = new byte[to - from];
        window.get(from, records);
        int page = pages.size();
        pages.add(records);
        for (int at = from; at < to; ) {
            int body = at + HprofScanner.HEADER_BYTES;
            int bodyBytes = window.getInt(at + HprofScanner.LENGTH_AT);
            places.put(ids.read(window, body), place(page, body + ids.bytes() - from, bodyBytes - ids.bytes()));
            at = body + bodyBytes;
        }
    }

    /** Keeps a name; of two with the same id the last one counts, they are alike in practice. */
    @Override
    public void utf8(long id, ByteBuffer window, int at, int length) {
        if (openUsed + length > open.length) {
            open = new byte[Math.max(PAGE_BYTES, length)];
            openUsed = 0;
            openIndex = pages.size();
            pages.add(open);
        }
        window.get(at, open, openUsed, length);
        places.put(id, place(openIndex, openUsed, length));
        openUsed += length;
    }

    /** Where a name is: a page, an index in it, and a length, none of which is a megabyte or more. */
    private static long place(int page, int index, int length) {
        return (long) page << 2 * PLACE_SHIFT | (long) index << PLACE_SHIFT | length;
    }

    private byte[] page(long place) {
        return pages.get((int) (place >>> 2 * PLACE_SHIFT));
    }

    private static int index(long place) {
        return (int) (place >>> PLACE_SHIFT) & PLACE_MASK;
    }

    private static int length(long place) {
        return (int) place & PLACE_MASK;
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
        return place != MISSING && length(place) > 0 && page(place)[index(place)] == first;
    }

    /** The name, or {@code name 0x…} where the dump has none. */
    String get(long id) {
        long place = places.get(id);
        if (place == MISSING) {
            return "name 0x" + Long.toHexString(id);
        }
        // names are modified UTF-8, which differs only for NUL and characters beyond the BMP
        return new String(page(place), index(place), length(place), StandardCharsets.UTF_8);
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.hprof;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How a dump writes the ids of objects, names and frames: as they are, in four or eight bytes; or short, as the fork engine
 * does in brief dumps, where an object's id is its compressed reference. What is read is the address again.
 *
 * @param bytes size of an id in the file, 4 or 8
 * @param base what is added to a short id; 0 for others
 * @param shift by how many bits a short id is moved to the left first; 0 for others
 */
public record Ids(int bytes, long base, int shift) {
    /** The text of the first name, whose id is 0, in a brief dump. */
    private static final String BEFORE_BASE = "heapgauge ids: 0x";

    private static final String BEFORE_SHIFT = " + (id << ";
    private static final String END = "), zeros left out";
    private static final int BASE_DIGITS = 16;
    private static final int MOST_SHIFT = 8;

    /** Bytes of that text. */
    static final int FORM_BYTES = BEFORE_BASE.length() + BASE_DIGITS + BEFORE_SHIFT.length() + 1 + END.length();

    /**
     * Ids that are written as they are.
     *
     * @param bytes 4 or 8
     * @return how they are read
     */
    public static Ids of(int bytes) {
        return new Ids(bytes, 0, 0);
    }

    /**
     * Ids as the first name of a brief dump tells of them.
     *
     * @param text the name
     * @param bytes size of an id in the file
     * @return how they are read, or null if the name tells of something else
     */
    static @Nullable Ids parse(String text, int bytes) {
        int digits = BEFORE_BASE.length();
        if (text.length() != FORM_BYTES || !text.startsWith(BEFORE_BASE) || !text.endsWith(END)) {
            return null;
        }
        try {
            long base = Long.parseUnsignedLong(text.substring(digits, digits + BASE_DIGITS), 16);
            int shift = text.charAt(FORM_BYTES - END.length() - 1) - '0';
            boolean plain = base == 0 && shift == 0;
            boolean known = text.startsWith(BEFORE_SHIFT, digits + BASE_DIGITS)
                    && shift >= 0
                    && shift <= MOST_SHIFT
                    && (bytes == 4 || plain);
            return known ? new Ids(bytes, base, shift) : null;
        } catch (NumberFormatException e) {
            return null; // a name like any other
        }
    }

    /**
     * Reads an id.
     *
     * @param window big-endian bytes
     * @param at index of the id's first byte
     * @return the id; of four bytes as an unsigned value, of a short one the address
     */
    public long read(ByteBuffer window, int at) {
        return bytes == 8 ? window.getLong(at) : widen(window.getInt(at));
    }

    private long widen(int id) {
        return id == 0 ? 0 : base + ((id & 0xffff_ffffL) << shift);
    }

    /**
     * Reads a value of any type as its bits.
     *
     * @param window big-endian bytes
     * @param at index of the value's first byte
     * @param type type code, see {@link HprofType}
     * @return the id of a reference, the sign-extended bits of a primitive
     */
    public long readValue(ByteBuffer window, int at, int type) {
        return switch (HprofType.bytes(type, bytes)) {
            case 1 -> window.get(at);
            case 2 -> type == HprofType.CHAR ? window.getChar(at) : window.getShort(at);
            case 4 -> type == HprofType.OBJECT ? widen(window.getInt(at)) : window.getInt(at);
            default -> window.getLong(at);
        };
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.hprof;

/** The basic types of the hprof format as its one-byte codes. */
public final class HprofType {
    /** A reference. */
    public static final int OBJECT = 2;

    /** {@code boolean}. */
    public static final int BOOLEAN = 4;

    /** {@code char}. */
    public static final int CHAR = 5;

    /** {@code float}. */
    public static final int FLOAT = 6;

    /** {@code double}. */
    public static final int DOUBLE = 7;

    /** {@code byte}. */
    public static final int BYTE = 8;

    /** {@code short}. */
    public static final int SHORT = 9;

    /** {@code int}. */
    public static final int INT = 10;

    /** {@code long}. */
    public static final int LONG = 11;

    /** Number of codes, for arrays indexed by code. */
    public static final int CODES = 12;

    private static final byte[] BYTES = {0, 0, 0, 0, 1, 2, 4, 8, 1, 2, 4, 8};
    private static final String[] NAMES = {
        "", "", "object", "", "boolean", "char", "float", "double", "byte", "short", "int", "long"
    };

    private HprofType() {}

    /**
     * Size of a primitive value.
     *
     * @param code a type code
     * @return bytes, or 0 when the code is no primitive type
     */
    public static int primitiveBytes(int code) {
        return code >= 0 && code < CODES ? BYTES[code] : 0;
    }

    /**
     * Size of a value in a dump.
     *
     * @param code a type code
     * @param idBytes size of an id in this dump
     * @return bytes, or 0 when the code is unknown
     */
    public static int bytes(int code, int idBytes) {
        return code == OBJECT ? idBytes : primitiveBytes(code);
    }

    /**
     * The Java keyword of a primitive type.
     *
     * @param code a primitive type code
     * @return for example {@code int}
     */
    public static String name(int code) {
        return NAMES[code];
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.redact;

import java.nio.ByteBuffer;

/** Overwrites stretches of a window. */
final class Bytes {
    private static final byte MASK = '*';

    private Bytes() {}

    static void zero(ByteBuffer window, int at, int length) {
        int end = at + length;
        int next = at;
        for (; next <= end - Long.BYTES; next += Long.BYTES) {
            window.putLong(next, 0);
        }
        for (; next < end; next++) {
            window.put(next, (byte) 0);
        }
    }

    /** Leaves of a big-endian number only whether it is 0: anything else becomes 1. */
    static void flag(ByteBuffer window, int at, int length) {
        int any = 0;
        for (int i = at; i < at + length; i++) {
            any |= window.get(i);
        }
        zero(window, at, length);
        window.put(at + length - 1, (byte) (any == 0 ? 0 : 1));
    }

    /** Asterisks rather than zeros, so that it is still text in UTF-8. */
    static void mask(ByteBuffer window, int at, int length) {
        for (int i = at; i < at + length; i++) {
            window.put(i, MASK);
        }
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Values that must not be found in a redacted dump, and the bytes by which they are found in the one before. */
final class Secrets {
    static final String LATIN1 = "hunter2-is-no-password";
    static final String UTF16 = "\u0441\u0435\u043a\u0440\u0435\u0442-\u03a9\u03bc\u03ad\u03b3\u03b1";
    static final String BUILDER = "token-that-is-being-built";
    static final String THREAD_NAME = "session-of-alice-4711";
    static final String CHARS = "pin-in-chars-0815";
    static final String BYTES = "key-material-in-bytes";
    static final String ON_HEAP_BUFFER = "request-body-in-a-buffer";
    static final String STATIC = "static-licence-key";
    static final int INT = 0x6b5d_4f39;
    static final long LONG = 0x6a5c_4e3f_2d1b_7988L;
    static final double DOUBLE = Double.longBitsToDouble(0x4a5c_4e3f_2d1b_7977L);
    static final float FLOAT = Float.intBitsToFloat(0x4b5d_4f37);
    static final long STATIC_LONG = 0x695c_4e3f_2d1b_7966L;
    static final long LONG_ELEMENT = 0x685c_4e3f_2d1b_7955L;
    static final int INT_ELEMENT = 0x675d_4f35;
    static final double DOUBLE_ELEMENT = Double.longBitsToDouble(0x465c_4e3f_2d1b_7944L);

    private Secrets() {}

    /** What it is → its bytes in the original dump, where every one of them is. */
    static Map<String, byte[]> present() {
        Map<String, byte[]> found = new LinkedHashMap<>();
        for (String text : new String[] {LATIN1, BUILDER, THREAD_NAME, BYTES, ON_HEAP_BUFFER, STATIC}) {
            found.put(text, text.getBytes(StandardCharsets.ISO_8859_1));
        }
        // the VM keeps two-byte strings in its own byte order, and char arrays are written in that of the format
        found.put("UTF-16 string", UTF16.getBytes(StandardCharsets.UTF_16LE));
        found.put("char[]", CHARS.getBytes(StandardCharsets.UTF_16BE));
        found.put("literal in UTF-8", UTF16.getBytes(StandardCharsets.UTF_8));
        found.put("int", bytes(4).putInt(INT).array());
        found.put("int element", bytes(4).putInt(INT_ELEMENT).array());
        found.put("long", bytes(8).putLong(LONG).array());
        found.put("static long", bytes(8).putLong(STATIC_LONG).array());
        found.put("long element", bytes(8).putLong(LONG_ELEMENT).array());
        found.put("double", bytes(8).putDouble(DOUBLE).array());
        found.put("double element", bytes(8).putDouble(DOUBLE_ELEMENT).array());
        found.put("float", bytes(4).putFloat(FLOAT).array());
        return found;
    }

    /** Every text in every encoding, and the numbers. */
    static Map<String, byte[]> all() {
        Map<String, byte[]> all = new LinkedHashMap<>(present());
        for (String text : new String[] {LATIN1, UTF16, BUILDER, THREAD_NAME, CHARS, BYTES, ON_HEAP_BUFFER, STATIC}) {
            all.put(text + " in UTF-8", text.getBytes(StandardCharsets.UTF_8));
            all.put(text + " in UTF-16BE", text.getBytes(StandardCharsets.UTF_16BE));
            all.put(text + " in UTF-16LE", text.getBytes(StandardCharsets.UTF_16LE));
        }
        return all;
    }

    private static ByteBuffer bytes(int length) {
        return ByteBuffer.allocate(length);
    }
}

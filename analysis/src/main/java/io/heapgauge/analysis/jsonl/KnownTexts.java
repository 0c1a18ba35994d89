/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.jsonl;

import java.util.Arrays;

/** Texts that come again and again, as the names of types do: the same String for the same characters. For one thread. */
final class KnownTexts {
    /** Texts beyond these are made anew each time, so that a file of nothing but names takes no more memory. */
    private static final int MOST = 1 << 16;

    private String[] table = new String[256];
    private int size;

    String of(char[] characters, int start, int length) {
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + characters[start + i];
        }
        int slot = slot(hash, table.length);
        for (String known = table[slot]; known != null; known = table[slot]) {
            if (isSame(known, characters, start, length)) {
                return known;
            }
            slot = slot + 1 & table.length - 1;
        }
        String text = new String(characters, start, length);
        if (size < MOST) {
            table[slot] = text;
            if (++size > table.length / 2) {
                grow();
            }
        }
        return text;
    }

    private static int slot(int hash, int capacity) {
        return (hash ^ hash >>> 16) & capacity - 1;
    }

    private static boolean isSame(String known, char[] characters, int start, int length) {
        if (known.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (known.charAt(i) != characters[start + i]) {
                return false;
            }
        }
        return true;
    }

    private void grow() {
        String[] larger = new String[2 * table.length];
        for (String text : Arrays.stream(table).filter(known -> known != null).toList()) {
            int slot = slot(text.hashCode(), larger.length);
            while (larger[slot] != null) {
                slot = slot + 1 & larger.length - 1;
            }
            larger[slot] = text;
        }
        table = larger;
    }
}

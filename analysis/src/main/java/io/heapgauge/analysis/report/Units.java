/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

/** Figures as people read them, the same in every locale. */
final class Units {
    private static final String[] BINARY = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private Units() {}

    /** {@code 12.3 MiB}; below 1 KiB whole bytes. */
    static String bytes(long bytes) {
        return bytes < 1024 ? plural(bytes, "byte") : scaled(bytes, " ");
    }

    /** {@code 12.3MiB}; below 1 KiB {@code 24B}. */
    static String compact(long bytes) {
        return bytes < 1024 ? bytes + "B" : scaled(bytes, "");
    }

    private static String scaled(long bytes, String blank) {
        double value = bytes / 1024.0;
        int unit = 0;
        while (value >= 1023.95 && unit < BINARY.length - 1) {
            value /= 1024;
            unit++;
        }
        return tenths(value) + blank + BINARY[unit];
    }

    /** {@code 1.2 s}, {@code 812 ms}, {@code 0.3 ms}. */
    static String nanos(long nanos) {
        double millis = nanos / 1e6;
        if (millis >= 1000) {
            return tenths(millis / 1000) + " s";
        }
        return (millis >= 10 ? Long.toString(Math.round(millis)) : tenths(millis)) + " ms";
    }

    /** One decimal, of a number that is not negative. A formatter would load a hundred classes for it. */
    private static String tenths(double value) {
        long tenths = Math.round(value * 10);
        return tenths / 10 + "." + tenths % 10;
    }

    /** {@code 1 object}, {@code 2 objects}. */
    static String plural(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** Whole percent, rounded down; a dash where there is nothing to take a share of. */
    static String percent(long part, long whole) {
        if (whole == 0) {
            return "-";
        }
        // in whole numbers, as a double would round 99.99… of a huge total up to 100
        return Long.toString(part <= Long.MAX_VALUE / 100 ? 100 * part / whole : part / (whole / 100));
    }

    /** Names come from the dump: a terminal shall not obey what is hidden in them. */
    static String printable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return withoutControls(text);
            }
        }
        return text;
    }

    private static String withoutControls(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .forEach(safe::appendCodePoint);
        return safe.toString();
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.bench;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many objects a class histogram holds in all; every tool must have seen every object.
 *
 * @param objects class objects included
 */
record ObjectCount(long objects) implements Answer {
    private static final double MOST_OFF = 0.001;
    private static final Pattern OURS = Pattern.compile("^\\{\"objects\":(\\d+)");
    private static final Pattern THEIRS = Pattern.compile("^objects (\\d+) ", Pattern.MULTILINE);

    /** Reads our JSON or the line of a peer's program. */
    static ObjectCount parse(String output) {
        Matcher total = (output.startsWith("{") ? OURS : THEIRS).matcher(output);
        if (!total.find()) {
            throw new IllegalArgumentException("no number of objects in: " + output);
        }
        return new ObjectCount(Long.parseLong(total.group(1)));
    }

    @Override
    public String agreement(Answer ours) {
        return String.format(Locale.ROOT, "%d objects, %+.4f %%", objects, 100 * off(ours));
    }

    @Override
    public boolean contradicts(Answer ours) {
        return Math.abs(off(ours)) > MOST_OFF;
    }

    private double off(Answer ours) {
        return (double) objects / ((ObjectCount) ours).objects - 1;
    }
}

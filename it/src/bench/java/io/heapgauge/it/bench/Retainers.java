/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The objects with the largest retained sizes, largest first.
 *
 * @param bytesById id → retained bytes, in the tool's own idea of shallow sizes
 */
record Retainers(Map<Long, Long> bytesById) implements Answer {
    /** How many a peer lists. */
    static final int TOP = 20;

    /** How many ours lists, so that objects which other shallow sizes rank a little lower are found as well. */
    static final int OUR_TOP = 200;

    private static final Pattern OURS = Pattern.compile("\"id\":\"0x([0-9a-f]+)\"[^}]*\"retained\":(\\d+)");
    private static final Pattern THEIRS = Pattern.compile("^retained 0x([0-9a-f]+) (-?\\d+)$", Pattern.MULTILINE);

    /** The line of one object that {@link #parse} understands. */
    static void print(long id, long bytes) {
        System.out.println("retained 0x" + Long.toHexString(id) + " " + bytes);
    }

    /** Reads our JSON or the lines of a peer's program. */
    static Retainers parse(String output) {
        Map<Long, Long> bytesById = new LinkedHashMap<>();
        Matcher object = (output.startsWith("{") ? OURS : THEIRS).matcher(output);
        while (object.find()) {
            bytesById.put(Long.parseUnsignedLong(object.group(1), 16), Long.parseLong(object.group(2)));
        }
        if (bytesById.size() < TOP) {
            throw new IllegalArgumentException("not " + TOP + " retained sizes in: " + output);
        }
        return new Retainers(bytesById);
    }

    @Override
    public String agreement(Answer ours) {
        Map<Long, Long> known = ((Retainers) ours).bytesById;
        double[] ratios = bytesById.entrySet().stream()
                .limit(TOP)
                .filter(object -> known.containsKey(object.getKey()))
                .mapToDouble(object -> (double) object.getValue() / Objects.requireNonNull(known.get(object.getKey())))
                .sorted()
                .toArray();
        if (ratios.length == 0) {
            return "0 of " + TOP + " in our top " + OUR_TOP;
        }
        return String.format(
                Locale.ROOT,
                "%d of %d in our top %d, sizes × %.3f to %.3f, median %.3f",
                ratios.length,
                TOP,
                OUR_TOP,
                ratios[0],
                ratios[ratios.length - 1],
                Arrays.stream(ratios).skip(ratios.length / 2).findFirst().orElseThrow());
    }

    /** Sizes of others rest on other shallow sizes and other edges, so that none is a contradiction. */
    @Override
    public boolean contradicts(Answer ours) {
        return false;
    }
}

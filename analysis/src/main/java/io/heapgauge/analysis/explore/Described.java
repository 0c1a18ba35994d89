/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.explore;

import io.heapgauge.analysis.graph.InboundRows;
import io.heapgauge.analysis.report.InspectionText;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One line about an object, after Meliae's. */
final class Described {
    private static final int MANY_PARENTS = 10_000;
    private static final int SHORT_VALUE = 40;
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    private Described() {}

    static String describe(HeapObject object, View view) {
        StringBuilder text = new StringBuilder(InspectionText.printable(object.type()));
        text.append('(').append("0x").append(Long.toHexString(object.address()));
        if (!object.isMissing()) {
            text.append(' ').append(object.shallow()).append('B');
            count(text, view.childCount(object.ordinal()), "refs");
            if (view.open().hasInbound()) {
                parents(text, object.ordinal(), view);
            }
            if (object.knownOwned() >= 0) {
                text.append(' ').append(size(object.knownOwned())).append(" owned");
            }
            if (view.open().hasDominators()) {
                text.append(' ').append(size(object.retained())).append(" retained");
            }
            if (view.open().isNameShared(object.type())) {
                text.append(" loader 0x")
                        .append(Long.toHexString(
                                view.open().typeOf(object.ordinal()).loaderId()));
            }
            if (!view.open().isClassObject(object.ordinal())) {
                value(text, object.value());
            }
        }
        return text.append(')').toString();
    }

    /** Exact unless there are so many that a line is not worth the looks at all of them. */
    private static void parents(StringBuilder text, int ordinal, View view) {
        InboundRows inbound = view.open().inbound();
        long references = inbound.end(ordinal) - inbound.start(ordinal);
        if (references > MANY_PARENTS) {
            text.append(" held by ").append(references).append(" references");
        } else {
            count(text, view.parents(ordinal).length, "par");
        }
    }

    private static void count(StringBuilder text, int count, String noun) {
        if (count > 0) {
            text.append(' ').append(count).append(noun);
        }
    }

    private static void value(StringBuilder text, @Nullable Object value) {
        if (value instanceof String string) {
            String cut = string.length() > SHORT_VALUE ? string.substring(0, SHORT_VALUE) + "…" : string;
            text.append(" '").append(InspectionText.printable(cut)).append('\'');
        } else if (value != null) {
            text.append(' ').append(value);
        }
    }

    static String size(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1023.95 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + UNITS[0] : String.format(Locale.ROOT, "%.1f%s", value, UNITS[unit]);
    }
}

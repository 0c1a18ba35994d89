/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.explore;

import io.heapgauge.analysis.graph.InboundRows;
import io.heapgauge.analysis.report.InspectionText;
import io.heapgauge.analysis.report.ObjectText;

/** One line about an object, after Meliae's. */
final class Described {
    private static final int MANY_PARENTS = 10_000;

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
                text.append(' ').append(ObjectText.size(object.knownOwned())).append(" owned");
            }
            if (view.open().hasDominators()) {
                text.append(' ').append(ObjectText.size(object.retained())).append(" retained");
            }
            if (view.open().isNameShared(object.type())) {
                text.append(" loader 0x")
                        .append(Long.toHexString(
                                view.open().typeOf(object.ordinal()).loaderId()));
            }
            Object value = view.open().isClassObject(object.ordinal()) ? null : object.value();
            if (value != null) {
                text.append(' ').append(ObjectText.value(value));
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
}

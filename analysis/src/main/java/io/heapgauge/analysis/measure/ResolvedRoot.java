/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.report.RootState;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A configured root in one heap.
 *
 * @param definition what was configured
 * @param state whether it was found
 * @param detail why it cannot be measured, or null
 * @param count number of starts
 * @param starts gives each start's ordinal once
 * @param set the starts as a set
 */
record ResolvedRoot(
        RootDefinition definition,
        RootState state,
        @Nullable String detail,
        long count,
        Starts starts,
        SetRetained.ObjectSet set) {
    /** The objects a root starts at. */
    @FunctionalInterface
    interface Starts {
        /** No start. */
        Starts NONE = action -> {};

        void forEach(IntConsumer action);
    }

    static ResolvedRoot gone(RootDefinition definition, String why) {
        return new ResolvedRoot(definition, RootState.GONE, why, 0, Starts.NONE, SetRetained.ObjectSet.of());
    }

    static ResolvedRoot notReached(RootDefinition definition) {
        return new ResolvedRoot(
                definition,
                RootState.NOT_REACHED,
                WhyNoSize.NONE.of(definition.spec()),
                0,
                Starts.NONE,
                SetRetained.ObjectSet.of());
    }

    static ResolvedRoot measured(RootDefinition definition, long count, Starts starts, SetRetained.ObjectSet set) {
        return new ResolvedRoot(definition, RootState.MEASURED, null, count, starts, set);
    }
}

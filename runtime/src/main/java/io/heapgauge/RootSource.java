/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.measure.RootSpec;
import java.lang.ref.WeakReference;

/** Where a configured root comes from. */
sealed interface RootSource {
    /** An object of this VM; found again in the dump through its entry in the {@link RootRegistry}. */
    record Live(WeakReference<Object> object) implements RootSource {}

    /** Whatever the specification finds in the dump. */
    record Found(RootSpec spec) implements RootSource {}

    static RootSource weakly(Object object) {
        return new Live(new WeakReference<>(object));
    }
}

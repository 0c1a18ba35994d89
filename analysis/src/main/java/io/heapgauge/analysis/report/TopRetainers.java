/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import java.util.List;

/**
 * The objects that retain most.
 *
 * @param reached all that the GC roots reach
 * @param objects by retained bytes descending
 */
public record TopRetainers(Size reached, List<RetainedObject> objects) {
    /**
     * Keeps an immutable copy of the list.
     *
     * @param reached all that the GC roots reach
     * @param objects by retained bytes descending
     */
    public TopRetainers {
        objects = List.copyOf(objects);
    }
}

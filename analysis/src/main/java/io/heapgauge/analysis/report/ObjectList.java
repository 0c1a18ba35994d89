/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import java.util.List;

/**
 * Some objects of a dump.
 *
 * @param total how many there are and their shallow sizes, of which the list may show a part
 * @param objects those that are shown, in the order of the question
 */
public record ObjectList(Size total, List<ObjectFacts> objects) {
    /**
     * Keeps an immutable copy of the list.
     *
     * @param total how many there are
     * @param objects those that are shown
     */
    public ObjectList {
        objects = List.copyOf(objects);
    }
}

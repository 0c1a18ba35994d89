/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A shortest path over strong references from a GC root to an object.
 *
 * @param id the object
 * @param type its type as people write it
 * @param shallowBytes its own size
 * @param rootKind why the VM holds the first object of the path, null where no GC root reaches the object
 * @param steps from the object that the VM holds to the object asked for; empty where no GC root reaches it
 */
public record RootPath(
        long id, String type, long shallowBytes, @Nullable String rootKind, List<Step> steps) {
    /**
     * An object on the path.
     *
     * @param id its id in the dump
     * @param type its type as people write it
     * @param via what in the object before refers to it: {@code next}, {@code static ALL}, {@code [17]}; null for the
     *     first one and where the source does not know
     */
    public record Step(long id, String type, @Nullable String via) {}

    /**
     * Keeps an immutable copy of the steps.
     *
     * @param id the object
     * @param type its type as people write it
     * @param shallowBytes its own size
     * @param rootKind why the VM holds the first object of the path
     * @param steps from the object that the VM holds to the object asked for
     */
    public RootPath {
        steps = List.copyOf(steps);
    }
}

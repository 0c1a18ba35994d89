/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.explore;

import io.heapgauge.analysis.report.RootPath;
import java.util.List;

/**
 * Why an object is there: a shortest path over strong references from a GC root to it. Immutable.
 *
 * @param rootKind why the VM holds the first object, {@code Java frame}; empty where no GC root reaches the object
 * @param steps from the object that the VM holds to the object asked for; empty where no GC root reaches it
 */
public record HeapPath(String rootKind, List<Step> steps) {
    /**
     * An object on the path.
     *
     * @param via what in the object before refers to it: {@code next}, {@code static ALL}, {@code [17]}; empty for the first
     * @param object the object
     */
    public record Step(String via, HeapObject object) {}

    /**
     * Keeps an immutable copy of the steps.
     *
     * @param rootKind why the VM holds the first object
     * @param steps the steps
     */
    public HeapPath {
        steps = List.copyOf(steps);
    }

    /**
     * Whether a GC root reaches the object.
     *
     * @return false for garbage, and for what only weak references hold
     */
    public boolean isReached() {
        return !steps.isEmpty();
    }

    RootPath report(HeapObject of) {
        return new RootPath(
                of.address(),
                of.type(),
                of.shallow(),
                isReached() ? rootKind : null,
                steps.stream()
                        .map(step -> new RootPath.Step(
                                step.object().address(),
                                step.object().type(),
                                step.via().isEmpty() ? null : step.via()))
                        .toList());
    }

    /** One object a line. */
    @Override
    public String toString() {
        if (!isReached()) {
            return "no GC root reaches it over strong references\n";
        }
        StringBuilder text = new StringBuilder("held by: ").append(rootKind).append('\n');
        for (Step step : steps) {
            text.append("  ").append(step.via().isEmpty() ? "" : step.via() + " -> ");
            text.append(step.object()).append('\n');
        }
        return text.toString();
    }
}

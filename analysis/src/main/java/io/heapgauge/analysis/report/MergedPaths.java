/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why the instances of a class are there: their shortest paths over strong references from a GC root, merged where the same
 * classes follow one another. Objects of one class in a row, as in a linked list, count as one step.
 *
 * @param type the class as people write it
 * @param all every instance, reached or not
 * @param reached those that a GC root reaches
 * @param pathCount how many different paths there are before the cut
 * @param paths by number of instances descending, cut to a bounded number
 */
public record MergedPaths(String type, Size all, Size reached, int pathCount, List<Path> paths) {
    /**
     * Instances with one path.
     *
     * @param instances how many, and their shallow bytes
     * @param exampleId id of one of them
     * @param rootKind why the VM holds the first object
     * @param steps names from the object that the VM holds to the class asked for
     */
    public record Path(Size instances, long exampleId, String rootKind, List<Step> steps) {
        /**
         * Keeps an immutable copy of the steps.
         *
         * @param instances how many, and their shallow bytes
         * @param exampleId id of one of them
         * @param rootKind why the VM holds the first object
         * @param steps names from the object that the VM holds on
         */
        public Path {
            steps = List.copyOf(steps);
        }
    }

    /**
     * Objects of one class.
     *
     * @param type their type; a class object by its own name, {@code class com.acme.Sessions}
     * @param repeated whether there is more than one in a row, in some of the merged paths at least
     */
    public record Step(String type, boolean repeated) {}

    /**
     * The commonest path in one line.
     *
     * @return why the VM holds the first object, and the types from it on; null where no GC root reaches an instance
     */
    public @Nullable String commonest() {
        if (paths.isEmpty()) {
            return null;
        }
        Path path = paths.get(0);
        StringBuilder line = new StringBuilder(path.rootKind());
        for (Step step : path.steps()) {
            line.append(" > ").append(step.type()).append(step.repeated() ? " (in a row)" : "");
        }
        return line.toString();
    }

    /**
     * Keeps an immutable copy of the paths.
     *
     * @param type the class as people write it
     * @param all every instance
     * @param reached those that a GC root reaches
     * @param pathCount how many different paths there are
     * @param paths by number of instances descending
     */
    public MergedPaths {
        paths = List.copyOf(paths);
    }
}

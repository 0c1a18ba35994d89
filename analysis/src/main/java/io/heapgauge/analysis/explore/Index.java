/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.explore;

/** What an open heap builds when a question first needs it, or beforehand by {@link Heap#prepare}. */
public enum Index {
    /** Where each object is recorded, for fields, values and elements. One pass over the file; 5 bytes per object. */
    RECORDS,
    /** Who refers to an object, for parents. Two passes over all references; 4 bytes per object and 4 per reference. */
    PARENTS,
    /** Shortest paths from the GC roots. One visit of every object; 4 bytes per object. */
    PATHS,
    /**
     * Retained sizes and dominators. Builds a second graph, which takes two passes over the file, and the dominator tree of
     * it: some 30 bytes per object while it is built and 16 afterwards.
     */
    RETAINED
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.graph;

/** Takes the id of every object. */
@FunctionalInterface
public interface IdSink {
    /** Takes nothing; for callers who want the counts only. */
    IdSink NONE = id -> {};

    /**
     * An object exists.
     *
     * @param id its id
     */
    void object(long id);
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.graph;

import io.heapgauge.analysis.store.Scratch;
import java.io.IOException;
import java.util.List;

/** A source that can be asked for single objects as well. */
public interface RecordedSource extends HeapSource {
    /**
     * Another pass, which notes where each object is recorded. Memory: 5 bytes per object.
     *
     * @param graph a graph of this source
     * @param scratch where the memory comes from; must stay open as long as the reader is used
     * @return a reader of single objects
     * @throws IOException if the source cannot be read to its end
     */
    ObjectReader reader(HeapGraph graph, Scratch scratch) throws IOException;

    /**
     * Another pass for the stacks of the threads that were alive.
     *
     * @return the threads in the order of the source; empty where it tells nothing of threads
     * @throws IOException if the source cannot be read to its end
     */
    List<ThreadStack> threads() throws IOException;

    /**
     * Instance fields that hold primitive values, declared by a type, with their types, after the first pass.
     *
     * @param type type index
     * @return {@code size:int}
     */
    List<String> primitiveFieldTypes(int type);

    /**
     * Whether the source knows why objects are kept alive. Without GC roots nothing can be said of reachability, retained
     * sizes and paths.
     *
     * @return whether {@link #roots()} are those of the heap, after the first pass
     */
    boolean hasRoots();

    /**
     * Where shallow sizes come from, and what of the source could not be used.
     *
     * @return a phrase for people, after the first pass
     */
    String remarks();
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.graph;

import java.io.Closeable;
import java.io.IOException;

/** Reads what a source recorded of single objects, in any order. Not safe for use by several threads. */
public interface ObjectReader extends Closeable {
    /**
     * Reads one object. Cost: one or two reads of some KiB from the file, or nothing where it lies near an object read lately.
     *
     * @param ordinal the object
     * @param from index of the first element wanted of an array
     * @param most how many elements at the most
     * @return its record
     * @throws IOException if the source cannot be read or is not what it was
     */
    ObjectRecord read(int ordinal, int from, int most) throws IOException;
}

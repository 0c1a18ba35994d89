/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.graph;

/** Takes the contents of objects that were asked for. */
public interface ContentSink {
    /**
     * Fields of an instance that hold primitive values.
     *
     * @param id the instance
     * @param type index of its type
     * @param names field → name
     * @param values field → bits of its value, sign-extended
     */
    void primitives(long id, int type, String[] names, long[] values);

    /**
     * A byte array or a char array as big-endian bytes.
     *
     * @param id the array
     * @param chars whether its elements are chars
     * @param bytes the elements, cut to a bounded number
     */
    void array(long id, boolean chars, byte[] bytes);
}

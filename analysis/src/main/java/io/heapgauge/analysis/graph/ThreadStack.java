/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.graph;

import java.util.List;

/**
 * A thread with its stack at the time of a dump.
 *
 * @param threadId id of the thread's object
 * @param serial its serial number in the source
 * @param frames innermost first; empty where the source has no stack
 * @param others ids of objects that the thread holds outside of its frames: JNI locals, native stack, thread block
 */
public record ThreadStack(long threadId, int serial, List<Frame> frames, List<Long> others) {
    /**
     * A frame.
     *
     * @param method {@code com.acme.Shop.serve}
     * @param location {@code Shop.java:12}, {@code Native Method} or {@code Unknown Source}
     * @param locals ids of the objects that its local variables and operands hold
     */
    public record Frame(String method, String location, List<Long> locals) {
        /**
         * Keeps an immutable copy.
         *
         * @param method class and name
         * @param location file and line
         * @param locals ids
         */
        public Frame {
            locals = List.copyOf(locals);
        }
    }

    /**
     * Keeps immutable copies.
     *
     * @param threadId id of the thread's object
     * @param serial its serial number
     * @param frames innermost first
     * @param others ids held outside of frames
     */
    public ThreadStack {
        frames = List.copyOf(frames);
        others = List.copyOf(others);
    }
}

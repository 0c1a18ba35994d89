/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.store;

/** A stack of ints off the Java heap, for walks whose depth nobody can bound. */
public final class IntStack {
    private final IntStore values;
    private long size;

    /**
     * An empty stack.
     *
     * @param scratch where its memory comes from as it grows
     */
    public IntStack(Scratch scratch) {
        values = IntStore.growing(scratch);
    }

    /**
     * Puts a value on top.
     *
     * @param value any int
     */
    public void push(int value) {
        values.ensure(size);
        values.set(size++, value);
    }

    /**
     * Takes the value on top.
     *
     * @return the value pushed last
     */
    public int pop() {
        return values.get(--size);
    }

    /**
     * Whether there is nothing to pop.
     *
     * @return true when empty
     */
    public boolean isEmpty() {
        return size == 0;
    }

    /** Gives its memory back; it must not be used any more. */
    public void release() {
        values.release();
        size = 0;
    }
}

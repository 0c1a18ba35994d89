/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.store;

/**
 * A stack of ints off the Java heap, for walks whose depth nobody can bound. Its top is in a small array, for most values are
 * taken soon after they were put.
 */
public final class IntStack {
    private static final int TOP_INTS = 1 << 12;
    private static final int HALF = TOP_INTS / 2;

    private final IntStore below;
    private final int[] top = new int[TOP_INTS];
    private long belowSize;
    private int topSize;

    /**
     * An empty stack.
     *
     * @param scratch where its memory comes from as it grows
     */
    public IntStack(Scratch scratch) {
        below = IntStore.growing(scratch);
    }

    /**
     * Puts a value on top.
     *
     * @param value any int
     */
    public void push(int value) {
        if (topSize == TOP_INTS) {
            lower();
        }
        top[topSize++] = value;
    }

    private void lower() {
        below.ensure(belowSize + HALF - 1);
        for (int i = 0; i < HALF; i++) {
            below.set(belowSize++, top[i]);
        }
        System.arraycopy(top, HALF, top, 0, HALF);
        topSize = HALF;
    }

    /**
     * Takes the value on top.
     *
     * @return the value pushed last
     */
    public int pop() {
        if (topSize == 0) {
            lift();
        }
        return top[--topSize];
    }

    private void lift() {
        belowSize -= HALF;
        for (int i = 0; i < HALF; i++) {
            top[i] = below.get(belowSize + i);
        }
        topSize = HALF;
    }

    /**
     * Whether there is nothing to pop.
     *
     * @return true when empty
     */
    public boolean isEmpty() {
        return topSize == 0 && belowSize == 0;
    }

    /** Gives its memory back; it must not be used any more. */
    public void release() {
        below.release();
        belowSize = 0;
        topSize = 0;
    }
}

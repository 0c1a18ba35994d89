/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.store;

import java.util.Arrays;

/**
 * A stack of ints off the Java heap, for walks whose depth nobody can bound. Its top is in a small array, for most values are
 * taken soon after they were put.
 */
public final class IntStack {
    private static final int MOST_INTS = 1 << 12;
    private static final int HALF = MOST_INTS / 2;
    /** So that the top is full now and then from the start: what never happened before is compiled anew when it does. */
    private static final int FIRST_INTS = 1 << 4;

    private final IntStore below;
    private int[] top = new int[FIRST_INTS];
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
        if (topSize == top.length) {
            makeRoom();
        }
        top[topSize++] = value;
    }

    private void makeRoom() {
        if (topSize < MOST_INTS) {
            top = Arrays.copyOf(top, topSize * 2);
        } else {
            lower();
        }
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

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.explore;

import java.util.AbstractList;
import java.util.RandomAccess;

/** Objects of a heap, made as they are asked for; 4 bytes each until then. Cannot be changed. */
public final class HeapObjects extends AbstractList<HeapObject> implements RandomAccess {
    private static final int SHOWN = 20;

    private final View view;
    private final int[] ordinals;

    HeapObjects(View view, int[] ordinals) {
        this.view = view;
        this.ordinals = ordinals;
    }

    int[] ordinals() {
        return ordinals;
    }

    @Override
    public HeapObject get(int index) {
        return new HeapObject(view, ordinals[index]);
    }

    @Override
    public int size() {
        return ordinals.length;
    }

    /**
     * The sum of their sizes, of owners with those of their parts.
     *
     * @return bytes
     */
    public long bytes() {
        long sum = 0;
        for (int ordinal : ordinals) {
            sum += view.bytesOf(ordinal);
        }
        return sum;
    }

    /**
     * What they reach together in this view, without what the view excludes; they themselves always count.
     *
     * @return objects and bytes by type
     */
    public HeapSummary summarize() {
        return HeapSummary.of(view, ordinals);
    }

    /** The first 20, one a line, and how many there are. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(SHOWN, ordinals.length); i++) {
            text.append(String.format("%6d  ", i)).append(get(i)).append('\n');
        }
        text.append(ordinals.length).append(ordinals.length == 1 ? " object, " : " objects, ");
        return text.append(bytes()).append(" bytes").toString();
    }
}

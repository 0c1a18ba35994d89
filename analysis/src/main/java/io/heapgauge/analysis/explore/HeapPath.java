/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.explore;

import java.util.AbstractList;
import java.util.List;

/**
 * Why an object is there: a shortest path over strong references from a GC root to it. What connects two objects is read when
 * it is asked for, so that a path of a million steps costs no more than those that are looked at. Immutable.
 */
public final class HeapPath {
    private static final int SHOWN_AT_EITHER_END = 20;

    private final View view;
    private final String rootKind;
    private final int[] ordinals;

    HeapPath(View view, String rootKind, int... ordinals) {
        this.view = view;
        this.rootKind = rootKind;
        this.ordinals = ordinals;
    }

    /**
     * An object on the path.
     *
     * @param via what in the object before refers to it: {@code next}, {@code static ALL}, {@code [17]}; empty for the first,
     *     and where the dump does not tell
     * @param object the object
     */
    public record Step(String via, HeapObject object) {}

    /**
     * Why the VM holds the first object.
     *
     * @return {@code Java frame}, {@code sticky class} and the like; empty where no GC root reaches the object
     */
    public String rootKind() {
        return rootKind;
    }

    /**
     * From the object that the VM holds to the object asked for.
     *
     * @return the steps, each read when it is asked for; empty where no GC root reaches the object
     */
    public List<Step> steps() {
        return new AbstractList<>() {
            @Override
            public Step get(int index) {
                String via = index == 0 ? "" : Paths.between(view.open(), ordinals[index - 1], ordinals[index]);
                // of the plain object: a path leads through parts that a view may have folded
                return new Step(via, new HeapObject(view, ordinals[index]));
            }

            @Override
            public int size() {
                return ordinals.length;
            }
        };
    }

    /**
     * Whether a GC root reaches the object.
     *
     * @return false for garbage, and for what only weak references hold
     */
    public boolean isReached() {
        return ordinals.length > 0;
    }

    /** One object a line; the middle of a path of more than 40 is left out. */
    @Override
    public String toString() {
        if (!isReached()) {
            return "no GC root reaches it over strong references\n";
        }
        StringBuilder text = new StringBuilder("held by: ").append(rootKind).append('\n');
        List<Step> steps = steps();
        for (int i = 0; i < ordinals.length; i++) {
            if (i == SHOWN_AT_EITHER_END && ordinals.length > 2 * SHOWN_AT_EITHER_END) {
                i = ordinals.length - SHOWN_AT_EITHER_END;
                text.append("  ... ").append(i - SHOWN_AT_EITHER_END).append(" more\n");
            }
            Step step = steps.get(i);
            text.append("  ").append(step.via().isEmpty() ? "" : step.via() + " -> ");
            text.append(step.object()).append('\n');
        }
        return text.toString();
    }
}

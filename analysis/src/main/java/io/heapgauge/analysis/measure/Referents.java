/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.store.IntStack;
import io.heapgauge.analysis.store.Scratch;
import java.util.Arrays;
import java.util.List;

/**
 * What a walk finds at the other end of soft, weak, final and phantom references, to be visited once everything that is held
 * more strongly has been. What comes to light in a phase is held no more strongly than the phase itself.
 */
final class Referents {
    private static final List<String> KINDS = List.of(
            "java.lang.ref.SoftReference",
            "java.lang.ref.WeakReference",
            "java.lang.ref.FinalReference",
            "java.lang.ref.PhantomReference");
    /** A sub class of Reference that is none of these holds its referent no better than the weakest. */
    static final int WEAKEST = KINDS.size() - 1;

    /** Type → index of the kind of its instances. */
    private final byte[] kinds;
    /** Kind → referents that wait. */
    private final IntStack[] waiting = new IntStack[KINDS.size()];

    private int phase;

    Referents(List<HeapType> types, Scratch scratch) {
        kinds = new byte[types.size()];
        for (HeapType type : types) {
            kinds[type.index()] = (byte) kind(type, types);
        }
        Arrays.setAll(waiting, any -> new IntStack(scratch));
    }

    private static int kind(HeapType start, List<HeapType> types) {
        HeapType at = start;
        for (int generations = 0; generations <= types.size(); generations++) {
            int kind = KINDS.indexOf(at.name());
            if (kind >= 0) {
                return kind;
            }
            if (at.superIndex() < 0) {
                return WEAKEST;
            }
            at = types.get(at.superIndex());
        }
        return WEAKEST;
    }

    /** Lets a referent wait. */
    void found(int holderType, int referent) {
        waiting[Math.max(phase, kinds[holderType])].push(referent);
    }

    /** From now on referents of a kind are visited. */
    void phase(int kind) {
        phase = kind;
    }

    boolean isEmpty() {
        return waiting[phase].isEmpty();
    }

    int next() {
        return waiting[phase].pop();
    }

    void release() {
        for (IntStack stack : waiting) {
            stack.release();
        }
    }
}

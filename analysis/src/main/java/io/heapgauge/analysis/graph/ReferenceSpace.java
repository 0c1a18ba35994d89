/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.graph;

import io.heapgauge.analysis.store.IntStore;
import io.heapgauge.analysis.store.Scratch;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The ints that all rows of a graph lie in, handed out in stretches to the threads that write rows. A thread alone always
 * has its stretch extended and leaves no gap.
 */
final class ReferenceSpace {
    /** Positions are stored plus 1 in an unsigned int. */
    private static final long MAX_POSITION = 0xffff_fffeL;

    private final IntStore targets;
    private long end;

    ReferenceSpace(Scratch scratch) {
        targets = IntStore.growing(scratch);
    }

    IntStore targets() {
        return targets;
    }

    /** Behind all positions that were handed out. */
    long end() {
        return end;
    }

    /** To be called before a second thread writes: the first page is not moved any more. */
    void share() {
        targets.ensure(IntStore.PAGE_INTS - 1);
    }

    /**
     * Makes a stretch longer where nobody has got what lies behind it.
     *
     * @param limit end of the stretch
     * @param ints how much is needed behind it
     * @return whether the stretch goes on up to {@code limit + ints}
     */
    synchronized boolean extend(long limit, long ints) {
        if (limit != end) {
            return false;
        }
        take(ints);
        return true;
    }

    /**
     * Hands out a stretch of its own.
     *
     * @param ints how long
     * @return its first position
     */
    synchronized long reserve(long ints) {
        long start = end;
        take(ints);
        return start;
    }

    private void take(long ints) {
        if (end + ints > MAX_POSITION) {
            throw new UncheckedIOException(
                    new IOException("the dump has more than " + MAX_POSITION + " references, which no graph can hold"));
        }
        targets.ensure(end + ints - 1);
        end += ints;
    }
}

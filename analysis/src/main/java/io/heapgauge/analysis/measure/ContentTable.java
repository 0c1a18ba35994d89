/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.store.IntStore;
import io.heapgauge.analysis.store.LongStore;
import io.heapgauge.analysis.store.NarrowStore;
import io.heapgauge.analysis.store.Scratch;

/**
 * Arrays by number with the hashes of their contents, then in groups of equal ones that the first one leads. Groups are found
 * with an open-addressed table of leaders.
 *
 * <p>Memory: 29 bytes per array, of which the 16 of its hash are given back once the groups are found, and for the time of
 * that 6 to 12 more for the table.
 */
final class ContentTable {
    /** An array whose contents have not been told. */
    static final int NOT_SEEN = 0;
    /** An array that is in no reached String. */
    static final int PLAIN = 1;
    /** An array with one char of a String in each element. */
    static final int ONE_PER_CHAR = 2;
    /** An array with one char of a String in two elements. */
    static final int TWO_PER_CHAR = 3;

    private final int size;
    /** Twice the number of an array, and the next → the halves of its hash. */
    private final LongStore hashes;
    /** Number of an array → its length. */
    private final IntStore lengths;
    /** Number of an array → what it is used for. */
    private final NarrowStore uses;
    /** Number of an array → number of the leader of its group. */
    private final IntStore leaders;
    /** Number of a leader → arrays in its group. */
    private final IntStore arrays;

    ContentTable(Scratch scratch, int size) {
        this.size = size;
        scratch.check(29L * size + Integer.BYTES * slots(size));
        hashes = new LongStore(scratch, 2L * size);
        lengths = IntStore.ofLength(scratch, size);
        uses = new NarrowStore(scratch, size, TWO_PER_CHAR);
        leaders = IntStore.ofLength(scratch, size);
        arrays = IntStore.ofLength(scratch, size);
    }

    private static long slots(long arrays) {
        return Long.highestOneBit(Math.max(1, arrays + (arrays >>> 1))) << 1;
    }

    /** Takes what an array contains; so far it is a plain one. */
    void set(int number, int length, long hash, long otherHash) {
        hashes.set(2L * number, hash);
        hashes.set(2L * number + 1, otherHash);
        lengths.set(number, length);
        uses.set(number, PLAIN);
    }

    /** Says what an array is used for; only arrays of the same use are equal. */
    void use(int number, int use) {
        uses.set(number, use);
    }

    /** Finds the groups. */
    void group(Scratch scratch, Monitor monitor) {
        long mask = slots(size) - 1;
        // slot → number of a leader plus 1
        IntStore table = IntStore.ofLength(scratch, mask + 1);
        for (int number = 0; number < size; number++) {
            if (uses.get(number) != NOT_SEEN) {
                int leader = findLeader(table, mask, number);
                leaders.set(number, leader);
                arrays.set(leader, arrays.get(leader) + 1);
            }
            if ((number & Monitor.POLL) == 0) {
                monitor.at((double) number / size);
            }
        }
        table.release();
        hashes.release();
    }

    private int findLeader(IntStore table, long mask, int number) {
        long slot = hashes.get(2L * number) & mask;
        while (true) {
            int found = table.get(slot) - 1;
            if (found < 0) {
                table.set(slot, number + 1);
                return number;
            }
            if (isEqual(found, number)) {
                return found;
            }
            slot = slot + 1 & mask;
        }
    }

    private boolean isEqual(int a, int b) {
        return hashes.get(2L * a) == hashes.get(2L * b)
                && hashes.get(2L * a + 1) == hashes.get(2L * b + 1)
                && lengths.get(a) == lengths.get(b)
                && uses.get(a) == uses.get(b);
    }

    /** What an array is used for, one of the constants. */
    int use(int number) {
        return uses.get(number);
    }

    /** Number of the array that leads the group of one that has been seen. */
    int leader(int number) {
        return leaders.get(number);
    }

    /** Number of elements of an array. */
    int length(int number) {
        return lengths.get(number);
    }

    /** Number of arrays in the group of a leader. */
    int arrays(int leader) {
        return arrays.get(leader);
    }
}

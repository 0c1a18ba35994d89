/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.graph;

import io.heapgauge.analysis.store.NarrowStore;
import io.heapgauge.analysis.store.Scratch;
import io.heapgauge.analysis.store.WriteBehind;
import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Type and shallow size of every object in two bytes off the Java heap: the number of its shape. A shape is a type with a
 * size; instances of a class have one as a rule and arrays as many as they have lengths, so that a heap of many million
 * objects has some thousand. Objects of shapes beyond the numbers that there are have their own entries in a table.
 *
 * <p>Several threads may set different objects at once, each by a {@link Writer} of its own; reading starts when all are
 * done.
 */
final class Shapes {
    /** In place of a number: the object is in the table. */
    private static final int RARE = 0xffff;
    /** Objects whose sizes take more are in the table: in a long there would be no place for a type beside them. */
    private static final int SIZE_BITS = 40;

    private final NarrowStore numbers;
    private final int typeCount;
    /** A type and a size in one → number of the shape. */
    private final Long2LongHashMap known = new Long2LongHashMap(-1);
    /** Number of a shape → its type and its size. */
    private int[] types = new int[64];

    private long[] sizes = new long[64];
    private final RareShapes rare;

    /**
     * @param objects number of objects
     * @param typeCount types are below this
     */
    Shapes(Scratch scratch, int objects, int typeCount) {
        numbers = new NarrowStore(scratch, objects, RARE);
        rare = new RareShapes(scratch);
        this.typeCount = typeCount;
    }

    int typeOf(int ordinal) {
        int number = numbers.get(ordinal);
        return number == RARE ? rare.typeOf(ordinal) : types[number];
    }

    long bytesOf(int ordinal) {
        int number = numbers.get(ordinal);
        return number == RARE ? rare.bytesOf(ordinal) : sizes[number];
    }

    /** Adds an object to a tally. */
    void count(int ordinal, TypeTally into) {
        int number = numbers.get(ordinal);
        if (number == RARE) {
            into.add(rare.typeOf(ordinal), rare.bytesOf(ordinal));
        } else {
            into.add(types[number], sizes[number]);
        }
    }

    /** The number of a shape, {@link #RARE} where it has none and there are no more. */
    private synchronized int number(long shape, int type, long bytes) {
        int number = (int) known.get(shape);
        int next = known.size();
        if (number >= 0 || next == RARE) {
            return number >= 0 ? number : RARE;
        }
        if (next == types.length) {
            types = Arrays.copyOf(types, 2 * next);
            sizes = Arrays.copyOf(sizes, 2 * next);
        }
        types[next] = type;
        sizes[next] = bytes;
        known.put(shape, next);
        return next;
    }

    /** Sets the shapes of the objects that one thread meets. */
    final class Writer {
        private static final int CACHE_SHIFT = 54;

        /** Null where shapes go to their places at once. */
        private @Nullable WriteBehind behind;

        /** Shapes that were looked up last, and their numbers. */
        private final long[] shapes = new long[1 << (Long.SIZE - CACHE_SHIFT)];

        private final int[] numbersOfShapes = new int[shapes.length];

        /** @param behind whether there is no other writer, nor anybody who reads before {@link #finish} */
        Writer(boolean behind) {
            this.behind = behind ? numbers.writeBehind() : null;
            Arrays.fill(shapes, -1);
        }

        /**
         * Notes what an object is. Once per object.
         *
         * @throws IllegalArgumentException if the size is negative
         */
        void set(int ordinal, int type, long bytes) {
            int number = number(type, bytes);
            if (behind == null) {
                numbers.set(ordinal, number);
            } else {
                behind.set(ordinal, number);
            }
            if (number == RARE) {
                rare.put(ordinal, type, bytes);
            }
        }

        private int number(int type, long bytes) {
            if (bytes >>> SIZE_BITS != 0) {
                return RARE;
            }
            long shape = bytes * typeCount + type;
            int slot = (int) (shape * 0x9E37_79B9_7F4A_7C15L >>> CACHE_SHIFT);
            return shapes[slot] == shape ? numbersOfShapes[slot] : lookUp(slot, shape, type, bytes);
        }

        private int lookUp(int slot, long shape, int type, long bytes) {
            int number = Shapes.this.number(shape, type, bytes);
            shapes[slot] = shape;
            numbersOfShapes[slot] = number;
            return number;
        }

        /** To be called before anybody reads and before there are other writers. */
        void finish() {
            if (behind != null) {
                behind.flush();
                behind = null;
            }
        }
    }
}

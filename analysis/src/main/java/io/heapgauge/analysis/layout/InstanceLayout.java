/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.layout;

import java.util.Arrays;

/**
 * Where the fields of a class lie in its instances, as far as sizes need it: the end of the last field and the gaps before
 * it. Follows HotSpot since JDK 15: the primitive fields a class declares come first, large before small, then its
 * references; each goes into the smallest gap that fits, gaps of super classes included, else behind the last field.
 * Source: fieldLayoutBuilder.cpp in OpenJDK, JDK-8237767. Immutable.
 */
public final class InstanceLayout {
    private static final int[] NO_GAPS = {};

    private final VmModel model;
    private final int end;
    /** Gap → offset and size, two ints each, by offset ascending. */
    private final int[] gaps;

    private InstanceLayout(VmModel model, int end, int[] gaps) {
        this.model = model;
        this.end = end;
        this.gaps = gaps;
    }

    /**
     * A class without any field, such as {@code java.lang.Object}.
     *
     * @param model the VM
     * @return only a header
     */
    public static InstanceLayout empty(VmModel model) {
        return new InstanceLayout(model, model.headerBytes(), NO_GAPS);
    }

    /**
     * Adds the fields that a sub class declares. Cost: fields times gaps.
     *
     * @param primitiveBytes sizes of its primitive fields in any order: 1, 2, 4 or 8
     * @param references number of its reference fields
     * @return the sub class's layout
     */
    public InstanceLayout extend(int[] primitiveBytes, int references) {
        if (primitiveBytes.length == 0 && references == 0) {
            return this;
        }
        Builder builder = new Builder(end, gaps);
        int[] sorted = primitiveBytes.clone();
        Arrays.sort(sorted);
        for (int i = sorted.length - 1; i >= 0; i--) {
            builder.place(sorted[i]);
        }
        for (int i = 0; i < references; i++) {
            builder.place(model.referenceBytes());
        }
        return new InstanceLayout(model, builder.end, Arrays.copyOf(builder.gaps, builder.used));
    }

    /**
     * Shallow size of an instance.
     *
     * @return bytes, aligned
     */
    public long bytes() {
        return model.align(end);
    }

    /**
     * Bytes that packed fields take from the first boundary of 8 bytes on, as the static fields at the end of a class
     * mirror do.
     *
     * @param primitiveBytes sizes of the primitive fields
     * @param references number of reference fields
     * @param referenceBytes size of a reference
     * @return bytes, a multiple of 8
     */
    public static long packedBytes(int[] primitiveBytes, int references, int referenceBytes) {
        long bytes = 0;
        int[] sorted = primitiveBytes.clone();
        Arrays.sort(sorted);
        for (int size : sorted) {
            bytes += size;
        }
        if (references > 0) {
            bytes = (bytes + referenceBytes - 1) & -referenceBytes;
            bytes += (long) references * referenceBytes;
        }
        return (bytes + 7) & -8;
    }

    private static final class Builder {
        private int end;
        private int[] gaps;
        private int used;

        Builder(int end, int[] gaps) {
            this.end = end;
            this.gaps = Arrays.copyOf(gaps, gaps.length + 8);
            this.used = gaps.length;
        }

        void place(int size) {
            int best = -1;
            for (int i = used - 2; i >= 0; i -= 2) {
                if (fits(i, size) && (best < 0 || gaps[i + 1] < gaps[best + 1])) {
                    best = i;
                }
            }
            if (best < 0) {
                int at = align(end, size);
                if (at > end) {
                    insert(used, end, at - end);
                }
                end = at + size;
            } else {
                fill(best, size);
            }
        }

        private boolean fits(int gap, int size) {
            int at = align(gaps[gap], size);
            return at + size <= gaps[gap] + gaps[gap + 1];
        }

        private void fill(int gap, int size) {
            int start = gaps[gap];
            int stop = start + gaps[gap + 1];
            int at = align(start, size);
            remove(gap);
            if (at + size < stop) {
                insert(gap, at + size, stop - at - size);
            }
            if (at > start) {
                insert(gap, start, at - start);
            }
        }

        private void insert(int gap, int offset, int size) {
            if (used + 2 > gaps.length) {
                gaps = Arrays.copyOf(gaps, gaps.length * 2 + 2);
            }
            System.arraycopy(gaps, gap, gaps, gap + 2, used - gap);
            gaps[gap] = offset;
            gaps[gap + 1] = size;
            used += 2;
        }

        private void remove(int gap) {
            System.arraycopy(gaps, gap + 2, gaps, gap, used - gap - 2);
            used -= 2;
        }

        private static int align(int at, int size) {
            return (at + size - 1) & -size;
        }
    }
}

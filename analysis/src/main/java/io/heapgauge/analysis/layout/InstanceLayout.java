/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.layout;

import java.util.Arrays;

/**
 * Where the fields of a class lie in its instances, as far as sizes need it: the end of the last field and the gaps before
 * it. Follows HotSpot since JDK 15: the primitive fields a class declares come first, large before small, then its
 * references; each goes into the smallest gap that fits, gaps of super classes included, else behind the last field.
 * {@code @Contended} puts padding around a class or a group of fields; from then on sub classes fill no gap and begin behind
 * padding of their own. Source: fieldLayoutBuilder.cpp in OpenJDK, JDK-8237767. Immutable.
 */
public final class InstanceLayout {
    private static final int[] NO_GAPS = {};

    private final VmModel model;
    /** Where the last field ends. */
    private final int fieldsEnd;
    /** Where the last field or the padding behind it ends. */
    private final int end;
    /** Gap → offset and size, two ints each, by offset ascending. */
    private final int[] gaps;
    /** Whether the class or one above it has padding. */
    private final boolean padded;

    private InstanceLayout(VmModel model, Builder built, boolean padded) {
        this.model = model;
        this.fieldsEnd = built.fieldsEnd;
        this.end = built.end;
        this.gaps = Arrays.copyOf(built.gaps, built.used);
        this.padded = padded;
    }

    /**
     * A class without any field, such as {@code java.lang.Object}.
     *
     * @param model the VM
     * @return only a header
     */
    public static InstanceLayout empty(VmModel model) {
        return new InstanceLayout(model, new Builder(model.headerBytes(), NO_GAPS), false);
    }

    /**
     * Adds the fields that a sub class declares. Cost: fields times gaps.
     *
     * @param fields its fields
     * @return the sub class's layout
     */
    public InstanceLayout extend(FieldGroup fields) {
        return extend(fields, FieldGroup.NONE, false);
    }

    /**
     * Adds the fields of a sub class that may have padding.
     *
     * @param fields its fields that are not annotated themselves
     * @param contended its fields of one contended group
     * @param wholeClass whether the class itself is annotated
     * @return the sub class's layout
     */
    public InstanceLayout extend(FieldGroup fields, FieldGroup contended, boolean wholeClass) {
        boolean pads = wholeClass || !contended.isEmpty();
        if (!padded && !pads && fields.isEmpty()) {
            return this;
        }
        Builder builder = new Builder(padded ? fieldsEnd : end, gaps);
        if (padded) {
            builder.pad();
        }
        if (wholeClass) {
            builder.pad();
        }
        builder.place(fields, model.referenceBytes());
        if (!contended.isEmpty()) {
            builder.pad();
            builder.place(contended, model.referenceBytes());
        }
        if (pads) {
            builder.pad();
        }
        return new InstanceLayout(model, builder, padded || pads);
    }

    /**
     * Shallow size of an instance.
     *
     * @return bytes, aligned
     */
    public long bytes() {
        return model.align((end + 7L) & -8);
    }

    /**
     * Bytes that the static fields of a class take at the end of its class mirror: the references first, then the primitive
     * fields, large before small; here the gap between them stays empty.
     *
     * @param fields the static fields
     * @param model the VM
     * @return bytes, a multiple of 8
     */
    public static long staticBytes(FieldGroup fields, VmModel model) {
        Builder builder = new Builder(fields.references() * model.referenceBytes(), NO_GAPS);
        builder.appends = true;
        builder.place(new FieldGroup(fields.primitiveBytes(), 0), model.referenceBytes());
        return (builder.end + 7L) & -8;
    }

    private static final class Builder {
        private int fieldsEnd;
        private int end;
        private int[] gaps;
        private int used;
        /** Behind padding fields are only appended. */
        private boolean appends;

        Builder(int end, int[] gaps) {
            this.fieldsEnd = end;
            this.end = end;
            this.gaps = Arrays.copyOf(gaps, gaps.length + 8);
            this.used = gaps.length;
        }

        void pad() {
            end += Contended.PADDING_BYTES;
            appends = true;
        }

        void place(FieldGroup fields, int referenceBytes) {
            int[] sorted = fields.ascending();
            for (int i = sorted.length - 1; i >= 0; i--) {
                place(sorted[i]);
            }
            for (int i = 0; i < fields.references(); i++) {
                place(referenceBytes);
            }
        }

        private void place(int size) {
            int best = -1;
            for (int i = appends ? -2 : used - 2; i >= 0; i -= 2) {
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
                fieldsEnd = end;
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

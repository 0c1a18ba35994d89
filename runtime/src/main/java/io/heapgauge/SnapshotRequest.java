/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a snapshot is to give.
 *
 * @param product what the child makes of it
 * @param file where a dump goes, or null
 * @param rules what stays where contents are left out, as the native part reads it; null for all contents
 * @param keptArrays arrays whose contents stay
 * @param plan what is measured, of a dump behind it; or null
 * @param mostAnswerBytes a longer answer than this is none
 * @param options {@link #SYNC}, {@link #BRIEF} or 0
 * @param processes that share the objects of a dump, 1 to 64
 * @param seconds until the kernel ends the child
 */
record SnapshotRequest(
        Product product,
        @Nullable Path file,
        @Nullable String rules,
        byte[][] keptArrays,
        @Nullable SnapshotPlan plan,
        int mostAnswerBytes,
        int options,
        int processes,
        int seconds) {
    /** The child waits until the file has reached the disk. */
    static final int SYNC = 1;

    /** Short ids where references are compressed, and nothing for the contents left out: for our own analysis only. */
    static final int BRIEF = 4;

    /** A thousand roots and all classes of a large application take a tenth of it. */
    private static final int MOST_ANSWER_BYTES = 64 << 20;

    private static final int SPARE_UNALLOCATED_HEAP = 2;
    private static final int NICE = 10;

    /** The numbers are those of the native part. */
    enum Product {
        HPROF(1),
        MEASURES(2),
        NOTHING(3);

        private final int number;

        Product(int number) {
            this.number = number;
        }
    }

    static SnapshotRequest dump(Path file, CaptureTask task, int seconds) {
        String rules = task.leftOut() == null ? null : task.leftOut().asText();
        int options = task.durable() ? SYNC : rules == null ? 0 : BRIEF;
        return new SnapshotRequest(Product.HPROF, file, rules, task.keptArrays(), null, 0, options, 1, seconds);
    }

    static SnapshotRequest measures(SnapshotPlan plan, int seconds) {
        return new SnapshotRequest(Product.MEASURES, null, null, new byte[0][], plan, MOST_ANSWER_BYTES, 0, 1, seconds);
    }

    /** Does nothing but list the roots. */
    static SnapshotRequest nothing(int seconds) {
        return new SnapshotRequest(Product.NOTHING, null, null, new byte[0][], null, 0, 0, 1, seconds);
    }

    /** The same, with measures behind the dump. */
    SnapshotRequest with(SnapshotPlan measures) {
        return new SnapshotRequest(
                product, file, rules, keptArrays, measures, MOST_ANSWER_BYTES, options, processes, seconds);
    }

    /** The same by several processes. */
    SnapshotRequest by(int number) {
        return new SnapshotRequest(product, file, rules, keptArrays, plan, mostAnswerBytes, options, number, seconds);
    }

    /** The same with another bound of the answer. */
    SnapshotRequest withMostAnswerBytes(int most) {
        return new SnapshotRequest(product, file, rules, keptArrays, plan, most, options, processes, seconds);
    }

    /** Deletes what a child that was ended has left, so that another can begin. */
    void discard() throws IOException {
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }

    /** Forks. */
    NativeSnapshot.Taken take() {
        return NativeSnapshot.Taken.of(NativeSnapshot.take0(
                new Object(),
                product.number,
                NativeSnapshot.bytes(file == null ? null : Objects.toString(file.toAbsolutePath())),
                NativeSnapshot.bytes(rules),
                keptArrays,
                plan == null ? null : plan.bytes(),
                plan == null ? null : plan.entries(),
                SPARE_UNALLOCATED_HEAP | options,
                processes,
                NICE,
                seconds));
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteBehindTest {
    /** Ints of a piece. */
    private static final int PIECE = 1 << 15;

    @TempDir
    Path directory;

    @Test
    void numbers_are_as_they_were_set_last_whatever_the_order() throws IOException {
        for (int seed = 0; seed < 60; seed++) {
            int widest = new int[] {0xff, 0xffff, Integer.MAX_VALUE}[seed % 3];
            try (Scratch scratch = seed % 4 == 0 ? Scratch.direct(1 << 30) : Scratch.mapped(directory, 1 << 30)) {
                int length = 5 * PIECE * Integer.BYTES / NarrowStore.width(widest) + 77;
                NarrowStore array = new NarrowStore(scratch, length, widest);
                check(array.writeBehind(), array::get, length, widest, new Random(seed), "seed " + seed);
            }
        }
    }

    /** Runs in order of any length, with numbers elsewhere between them, as a dump has classes before its objects. */
    private static void check(
            WriteBehind writer, IntUnaryOperator array, int length, int widest, Random random, String seed) {
        int[] expected = new int[length];
        for (int run = 0; run < 12; run++) {
            int index = run % 3 == 0 ? 0 : random.nextInt(length);
            int end = random.nextBoolean() ? length : index + random.nextInt(length - index);
            for (int step = 1 + random.nextInt(3); index < end; index += step) {
                expected[index] = random.nextInt(widest);
                writer.set(index, expected[index]);
                if (random.nextInt(20_000) == 0) {
                    int other = random.nextInt(length);
                    expected[other] = random.nextInt(widest);
                    writer.set(other, expected[other]);
                }
                if (index % 5_003 == 0) {
                    int other = random.nextInt(length);
                    assertThat(writer.get(other)).as(seed + " at " + other).isEqualTo(expected[other]);
                }
            }
        }
        writer.flush();
        for (int i = 0; i < length; i++) {
            if (array.applyAsInt(i) != expected[i]) {
                assertThat(array.applyAsInt(i)).as(seed + " at " + i).isEqualTo(expected[i]);
            }
        }
    }

    @Test
    void a_piece_goes_into_the_file_when_the_next_one_begins() throws IOException {
        try (Scratch scratch = Scratch.mapped(directory, 1 << 30)) {
            IntStore array = IntStore.ofLength(scratch, 4 * PIECE);
            WriteBehind writer = array.writeBehind();
            for (int i = 0; i < 3 * PIECE; i++) {
                writer.set(i, i + 1);
            }
            assertThat(array.get(PIECE - 1)).as("in the array itself").isEqualTo(PIECE);
            assertThat(array.get(2 * PIECE - 1)).as("by the file").isEqualTo(2 * PIECE);
            assertThat(array.get(3 * PIECE - 1)).as("not yet").isZero();
            writer.set(5, 77);
            assertThat(array.get(5)).as("elsewhere, at once").isEqualTo(77);
            writer.flush();
            assertThat(array.get(3 * PIECE - 1)).isEqualTo(3 * PIECE);
        }
    }

    @Test
    void an_array_may_grow_meanwhile() throws IOException {
        try (Scratch scratch = Scratch.mapped(directory, 1 << 30)) {
            IntStore array = IntStore.growing(scratch);
            WriteBehind writer = array.writeBehind();
            int length = IntStore.PAGE_INTS + 3 * PIECE;
            for (int i = 0; i < length; i++) {
                array.ensure(i);
                writer.set(i, 3 * i);
            }
            writer.flush();
            for (int i = 0; i < length; i += 11) {
                assertThat(array.get(i)).isEqualTo(3 * i);
            }
        }
    }
}

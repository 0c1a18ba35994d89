/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapgauge.analysis.store.Scratch;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class ShapesTest {
    private static final int TYPES = 300;
    /** More shapes than there are numbers, each of them twice. */
    private static final int OBJECTS = 2 * 70_000;

    private final Scratch scratch = Scratch.direct(Long.MAX_VALUE);

    @Test
    void every_object_has_its_type_and_size_however_many_shapes_there_are() {
        for (boolean behind : new boolean[] {true, false}) {
            Shapes shapes = new Shapes(scratch, OBJECTS, TYPES);
            Shapes.Writer writer = shapes.new Writer(behind);
            fill(writer, 0, 1);
            writer.finish();
            check(shapes);
        }
    }

    @Test
    void threads_give_a_shape_one_number() throws Exception {
        Shapes shapes = new Shapes(scratch, OBJECTS, TYPES);
        int threads = 4;
        List<FutureTask<Void>> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int first = i;
            Shapes.Writer writer = shapes.new Writer(false);
            FutureTask<Void> task = new FutureTask<>(() -> fill(writer, first, threads), null);
            running.add(task);
            new Thread(task).start();
        }
        for (FutureTask<Void> task : running) {
            task.get();
        }
        check(shapes);
        assertThat(scratch.peakBytes())
                .as("two bytes for each object and sixteen for the rare ones in a table half empty, twice as it grows")
                .isEqualTo(2 * OBJECTS + 3 * (1 << 14) * 16);
    }

    private static void fill(Shapes.Writer writer, int first, int step) {
        for (int ordinal = first; ordinal < OBJECTS; ordinal += step) {
            writer.set(ordinal, type(ordinal), bytes(ordinal));
        }
    }

    private static void check(Shapes shapes) {
        TypeTally tally = TypeTally.empty(TYPES);
        TypeTally expected = TypeTally.empty(TYPES);
        for (int ordinal = 0; ordinal < OBJECTS; ordinal++) {
            assertThat(shapes.typeOf(ordinal)).isEqualTo(type(ordinal));
            assertThat(shapes.bytesOf(ordinal)).isEqualTo(bytes(ordinal));
            shapes.count(ordinal, tally);
            expected.add(type(ordinal), bytes(ordinal));
        }
        assertThat(tally).usingRecursiveComparison().isEqualTo(expected);
    }

    private static int type(int ordinal) {
        return ordinal / 2 % TYPES;
    }

    private static long bytes(int ordinal) {
        return 8L * (ordinal / 2 / TYPES);
    }

    @Test
    void sizes_beyond_all_reason_stay_what_they_are() {
        Random random = new Random(7);
        long[] sizes = random.longs(2_000, 0, Long.MAX_VALUE).toArray();
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] >>>= random.nextInt(60);
        }
        sizes[0] = Long.MAX_VALUE;
        sizes[1] = (1L << 40) - 1;
        sizes[2] = 1L << 40;
        Shapes shapes = new Shapes(scratch, sizes.length, TYPES);
        Shapes.Writer writer = shapes.new Writer(false);
        for (int ordinal = 0; ordinal < sizes.length; ordinal++) {
            writer.set(ordinal, ordinal % TYPES, sizes[ordinal]);
        }
        for (int ordinal = 0; ordinal < sizes.length; ordinal++) {
            assertThat(shapes.bytesOf(ordinal)).isEqualTo(sizes[ordinal]);
            assertThat(shapes.typeOf(ordinal)).isEqualTo(ordinal % TYPES);
        }
        assertThatThrownBy(() -> writer.set(0, 0, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a shallow size of -1 bytes");
    }
}

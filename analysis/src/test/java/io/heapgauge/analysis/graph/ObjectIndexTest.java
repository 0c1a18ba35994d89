/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heapgauge.analysis.graph.ObjectIndex.UnalignedIdException;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.store.Scratch;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ObjectIndexTest {
    @Test
    void ordinals_are_dense_and_in_address_order_whatever_the_gaps() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int shift = random.nextInt(4) == 0 ? 0 : 3;
            TreeSet<Long> ids = new TreeSet<>(Long::compareUnsigned);
            long base = (random.nextLong() >>> random.nextInt(60)) & -8L;
            for (int i = random.nextInt(2_000); i >= 0; i--) {
                long step =
                        random.nextInt(100) == 0 ? random.nextLong() >>> (20 + random.nextInt(40)) : random.nextInt(64);
                base += step << shift;
                ids.add(base);
            }
            try (Scratch scratch = Scratch.direct(Long.MAX_VALUE)) {
                check(new ObjectIndex(scratch, shift), ids, random, "seed " + seed);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    private static void check(ObjectIndex index, TreeSet<Long> ids, Random random, String seed) {
        java.util.List<Long> shuffled = new java.util.ArrayList<>(ids);
        java.util.Collections.shuffle(shuffled, random);
        ObjectIndex.Adder one = index.adder();
        ObjectIndex.Adder other = index.adder();
        int twice = 0;
        for (long id : shuffled) {
            (random.nextBoolean() ? one : other).object(id);
            if (random.nextInt(4) == 0) {
                (random.nextBoolean() ? one : other).object(id);
                twice++;
            }
        }
        index.freeze(Monitor.NONE);
        assertThat(index.duplicates()).as(seed).isEqualTo(twice);
        assertThat(index.size()).as(seed).isEqualTo(ids.size());
        int ordinal = 0;
        for (long id : ids) {
            assertThat(index.ordinalOf(id)).as(seed).isEqualTo(ordinal);
            assertThat(index.idOf(ordinal)).as(seed).isEqualTo(id);
            ordinal++;
        }
        for (int i = 0; i < 200; i++) {
            long id = random.nextLong() >>> random.nextInt(64);
            assertThat(index.ordinalOf(id) >= 0).as(seed + " id " + id).isEqualTo(ids.contains(id));
        }
    }

    @Test
    void threads_that_add_neighbours_at_once_lose_none() throws Exception {
        int threads = 4;
        int each = 200_000;
        try (Scratch scratch = Scratch.direct(Long.MAX_VALUE)) {
            ObjectIndex index = new ObjectIndex(scratch, 3);
            List<Thread> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                ObjectIndex.Adder adder = index.adder();
                int first = i;
                running.add(new Thread(() -> {
                    for (long id = first; id < (long) each * threads; id += threads) {
                        adder.object(id << 3);
                    }
                }));
            }
            running.forEach(Thread::start);
            for (Thread thread : running) {
                thread.join();
            }
            index.freeze(Monitor.NONE);
            assertThat(index.size()).isEqualTo(each * threads);
            assertThat(index.duplicates()).isZero();
        }
    }

    @Test
    void ids_off_the_granule_are_refused_and_never_found() throws java.io.IOException {
        try (Scratch scratch = Scratch.direct(Long.MAX_VALUE)) {
            ObjectIndex index = new ObjectIndex(scratch, 3);
            ObjectIndex.Adder adder = index.adder();
            adder.object(64);
            assertThatThrownBy(() -> adder.object(65)).isInstanceOf(UnalignedIdException.class);
            index.freeze(Monitor.NONE);
            assertThat(index.ordinalOf(65)).isEqualTo(-1);
            assertThat(index.ordinalOf(64)).isZero();
        }
    }
}

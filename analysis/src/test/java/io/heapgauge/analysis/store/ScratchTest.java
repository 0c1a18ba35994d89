/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {
    private static final long BUDGET = 64L << 20;

    @TempDir
    Path directory;

    private List<Scratch> all() throws IOException {
        return List.of(Scratch.mapped(directory, BUDGET), Scratch.direct(BUDGET), Scratch.onHeap(BUDGET));
    }

    @Test
    void arrays_of_every_kind_keep_what_is_set_and_begin_with_zeros_again() throws IOException {
        for (Scratch each : all()) {
            try (Scratch scratch = each) {
                for (int round = 0; round < 3; round++) {
                    IntStore ints = IntStore.ofLength(scratch, 3 << 20);
                    LongStore longs = new LongStore(scratch, 1 << 20);
                    for (int bits : List.of(1, 8, 9, 16, 17, 32, 33, 64)) {
                        WordStore words = new WordStore(scratch, 1_000, bits);
                        long full = bits == 64 ? -1L : (1L << bits) - 1;
                        assertThat(words.get(999)).isZero();
                        words.set(999, full);
                        assertThat(words.get(999)).as(bits + " bits").isEqualTo(full);
                        assertThat(words.get(998)).isZero();
                        words.release();
                    }
                    assertThat(ints.get((3 << 20) - 1)).isZero();
                    assertThat(longs.get((1 << 20) - 1)).isZero();
                    ints.set((3 << 20) - 1, -7);
                    longs.set((1 << 20) - 1, Long.MIN_VALUE);
                    assertThat(ints.get((3 << 20) - 1)).isEqualTo(-7);
                    assertThat(longs.get((1 << 20) - 1)).isEqualTo(Long.MIN_VALUE);
                    ints.release();
                    longs.release();
                }
                assertThat(scratch.peakBytes()).isLessThan(BUDGET / 2);
            }
        }
    }

    @Test
    void arrays_of_several_pages_keep_what_is_set_on_either_side_of_a_border() throws IOException {
        try (Scratch scratch = Scratch.mapped(directory, Long.MAX_VALUE)) {
            int border = 1 << 22;
            LongStore longs = new LongStore(scratch, border + 1_000L);
            BitStore bits = new BitStore(scratch, 64L * border + 1_000);
            for (int at = border - 2; at < border + 2; at++) {
                longs.set(at, -at);
                assertThat(bits.add(64 * at)).isTrue();
            }
            for (int at = border - 2; at < border + 2; at++) {
                assertThat(longs.get(at)).isEqualTo(-at);
                assertThat(bits.get(64 * at)).isTrue();
                assertThat(bits.get(64 * at + 1)).isFalse();
            }
            assertThat(longs.get(0)).isZero();
            assertThat(bits.cardinality()).isEqualTo(4);
            int far = 1 << 27;
            NarrowStore bytes = new NarrowStore(scratch, far + 1_000L, 0xff);
            for (int at = far - 2; at < far + 2; at++) {
                bytes.set(at, at & 0xff);
            }
            for (int at = far - 2; at < far + 2; at++) {
                assertThat(bytes.get(at)).isEqualTo(at & 0xff);
            }
            assertThat(bytes.get(0)).isZero();
            assertThat(bytes.get(999)).isZero();
            assertThatThrownBy(() -> bytes.get(far + 1_000)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> bytes.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> longs.get(border + 1_000)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void what_does_not_fit_the_budget_is_refused_with_both_figures() throws IOException {
        for (Scratch each : all()) {
            try (Scratch scratch = each) {
                assertThatThrownBy(() -> IntStore.ofLength(scratch, 17 << 20))
                        .isInstanceOf(ScratchBudgetException.class)
                        .hasMessageContaining("" + (17L << 22))
                        .hasMessageContaining("" + BUDGET);
            }
        }
    }

    @Test
    void a_limit_of_the_vm_on_direct_memory_is_a_budget() throws IOException {
        // far more than any test VM may have
        try (Scratch scratch = Scratch.direct(Long.MAX_VALUE)) {
            assertThatThrownBy(() -> new LongStore(scratch, 1L << 36)).isInstanceOf(ScratchBudgetException.class);
        }
    }

    @Test
    void every_piece_of_memory_is_announced_before_it_is_made() throws IOException {
        AtomicInteger pieces = new AtomicInteger();
        try (Scratch scratch = Scratch.direct(BUDGET).whenGrowing(pieces::incrementAndGet)) {
            IntStore.ofLength(scratch, 3 << 20);
            assertThat(pieces).hasValue(3);
        }
    }

    @Test
    void a_page_of_a_file_is_filled_part_by_part() throws IOException {
        AtomicInteger parts = new AtomicInteger();
        try (Scratch scratch = Scratch.mapped(directory, BUDGET).whenGrowing(parts::incrementAndGet)) {
            IntStore.ofLength(scratch, 1 << 20);
            assertThat(parts).hasValueGreaterThanOrEqualTo(32);
        }
    }

    @Test
    void what_is_released_serves_again_whatever_its_size() throws IOException {
        try (Scratch scratch = Scratch.mapped(directory, Long.MAX_VALUE)) {
            long before = -1;
            for (int i = 0; i < 100; i++) {
                BitStore bits = new BitStore(scratch, 1_000_000);
                IntStack stack = new IntStack(scratch);
                for (int value = 0; value < 50_000; value++) {
                    stack.push(value);
                }
                assertThat(bits.cardinality()).isZero();
                bits.add(i);
                bits.release();
                stack.release();
                before = before < 0 ? scratch.fileBytes() : before;
            }
            assertThat(scratch.fileBytes()).isEqualTo(before);
        }
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {
    private static final long MILLI = 1_000_000;

    private final List<Long> rests = new ArrayList<>();
    private long now;
    private long worked;
    private long oversleep;
    private boolean cancelled;

    private Pace pace(double share) {
        return new Pace(share, () -> now, nanos -> {
            rests.add(nanos);
            now += nanos + oversleep;
        });
    }

    private void work(Pace pace, long nanos) {
        now += nanos;
        worked += nanos;
        pace.breathe(() -> cancelled);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.25, 0.5, 0.9, 1})
    void the_share_is_kept(double share) {
        Pace pace = pace(share);
        for (int i = 0; i < 10_000; i++) {
            work(pace, MILLI / 2);
        }
        assertThat((double) worked / now).isCloseTo(share, within(0.01));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.25, 0.5, 0.9})
    void the_share_is_kept_where_rests_last_longer_than_asked_for(double share) {
        oversleep = MILLI / 10;
        the_share_is_kept(share);
    }

    @Test
    void one_very_long_rest_is_no_leave_to_work_for_long() {
        Pace pace = pace(0.5);
        oversleep = 1_000 * MILLI;
        work(pace, MILLI);
        oversleep = 0;
        rests.clear();
        work(pace, 2 * MILLI);
        assertThat(rests).containsExactly(MILLI);
    }

    @Test
    void work_that_could_not_breathe_rests_all_the_longer() {
        Pace pace = pace(0.5);
        work(pace, 80 * MILLI);
        assertThat(rests).containsExactly(50 * MILLI, 30 * MILLI);
    }

    @Test
    void a_pause_of_the_vm_is_no_work() {
        Pace pace = pace(0.5);
        work(pace, 3_000 * MILLI);
        assertThat(rests).containsExactly(50 * MILLI, 50 * MILLI);
    }

    @Test
    void a_cancel_ends_the_rest() {
        Pace pace = pace(0.01);
        cancelled = true;
        work(pace, 100 * MILLI);
        assertThat(rests).isEmpty();
    }

    @Test
    void no_rest_is_longer_than_a_cancel_may_take() {
        Pace pace = pace(0.001);
        work(pace, 10 * MILLI);
        assertThat(rests).allMatch(rest -> rest <= 50 * MILLI);
        assertThat(rests.stream().mapToLong(Long::longValue).sum()).isEqualTo(9_990 * MILLI);
    }

    @Test
    void an_interrupted_thread_rests_all_the_same_and_stays_interrupted() {
        Pace pace = Pace.ofShare(0.1);
        long begun = System.nanoTime();
        Thread.currentThread().interrupt();
        while (System.nanoTime() - begun < 5 * MILLI) {
            Thread.onSpinWait();
        }
        pace.breathe(() -> false);
        assertThat(System.nanoTime() - begun).isGreaterThan(40 * MILLI);
        assertThat(Thread.interrupted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1.01, Double.NaN})
    void a_share_that_is_none_is_refused(double share) {
        assertThatThrownBy(() -> Pace.ofShare(share)).isInstanceOf(IllegalArgumentException.class);
    }
}

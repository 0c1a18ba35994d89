/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PauseBudgetTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final double BUDGET = 0.001;

    private final PauseBudget budget = new PauseBudget(MINUTE, BUDGET);

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }

    @Test
    void a_short_pause_leaves_the_interval_as_it_is() {
        assertThat(budget.spent(millis(30), 0)).isEqualTo(MINUTE.toNanos());
        assertThat(budget.state().interval()).isEqualTo(MINUTE);
        assertThat(budget.state().pausedShare()).isCloseTo(0.0005, within(1e-9));
        assertThat(budget.state().copiedShare()).isZero();
    }

    @Test
    void a_long_pause_makes_it_longer_and_a_short_one_short_again() {
        assertThat(budget.spent(millis(240), 0)).isEqualTo(Duration.ofMinutes(4).toNanos());
        assertThat(budget.state().interval()).isEqualTo(Duration.ofMinutes(4));
        assertThat(budget.state().wanted()).isEqualTo(MINUTE);
        assertThat(budget.spent(millis(20), 0)).isEqualTo(MINUTE.toNanos());
    }

    @Test
    void copied_pages_count_with_a_budget_of_their_own() {
        long faults = 600_000; // 1.2 seconds of copying: 1 % of two minutes
        assertThat(budget.spent(millis(1), faults)).isEqualTo(2 * MINUTE.toNanos());
        assertThat(budget.state().copiedShare()).isCloseTo(0.01, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatever_the_pauses_the_share_stays_within_the_budget(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            budget.spent(millis(random.nextInt(2_000)), random.nextInt(2_000_000));
            ContinuousState state = budget.state();
            assertThat(state.pausedShare()).isLessThanOrEqualTo(BUDGET * 1.000_001);
            assertThat(state.copiedShare()).isLessThanOrEqualTo(BUDGET * PauseBudget.COPY_BUDGET * 1.000_001);
            assertThat(state.interval()).isGreaterThanOrEqualTo(MINUTE);
        }
    }

    @Test
    void what_is_long_ago_is_forgotten() {
        budget.spent(millis(60), 0);
        for (int i = 0; i < 60; i++) {
            budget.spent(0, 0);
        }
        assertThat(budget.state().pausedShare()).isZero();
    }

    @Test
    void before_the_first_nothing_is_spent() {
        assertThat(budget.state()).isEqualTo(new ContinuousState(MINUTE, MINUTE, 0, 0, BUDGET));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 0.11, Double.NaN})
    void budgets_that_make_no_sense_are_refused(double share) {
        assertThatThrownBy(() -> new ContinuousMode(share, true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pauseBudget")
                .hasMessageContaining("above 0 and at most 0.1");
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KendallTestTest {
    @Test
    void a_series_that_always_rises_does_so_by_chance_once_in_all_its_orders() {
        assertThat(KendallTest.certaintyOfRise(new double[] {1, 2, 3})).isCloseTo(1 - 1 / 6.0, within(1e-12));
        assertThat(KendallTest.certaintyOfRise(new double[] {1, 2, 3, 4})).isCloseTo(1 - 1 / 24.0, within(1e-12));
        assertThat(KendallTest.certaintyOfRise(new double[] {1, 2, 3, 4, 9})).isCloseTo(1 - 1 / 120.0, within(1e-12));
    }

    @Test
    void what_does_not_rise_is_not_certain_at_all() {
        assertThat(KendallTest.certaintyOfRise(new double[] {5, 4, 3, 2, 1})).isZero();
        assertThat(KendallTest.certaintyOfRise(new double[] {7, 7, 7, 7, 7})).isZero();
        assertThat(KendallTest.certaintyOfRise(new double[] {7})).isZero();
        assertThat(KendallTest.certaintyOfRise(new double[] {})).isZero();
    }

    /** Every order of six values, counted by hand. */
    @Test
    void the_exact_distribution_is_that_of_all_orders() {
        List<double[]> orders = new ArrayList<>();
        permute(new double[] {1, 2, 3, 4, 5, 6}, 0, orders);
        Random random = new Random(1);
        for (int i = 0; i < 50; i++) {
            double[] order = orders.get(random.nextInt(orders.size()));
            int score = score(order);
            double asMuch =
                    orders.stream().filter(other -> score(other) >= score).count() / (double) orders.size();
            double expected = score <= 0 ? 0 : 1 - asMuch;
            assertThat(KendallTest.certaintyOfRise(order)).isCloseTo(expected, within(1e-12));
        }
    }

    @Test
    void long_series_and_those_with_equal_values_are_judged_alike() {
        double[] exact = {1, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 12};
        double[] longer = {1, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12};
        assertThat(KendallTest.certaintyOfRise(longer)).isCloseTo(KendallTest.certaintyOfRise(exact), within(1e-3));
        assertThat(KendallTest.certaintyOfRise(new double[] {1, 1, 2, 2, 3, 3, 4, 4}))
                .isGreaterThan(0.99);
        assertThat(KendallTest.certaintyOfRise(new double[] {1, 2, 1, 2, 1, 2, 1, 2}))
                .isLessThan(0.9);
    }

    private static int score(double[] values) {
        int score = 0;
        for (int i = 0; i < values.length; i++) {
            for (int j = i + 1; j < values.length; j++) {
                score += values[j] > values[i] ? 1 : -1;
            }
        }
        return score;
    }

    private static void permute(double[] values, int from, List<double[]> into) {
        if (from == values.length) {
            into.add(values.clone());
            return;
        }
        for (int i = from; i < values.length; i++) {
            swap(values, from, i);
            permute(values, from + 1, into);
            swap(values, from, i);
        }
    }

    private static void swap(double[] values, int i, int j) {
        double value = values[i];
        values[i] = values[j];
        values[j] = value;
    }
}

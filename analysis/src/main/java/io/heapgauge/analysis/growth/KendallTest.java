/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.growth;

/**
 * How likely it is that a series rises only by chance: the one-sided test of H. B. Mann, Nonparametric tests against trend
 * (Econometrica 13, 1945), which counts pairs in order and pairs out of order. It asks nothing of the distribution, and an
 * outlier costs no more than its pairs.
 */
final class KendallTest {
    /** Up to here the distribution is counted out; beyond it is close to normal. */
    private static final int EXACT = 12;

    private KendallTest() {}

    /**
     * Tests a series.
     *
     * @param values in the order of time
     * @return how sure it is that it rises: 1 less the probability that values in random order would rise as much; 0 for less
     *     than two values, and where it does not rise
     */
    static double certaintyOfRise(double[] values) {
        int n = values.length;
        int score = 0;
        boolean ties = false;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                score += Double.compare(values[j], values[i]);
                ties |= values[i] == values[j];
            }
        }
        if (score <= 0) {
            return 0;
        }
        return n <= EXACT && !ties ? 1 - exact(n, score) : 1 - normal(values, score);
    }

    /** Share of all orders of n values whose score is at least the given one: orders by inversions, counted by insertion. */
    private static double exact(int n, int score) {
        int pairs = n * (n - 1) / 2;
        double[] orders = new double[pairs + 1];
        orders[0] = 1;
        int most = 0;
        for (int i = 2; i <= n; i++) {
            double[] next = new double[pairs + 1];
            for (int inversions = 0; inversions <= most; inversions++) {
                for (int more = 0; more < i; more++) {
                    next[inversions + more] += orders[inversions] / i;
                }
            }
            orders = next;
            most += i - 1;
        }
        // the score is pairs in order less inversions
        int mostInversions = (pairs - score) / 2;
        double probability = 0;
        for (int inversions = 0; inversions <= mostInversions; inversions++) {
            probability += orders[inversions];
        }
        return probability;
    }

    /** With the correction for equal values, and for the steps of two in which the score moves. */
    private static double normal(double[] values, int score) {
        double n = values.length;
        double variance = n * (n - 1) * (2 * n + 5);
        double[] sorted = values.clone();
        java.util.Arrays.sort(sorted);
        for (int from = 0; from < sorted.length; ) {
            int to = from;
            while (to < sorted.length && sorted[to] == sorted[from]) {
                to++;
            }
            double t = to - from;
            variance -= t * (t - 1) * (2 * t + 5);
            from = to;
        }
        double z = (score - 1) / Math.sqrt(variance / 18);
        return upperTail(z);
    }

    /** Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.17; the error is below 7.5e-8. */
    private static double upperTail(double z) {
        double t = 1 / (1 + 0.2316419 * Math.abs(z));
        double polynomial =
                t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        double tail = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * polynomial;
        return z >= 0 ? tail : 1 - tail;
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PauseForecastTest {
    private static final long GIB = 1L << 30;

    private final PauseForecast forecast = new PauseForecast(Duration.ofSeconds(5));

    @Test
    void beforeAnythingIsLearnedItAssumes() {
        assertThat(forecast.expected(2 * GIB)).isEqualTo(Duration.ofSeconds(10));
        assertThat(forecast.explained(2 * GIB))
                .isEqualTo("10.0 s with 2048 MiB of heap in use, 5.0 s per GiB are assumed before the first");
    }

    @Test
    void theWorstOfTheLastFiveCounts() {
        for (int millis : new int[] {900, 100, 300, 200, 100}) {
            forecast.learn(GIB, Duration.ofMillis(millis).toNanos());
        }
        assertThat(forecast.expected(GIB)).isEqualTo(Duration.ofMillis(900));
        forecast.learn(GIB, Duration.ofMillis(100).toNanos());
        assertThat(forecast.expected(2 * GIB))
                .as("the 900 ms are six captures ago")
                .isEqualTo(Duration.ofMillis(600));
        assertThat(forecast.explained(GIB)).isEqualTo("0.3 s with 1024 MiB of heap in use, as learned from 5 before");
    }

    @Test
    void theConstantPartOfAPauseInASmallHeapIsNotMultiplied() {
        forecast.learn(GIB / 64, Duration.ofMillis(40).toNanos());
        assertThat(forecast.expected(GIB)).isEqualTo(Duration.ofMillis(160));
    }
}

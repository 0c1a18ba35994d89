/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PressureTriggerTest {
    private final PressureTrigger trigger =
            new PressureTrigger(new MemoryPressure(0.8, Duration.ofSeconds(30), Duration.ofMinutes(10)));

    private boolean at(int second, double share) {
        return trigger.fires(share, Duration.ofSeconds(second).toNanos());
    }

    @Test
    void itFiresOnceWhenTheOldGenerationStaysFull() {
        assertThat(at(0, 0.81)).isFalse();
        assertThat(at(29, 0.95)).isFalse();
        assertThat(at(30, 0.9)).isTrue();
        assertThat(at(31, 0.9)).isFalse();
        assertThat(at(10_000, 0.9)).as("it never fell below").isFalse();
    }

    @Test
    void aCollectionThatHelpsStartsTheTimeAgain() {
        assertThat(at(0, 0.9)).isFalse();
        assertThat(at(20, 0.79)).isFalse();
        assertThat(at(40, 0.9)).isFalse();
        assertThat(at(69, 0.9)).isFalse();
        assertThat(at(70, 0.9)).isTrue();
    }

    @Test
    void aLittleBelowTheThresholdIsNotEnoughToFireAgain() {
        at(0, 0.9);
        assertThat(at(30, 0.9)).isTrue();
        at(700, 0.75);
        at(710, 0.9);
        assertThat(at(750, 0.9)).isFalse();
        at(760, 0.71);
        at(770, 0.9);
        assertThat(at(800, 0.9)).isTrue();
    }

    @Test
    void itKeepsCoolAfterItFired() {
        at(0, 0.9);
        assertThat(at(30, 0.9)).isTrue();
        at(40, 0.1);
        at(50, 0.9);
        assertThat(at(629, 0.9)).isFalse();
        assertThat(at(630, 0.9)).isTrue();
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IntStackTest {
    private static final long BUDGET = 16 << 20;

    @Test
    void it_is_a_stack_at_every_depth() throws IOException {
        Random random = new Random(5);
        Deque<Integer> expected = new ArrayDeque<>();
        try (Scratch scratch = Scratch.direct(BUDGET)) {
            IntStack stack = new IntStack(scratch);
            for (int i = 0; i < 400; i++) {
                // up and down by random numbers, so that it crosses what is kept on the Java heap in both directions
                for (int push = random.nextInt(5_000); push > 0; push--) {
                    int value = random.nextInt();
                    stack.push(value);
                    expected.push(value);
                }
                for (int pop = random.nextInt(5_000); pop > 0 && !expected.isEmpty(); pop--) {
                    assertThat(stack.pop()).isEqualTo(expected.pop());
                }
                assertThat(stack.isEmpty()).isEqualTo(expected.isEmpty());
            }
            while (!expected.isEmpty()) {
                assertThat(stack.pop()).isEqualTo(expected.pop());
            }
            assertThat(stack.isEmpty()).isTrue();
        }
    }

    @Test
    void a_released_one_is_empty() throws IOException {
        try (Scratch scratch = Scratch.direct(BUDGET)) {
            IntStack stack = new IntStack(scratch);
            for (int value = 0; value < 10_000; value++) {
                stack.push(value);
            }
            stack.release();
            assertThat(stack.isEmpty()).isTrue();
        }
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HugePagesTest {
    private static final long PASS_OVER = Duration.ofSeconds(30).toNanos();
    private static final long QUICK = MILLISECONDS.toNanos(1);
    private static final long SLOW = MILLISECONDS.toNanos(60);

    private final List<Long> begun = new ArrayList<>();

    private HugePages pages(HugePages.@Nullable Step... steps) {
        Deque<HugePages.Step[]> left = new ArrayDeque<>();
        Arrays.stream(steps).forEach(step -> left.add(new HugePages.Step[] {step}));
        return new HugePages((from, most) -> {
            begun.add(from);
            return left.remove()[0];
        });
    }

    private static HugePages.Step step(long next, long slowest) {
        return new HugePages.Step(next, 4, 0, 0, slowest);
    }

    @Test
    void each_step_goes_on_where_the_last_one_ended_and_a_pass_begins_anew() {
        HugePages pages = pages(step(4096, QUICK), step(8192, QUICK), step(0, QUICK), step(4096, QUICK));

        assertThat(pages.turn().getAsLong()).isBetween(MILLISECONDS.toNanos(20), PASS_OVER - 1);
        pages.turn();
        assertThat(pages.turn()).hasValue(PASS_OVER);
        pages.turn();
        assertThat(begun).containsExactly(0L, 4096L, 8192L, 0L);
    }

    @Test
    void it_waits_while_a_snapshot_is_taken() {
        HugePages pages = pages(step(4096, QUICK), null, step(0, QUICK));

        pages.turn();
        assertThat(pages.turn()).hasValue(PASS_OVER);
        pages.turn();
        assertThat(begun).containsExactly(0L, 4096L, 4096L);
    }

    @Test
    void it_ends_when_it_hurts_again_and_again() {
        HugePages pages =
                pages(step(1, SLOW), step(2, SLOW), step(3, QUICK), step(4, SLOW), step(5, SLOW), step(6, SLOW));

        for (int i = 0; i < 5; i++) {
            assertThat(pages.turn()).isPresent();
        }
        assertThat(pages.turn()).isEqualTo(OptionalLong.empty());
    }

    @Test
    void it_ends_where_the_kernel_does_not_know_of_it() {
        HugePages pages = pages(new HugePages.Step(4096, 0, 4, 22, QUICK), new HugePages.Step(0, 0, 4, 22, QUICK));

        assertThat(pages.turn()).isPresent();
        assertThat(pages.turn()).isEmpty();
    }

    @Test
    void a_page_that_is_not_the_heaps_alone_is_passed_over() {
        HugePages pages = pages(new HugePages.Step(4096, 0, 4, 22, QUICK), new HugePages.Step(0, 3, 1, 22, QUICK));

        assertThat(pages.turn()).isPresent();
        assertThat(pages.turn()).hasValue(PASS_OVER);
    }

    @Test
    void a_kernel_that_has_no_pages_left_is_asked_again_later() {
        HugePages pages = pages(new HugePages.Step(4096, 0, 4, 12, QUICK), step(0, QUICK));

        assertThat(pages.turn()).hasValue(PASS_OVER);
        pages.turn();
        assertThat(begun).containsExactly(0L, 0L);
    }

    @Test
    void the_heap_of_this_process_comes_into_huge_pages(@TempDir Path directory) throws Exception {
        assumeThat(ForkSupport.whyNot(directory)).isNull();
        HugePages.Step first = HugePages.Step.of(NativeSnapshot.collapse0(0, 1));
        assumeThat(first.pages()).as("the kernel has huge pages: " + first).isOne();
        byte[][] held = new byte[64][1 << 20];
        long before = hugeKilobytes();
        try (HeapGauge gauge = HeapGauge.builder()
                .directory(directory)
                .quickEvery(null)
                .engine(EngineChoice.FORK)
                .hugePages(true)
                .start()) {
            await().atMost(Duration.ofSeconds(30)).until(() -> hugeKilobytes() > before + 10 * 2048);
            assertThat(gauge.capture().capture().engine()).isEqualTo("fork");
        }
        assertThat(held).hasNumberOfRows(64);
    }

    private static long hugeKilobytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/smaps_rollup")).stream()
                .filter(line -> line.startsWith("AnonHugePages:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")))
                .sum();
    }
}

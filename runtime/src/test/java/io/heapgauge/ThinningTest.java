/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThinningTest {
    private static final int MOST = 50;

    private final List<Instant> kept = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-26T00:00:00Z");

    private void add(Duration interval, int count) {
        for (int i = 0; i < count; i++) {
            now = now.plus(interval);
            kept.add(now);
            while (kept.size() > MOST) {
                kept.remove(Thinning.surplus(kept, time -> time));
            }
        }
    }

    private Duration reach() {
        return Duration.between(kept.get(0), now);
    }

    @Test
    void measuring_every_minute_the_day_is_remembered_and_the_last_minutes_all() {
        add(Duration.ofMinutes(1), 3_000);
        assertThat(kept).hasSize(MOST).isSorted();
        assertThat(reach()).isBetween(Duration.ofHours(20), Duration.ofDays(1));
        List<Instant> last = kept.subList(MOST - 20, MOST);
        assertThat(Duration.between(last.get(0), now)).isEqualTo(Duration.ofMinutes(19));
    }

    @Test
    void what_is_older_is_spread() {
        add(Duration.ofMinutes(1), 1_200);
        Duration longest = Duration.ZERO;
        for (int i = 1; i < kept.size(); i++) {
            Duration gap = Duration.between(kept.get(i - 1), kept.get(i));
            longest = gap.compareTo(longest) > 0 ? gap : longest;
        }
        assertThat(reach()).isGreaterThan(Duration.ofHours(19));
        assertThat(longest).isLessThan(Duration.ofHours(3));
    }

    @Test
    void what_comes_seldom_stays_as_it_is_and_the_oldest_goes() {
        add(Duration.ofHours(6), 200);
        assertThat(reach()).isEqualTo(Duration.ofHours(6).multipliedBy(MOST - 1));
    }

    @Test
    void of_a_few_the_oldest_goes() {
        List<Instant> few = List.of(now, now.plusSeconds(1), now.plusSeconds(2));
        assertThat(Thinning.surplus(few, time -> time)).isZero();
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import java.time.Instant;
import java.util.List;

/**
 * What has changed over the captures before, of one mode.
 *
 * @param since when the first of them was taken
 * @param captures how many there are, the present one included
 * @param types types by bytes grown descending, cut to a bounded number
 * @param roots configured roots by bytes grown descending
 * @param suspects types that grow clearly and by much, the likeliest first
 * @param baselineAt when the capture was taken that {@code sinceBaseline} compares with
 * @param sinceBaseline what came since then, by absolute change of bytes descending, cut to a bounded number
 */
public record Growth(
        Instant since,
        int captures,
        List<Trend> types,
        List<Trend> roots,
        List<Suspect> suspects,
        Instant baselineAt,
        List<TypeChange> sinceBaseline) {
    /**
     * Keeps immutable copies of the lists.
     *
     * @param since when the first of them was taken
     * @param captures how many there are
     * @param types types by bytes grown descending
     * @param roots configured roots by bytes grown descending
     * @param suspects types that grow clearly and by much
     * @param baselineAt when the baseline was taken
     * @param sinceBaseline what came since then
     */
    public Growth {
        types = List.copyOf(types);
        roots = List.copyOf(roots);
        suspects = List.copyOf(suspects);
        sinceBaseline = List.copyOf(sinceBaseline);
    }

    /**
     * The same with other suspects.
     *
     * @param others suspects, with their paths
     * @return the growth
     */
    public Growth withSuspects(List<Suspect> others) {
        return new Growth(since, captures, types, roots, others, baselineAt, sinceBaseline);
    }
}

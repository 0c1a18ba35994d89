/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import org.jspecify.annotations.Nullable;

/**
 * One configured root in one capture. The sizes are null unless {@code state} is {@link RootState#MEASURED}.
 *
 * @param name the name given by the user
 * @param spec how the root is found, for example {@code static:com.acme.Catalog#CACHE}
 * @param state whether it was found and measured
 * @param detail why there is no size, or null
 * @param starts number of objects the root starts at, 0 unless measured
 * @param reachable the start and everything strongly reachable from it under the edge filters
 * @param owned the same walk, entering neither another root's start nor an exclusion
 * @param retained what the GC roots no longer reach once all starts are taken out of the heap, starts included; null below
 *     level {@link Level#RETAINED}
 */
public record RootSummary(
        String name,
        String spec,
        RootState state,
        @Nullable String detail,
        long starts,
        @Nullable OwnershipSummary reachable,
        @Nullable OwnershipSummary owned,
        @Nullable Size retained) {}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.jmx;

import org.jspecify.annotations.Nullable;

/**
 * One configured root in {@link HeapGaugeMXBean#getRoots()}. The sizes are null unless the state is {@code measured}.
 *
 * @param spec how the root is found, for example {@code static:com.acme.Catalog#CACHE}
 * @param state {@code measured}, {@code gone}, {@code not-reached} or {@code not-measured}
 * @param detail why there is no size, or null
 * @param reachableObjects objects strongly reachable from it, its start included
 * @param reachableBytes their shallow bytes
 * @param ownedObjects objects of the same walk that enters neither another root nor an exclusion
 * @param ownedBytes their shallow bytes
 * @param retainedObjects objects that the GC roots would no longer reach without its starts; null also where the analysis
 *     did not go that far
 * @param retainedBytes their shallow bytes
 */
public record RootRow(
        String spec,
        String state,
        @Nullable String detail,
        @Nullable Long reachableObjects,
        @Nullable Long reachableBytes,
        @Nullable Long ownedObjects,
        @Nullable Long ownedBytes,
        @Nullable Long retainedObjects,
        @Nullable Long retainedBytes) {}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import org.jspecify.annotations.Nullable;

/**
 * A type that grows, clearly and by much: the first places to look for a leak.
 *
 * @param trend how it grows
 * @param paths why its instances are there: the commonest shortest path from a GC root; null where the analysis followed no
 *     references, or had no room for it
 */
public record Suspect(Trend trend, @Nullable MergedPaths paths) {}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

/**
 * Duplicates of one kind.
 *
 * @param kind {@code java.lang.String}, or a primitive array that is in no String, {@code byte[]}
 * @param groups different contents that there are at least two objects of
 * @param duplicates objects beyond the first of each group
 * @param wastedBytes what would be saved with one object for each group: shallow sizes of the duplicates, and for Strings of
 *     their arrays as far as they do not share one already
 */
public record DuplicateTotals(String kind, long groups, long duplicates, long wastedBytes) {}

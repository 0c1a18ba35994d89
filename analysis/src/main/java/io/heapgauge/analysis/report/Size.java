/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

/**
 * A number of objects and the sum of their shallow sizes.
 *
 * @param objects how many objects
 * @param bytes sum of their shallow sizes in bytes
 */
public record Size(long objects, long bytes) {
    /** No object at all. */
    public static final Size ZERO = new Size(0, 0);
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.jmx;

/**
 * One object in {@link HeapGaugeMXBean#getTopRetainers()}.
 *
 * @param rank 1 retains most; clients that sort rows by their key still tell the order by it
 * @param type its type; a class object is {@code class com.acme.X}
 * @param shallowBytes its own size
 * @param retainedBytes what the GC roots would no longer reach without it, itself included
 */
public record RetainerRow(int rank, String type, long shallowBytes, long retainedBytes) {}

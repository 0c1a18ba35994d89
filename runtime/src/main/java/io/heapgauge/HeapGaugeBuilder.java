/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

/** Options of a gauge. */
public final class HeapGaugeBuilder {
    HeapGaugeBuilder() {}
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.redact;

/**
 * What a redaction did.
 *
 * @param bytes size of the redacted dump
 * @param arrays primitive arrays whose contents were zeroed
 * @param arrayBytes how many bytes of contents that were
 * @param keptArrays primitive arrays that stayed: the names in the root registry
 * @param instances instances with a primitive field that was zeroed
 * @param fieldBytes how many bytes of fields that were, static ones included
 */
public record RedactionSummary(
        long bytes, long arrays, long arrayBytes, long keptArrays, long instances, long fieldBytes) {}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.redact;

import java.util.List;

/**
 * What a redaction has done.
 *
 * @param arrays primitive arrays whose contents were zeroed
 * @param arrayBytes bytes of these contents
 * @param keptArrays primitive arrays that stayed: names in the entries of a gauge's registry
 * @param values primitive values that were zeroed: instance and static fields and constants, one each per object or class
 * @param keptValues primitive values that a rule kept
 * @param names names that were masked, because nothing in the dump bears them: most are string literals of the code
 * @param bytes size of the new dump
 * @param unused fields that the user wanted kept and that are no primitive field of any class in the dump
 */
public record RedactionSummary(
        long arrays,
        long arrayBytes,
        long keptArrays,
        long values,
        long keptValues,
        long names,
        long bytes,
        List<KeptField> unused) {}

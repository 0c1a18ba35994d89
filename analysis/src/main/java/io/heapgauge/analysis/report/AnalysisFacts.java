/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

/**
 * How an analysis went.
 *
 * @param level how far it went
 * @param levelReason why this level
 * @param shallowSizes where shallow sizes come from, for example {@code vm flags: header 12, references 4, alignment 8}
 * @param analysisNanos wall time in nanoseconds
 * @param scratchBytes peak of off-heap scratch memory in bytes
 * @param classes number of class records
 * @param references number of resolved references, 0 at level {@link Level#TYPES}
 * @param missingReferences references to ids that are not in the dump
 * @param duplicateObjects object records whose id had been seen before; the first one counts
 */
public record AnalysisFacts(
        Level level,
        String levelReason,
        String shallowSizes,
        long analysisNanos,
        long scratchBytes,
        long classes,
        long references,
        long missingReferences,
        long duplicateObjects) {}

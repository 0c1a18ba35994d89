/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import org.jspecify.annotations.Nullable;

/**
 * One object of a dump as a line tells it.
 *
 * @param id its id in the dump
 * @param type its type as people write it
 * @param shallowBytes its own size
 * @param references number of its references
 * @param parents number of objects that refer to it, null where nobody counted them
 * @param retainedBytes its retained size, null where nobody asked for it
 * @param length its length, -1 for what has none
 * @param value what it is worth, at most 100 characters: String, Number, Boolean or Character; null for what is no value
 * @param via what refers to it, a field or element; null where that is not the question
 */
public record ObjectFacts(
        long id,
        String type,
        long shallowBytes,
        int references,
        @Nullable Integer parents,
        @Nullable Long retainedBytes,
        int length,
        @Nullable Object value,
        @Nullable String via) {}

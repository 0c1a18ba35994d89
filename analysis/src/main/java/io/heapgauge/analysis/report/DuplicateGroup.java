/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import org.jspecify.annotations.Nullable;

/**
 * Objects of equal contents. The contents themselves are told nowhere.
 *
 * @param kind {@code java.lang.String}, or a primitive array that is in no String, {@code byte[]}
 * @param copies number of objects, at least 2
 * @param length number of elements, of Strings of chars
 * @param copyBytes shallow size of one of them, of a String together with its array
 * @param wastedBytes what would be saved with one object in place of all
 * @param exampleId id of one of them, an address
 * @param holder by what most of them are held, null where no field and no array of reached objects holds any
 */
public record DuplicateGroup(
        String kind,
        long copies,
        long length,
        long copyBytes,
        long wastedBytes,
        long exampleId,
        @Nullable MainHolder holder) {}

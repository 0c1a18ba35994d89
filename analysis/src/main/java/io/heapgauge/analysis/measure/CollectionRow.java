/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import io.heapgauge.analysis.report.CollectionSummary;
import io.heapgauge.analysis.report.MainHolder;
import org.jspecify.annotations.Nullable;

/** A row of {@link SparseCollections} while it is added up. */
final class CollectionRow {
    private final String type;
    private long objects;
    private long empty;
    private long single;
    private long sparse;
    private long estimated;
    private long arrayBytes;
    private long unusedBytes;
    private long emptyBytes;

    CollectionRow(String type) {
        this.type = type;
    }

    String type() {
        return type;
    }

    long objects() {
        return objects;
    }

    long wastedBytes() {
        return unusedBytes + emptyBytes;
    }

    void count(int size, boolean isEstimated) {
        objects++;
        empty += size == 0 ? 1 : 0;
        single += size == 1 ? 1 : 0;
        estimated += isEstimated ? 1 : 0;
    }

    void countWithoutSlots() {
        objects++;
    }

    void addArray(long bytes) {
        arrayBytes += bytes;
    }

    /** An empty one with slots. */
    long addEmpty(long bytes) {
        emptyBytes += bytes;
        return bytes;
    }

    /** Unused slots of one that is not empty. */
    long addUnused(long bytes, boolean isSparse) {
        unusedBytes += bytes;
        sparse += isSparse ? 1 : 0;
        return bytes;
    }

    void add(CollectionRow other) {
        objects += other.objects;
        empty += other.empty;
        single += other.single;
        sparse += other.sparse;
        estimated += other.estimated;
        arrayBytes += other.arrayBytes;
        unusedBytes += other.unusedBytes;
        emptyBytes += other.emptyBytes;
    }

    CollectionSummary summary(@Nullable MainHolder holder) {
        return new CollectionSummary(
                type, objects, empty, single, sparse, estimated, arrayBytes, unusedBytes, emptyBytes, holder);
    }
}

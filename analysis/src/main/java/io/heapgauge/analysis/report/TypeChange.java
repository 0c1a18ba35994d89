/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

/**
 * How the objects of one type differ between two dumps.
 *
 * @param type the type's name as people write it
 * @param before its objects in the old dump
 * @param after its objects in the new dump
 */
public record TypeChange(String type, Size before, Size after) {
    /**
     * More or fewer objects.
     *
     * @return positive where there are more now
     */
    public long deltaObjects() {
        return after.objects() - before.objects();
    }

    /**
     * More or fewer bytes.
     *
     * @return positive where there are more now
     */
    public long deltaBytes() {
        return after.bytes() - before.bytes();
    }
}

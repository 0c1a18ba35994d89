/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.jsonl;

/**
 * What an export as JSON lines holds. The plain profile is Meliae's format: address, type, size, name, length, value and
 * references of each object. The lossless profile has in front of it types with loaders, fields and static fields, and the GC
 * roots; its references stand in the order of the fields, with 0 for null, and primitive fields are there too. Contents of
 * arrays are in neither.
 *
 * @param lossless whether types, fields and GC roots are written
 * @param values whether names and texts are written, at most 100 characters of each, and primitive fields
 */
public record ExportProfile(boolean lossless, boolean values) {
    /** Meliae's format, with names and values. */
    public static final ExportProfile MELIAE = new ExportProfile(false, true);

    /** All that the graph of a heap has, with names and values. */
    public static final ExportProfile LOSSLESS = new ExportProfile(true, true);

    /**
     * The same without what strings contain and primitive fields hold, for a file that others may see.
     *
     * @return a profile without values
     */
    public ExportProfile withoutValues() {
        return new ExportProfile(lossless, false);
    }
}

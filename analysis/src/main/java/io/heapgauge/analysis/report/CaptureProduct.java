/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

/** What a capture took of the heap. */
public enum CaptureProduct {
    /** A dump with everything in it. */
    DUMP("dump"),
    /** A dump without values: contents of arrays of primitives and primitive fields stayed in the process. */
    STRUCTURE("structure"),
    /** Objects and bytes by type, what the GC roots reach and the sizes of the configured roots, and no dump. */
    MEASURES("measures"),
    /** Objects and bytes by type, and no dump. */
    TYPES("types");

    private final String id;

    CaptureProduct(String id) {
        this.id = id;
    }

    /**
     * The name used in JSON, attributes and events.
     *
     * @return a lower-case word
     */
    public String id() {
        return id;
    }
}

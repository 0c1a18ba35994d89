/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import java.util.Locale;

/** How far an analysis went; each level includes the ones before it. */
public enum Level {
    /** Objects and shallow bytes by type. Memory of the number of classes. */
    TYPES,
    /** GC reachability, and reachable and owned sizes of the configured roots. Memory of the number of objects. */
    OWNED,
    /** The dominator tree: retained sizes of objects and configured roots. More memory of the number of objects. */
    RETAINED;

    /**
     * The name used in JSON and events.
     *
     * @return the constant's name in lower case
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}

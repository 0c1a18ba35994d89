/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.report;

import org.jspecify.annotations.Nullable;

/**
 * The VM whose heap was captured, as far as it is known; all null for a dump of unknown origin.
 *
 * @param name VM name, for example {@code OpenJDK 64-Bit Server VM}
 * @param version VM version, for example {@code 17.0.15+6}
 * @param collectors names of the garbage collectors, for example {@code G1 Young Generation, G1 Old Generation}
 * @param pid process id
 */
public record JvmFacts(
        @Nullable String name,
        @Nullable String version,
        @Nullable String collectors,
        @Nullable Long pid) {
    /** A dump of unknown origin. */
    public static final JvmFacts UNKNOWN = new JvmFacts(null, null, null, null);
}

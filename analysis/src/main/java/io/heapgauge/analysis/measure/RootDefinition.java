/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.measure;

import java.util.List;
import java.util.Objects;

/**
 * A configured root: a name, where it starts, and what its owned size leaves out.
 *
 * @param name the name in reports and metrics
 * @param spec how its start is found
 * @param exclusions what its owned walk does not enter, beside the starts of other roots
 */
public record RootDefinition(String name, RootSpec spec, List<Exclusion> exclusions) {
    /**
     * Checks the parts.
     *
     * @param name not blank
     * @param spec how its start is found
     * @param exclusions copied
     */
    public RootDefinition {
        Objects.requireNonNull(spec, "spec");
        if (name.isBlank()) {
            throw new IllegalArgumentException("a root needs a name: " + spec);
        }
        exclusions = List.copyOf(exclusions);
    }
}

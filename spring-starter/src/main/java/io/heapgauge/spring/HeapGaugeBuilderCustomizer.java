/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.spring;

import io.heapgauge.HeapGaugeBuilder;

/** A bean that changes the options of the auto-configured gauge, after the properties and before it starts. */
@FunctionalInterface
public interface HeapGaugeBuilderCustomizer {

    /**
     * Changes options.
     *
     * @param builder the options so far
     */
    void customize(HeapGaugeBuilder builder);
}

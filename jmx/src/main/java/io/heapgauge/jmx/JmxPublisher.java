/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.jmx;

import io.heapgauge.OptionalModuleListener;

/**
 * Registers a gauge as {@code io.heapgauge:type=HeapGauge,name=<name>} in the platform's MBean server while it is open;
 * found by {@link java.util.ServiceLoader}. Does nothing in a JVM without the module {@code java.management}.
 *
 * @see HeapGaugeMXBean
 */
public final class JmxPublisher extends OptionalModuleListener {
    /** Makes a publisher for one gauge; it registers nothing before {@link #onStart}. */
    public JmxPublisher() {
        super("java.management", "MXBean", gauge -> new GaugeRegistration(gauge.name()));
    }
}

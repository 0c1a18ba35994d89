/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.spring;

import io.heapgauge.HeapGauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Sends the gauge's metrics to the application's {@link MeterRegistry} where there is one. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration"
        })
@ConditionalOnProperty(name = "heapgauge.enabled", matchIfMissing = true)
@ConditionalOnMissingBean(HeapGauge.class)
@ConditionalOnSingleCandidate(MeterRegistry.class)
public final class HeapGaugeMetricsAutoConfiguration {

    /** Created by Spring. */
    public HeapGaugeMetricsAutoConfiguration() {}

    // first, so that the application's own customizers have the last word
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    HeapGaugeBuilderCustomizer heapGaugeMeterRegistry(MeterRegistry registry) {
        return builder -> builder.meterRegistry(registry);
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.spring;

import io.heapgauge.HeapGauge;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Shows the gauge in the health endpoint, where there is one; {@code management.health.heapgauge.enabled=false} takes it out. */
@AutoConfiguration(after = HeapGaugeAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnEnabledHealthIndicator("heapgauge")
@ConditionalOnSingleCandidate(HeapGauge.class)
public final class HeapGaugeHealthAutoConfiguration {

    /** Created by Spring. */
    public HeapGaugeHealthAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(name = "heapGaugeHealthIndicator")
    HeapGaugeHealth heapGaugeHealthIndicator(HeapGauge gauge) {
        return new HeapGaugeHealth(gauge);
    }
}

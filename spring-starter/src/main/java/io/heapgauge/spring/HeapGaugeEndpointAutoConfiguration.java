/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.spring;

import io.heapgauge.HeapGauge;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/** The Actuator endpoint {@code heapgauge}, where Actuator is present and the endpoint is exposed. */
@AutoConfiguration(after = HeapGaugeAutoConfiguration.class)
@ConditionalOnClass({WebEndpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnSingleCandidate(HeapGauge.class)
public final class HeapGaugeEndpointAutoConfiguration {

    /** Created by Spring. */
    public HeapGaugeEndpointAutoConfiguration() {}

    @Bean
    @ConditionalOnAvailableEndpoint(HeapGaugeEndpoint.class)
    @ConditionalOnMissingBean
    HeapGaugeEndpoint heapGaugeEndpoint(HeapGauge gauge) {
        return new HeapGaugeEndpoint(gauge);
    }
}

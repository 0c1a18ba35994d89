/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.spring;

import io.heapgauge.HeapGauge;
import io.heapgauge.jfr.JfrPublisher;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Publishes the flight-recorder events where the VM has the module for it. */
@AutoConfiguration
@ConditionalOnProperty(name = "heapgauge.enabled", matchIfMissing = true)
@ConditionalOnClass(name = "jdk.jfr.Event")
@ConditionalOnMissingBean(HeapGauge.class)
public final class HeapGaugeJfrAutoConfiguration {

    /** Created by Spring. */
    public HeapGaugeJfrAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    JfrPublisher heapGaugeJfrPublisher() {
        return new JfrPublisher();
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.spring;

import io.heapgauge.HeapGauge;
import io.heapgauge.jmx.JmxPublisher;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Publishes the MXBean where the VM has the module for it. */
@AutoConfiguration
@ConditionalOnProperty(name = "heapgauge.enabled", matchIfMissing = true)
@ConditionalOnClass(name = "javax.management.MBeanServer")
@ConditionalOnMissingBean(HeapGauge.class)
public final class HeapGaugeJmxAutoConfiguration {

    /** Created by Spring. */
    public HeapGaugeJmxAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    JmxPublisher heapGaugeJmxPublisher() {
        return new JmxPublisher();
    }
}

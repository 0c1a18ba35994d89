/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.spring;

import io.heapgauge.HeapGauge;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Measures the caches of the application's cache managers, where there are any. */
@AutoConfiguration
@ConditionalOnProperty(
        name = {"heapgauge.enabled", "heapgauge.caches"},
        matchIfMissing = true)
@ConditionalOnMissingBean(HeapGauge.class)
@EnableConfigurationProperties(HeapGaugeProperties.class)
public final class HeapGaugeCacheAutoConfiguration {

    /** Created by Spring. */
    public HeapGaugeCacheAutoConfiguration() {}

    @Bean
    CacheRoots heapGaugeCacheRoots(ListableBeanFactory beans, HeapGaugeProperties properties) {
        return new CacheRoots(beans, properties);
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.spring;

import io.heapgauge.HeapGauge;
import io.heapgauge.HeapGaugeBuilder;
import io.heapgauge.HeapReportListener;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Starts a {@link HeapGauge} with the application and closes it with the context. Backs off when the application has a
 * gauge of its own. Every {@link HeapReportListener} bean hears it; discovery by ServiceLoader is off.
 */
@AutoConfiguration(
        after = {
            HeapGaugeCacheAutoConfiguration.class,
            HeapGaugeJmxAutoConfiguration.class,
            HeapGaugeJfrAutoConfiguration.class,
            HeapGaugeMetricsAutoConfiguration.class
        })
@ConditionalOnProperty(name = "heapgauge.enabled", matchIfMissing = true)
@ConditionalOnMissingBean(HeapGauge.class)
@EnableConfigurationProperties(HeapGaugeProperties.class)
public final class HeapGaugeAutoConfiguration {

    /** Created by Spring. */
    public HeapGaugeAutoConfiguration() {}

    @Bean(destroyMethod = "close")
    HeapGauge heapGauge(
            HeapGaugeProperties properties,
            Environment environment,
            ObjectProvider<HeapReportListener> listeners,
            ObjectProvider<HeapGaugeBuilderCustomizer> customizers) {
        HeapGaugeBuilder builder = HeapGauge.builder().discoverListeners(false);
        new BuilderSettings(properties, environment).applyTo(builder);
        listeners.orderedStream().forEach(builder::listener);
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder.start();
    }

    @Bean
    ConfiguredRoots heapGaugeRoots(HeapGauge gauge, HeapGaugeProperties properties, ListableBeanFactory beans) {
        return new ConfiguredRoots(gauge, properties, beans);
    }

    @Bean
    Announcement heapGaugeAnnouncement(HeapGauge gauge, HeapGaugeProperties properties, ListableBeanFactory beans) {
        return new Announcement(gauge, properties, beans);
    }
}

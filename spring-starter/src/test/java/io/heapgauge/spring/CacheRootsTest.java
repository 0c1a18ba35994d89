/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.HeapGauge;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.OwnershipSummary;
import io.heapgauge.analysis.report.RootSummary;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class CacheRootsTest {
    private static final int ENTRIES = 200;
    private static final int BYTES = 1_000;

    @TempDir
    Path temporary;

    private ApplicationContextRunner application;

    @BeforeEach
    void describeTheApplication() {
        application = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        CacheAutoConfiguration.class,
                        HeapGaugeCacheAutoConfiguration.class,
                        HeapGaugeAutoConfiguration.class))
                .withUserConfiguration(Caching.class)
                .withPropertyValues(
                        "heapgauge.directory=" + temporary.resolve("dumps"), "heapgauge.minimum-interval=0s");
    }

    private static void fill(CacheManager manager, String name) {
        Cache cache = Objects.requireNonNull(manager.getCache(name));
        IntStream.range(0, ENTRIES).forEach(i -> cache.put("key " + i, new byte[BYTES]));
    }

    private static long owned(HeapReport report, String root) {
        RootSummary summary = report.root(root)
                .orElseThrow(() -> new AssertionError("no root " + root + " in "
                        + report.roots().stream().map(RootSummary::name).toList()));
        OwnershipSummary owned = summary.owned();
        assertThat(owned).as(root + ": " + summary).isNotNull();
        return owned.total().bytes();
    }

    @Test
    void caches_of_concurrent_maps_are_measured_even_if_made_late() {
        application.withPropertyValues("spring.cache.type=simple").run(context -> {
            CacheManager manager = context.getBean(CacheManager.class);
            HeapGauge gauge = context.getBean(HeapGauge.class);
            fill(manager, "orders");
            assertThat(owned(gauge.capture(), "orders")).isBetween(ENTRIES * BYTES * 1L, ENTRIES * BYTES * 2L);
            fill(manager, "customers");
            assertThat(owned(gauge.capture(), "customers")).isBetween(ENTRIES * BYTES * 1L, ENTRIES * BYTES * 2L);
        });
    }

    @Test
    void a_caffeine_cache_owns_its_entries_and_not_the_pool_that_does_its_upkeep() {
        application
                .withPropertyValues(
                        "spring.cache.type=caffeine",
                        "spring.cache.cache-names=orders",
                        "spring.cache.caffeine.spec=maximumSize=1000")
                .run(context -> {
                    fill(context.getBean(CacheManager.class), "orders");
                    assertThat(owned(context.getBean(HeapGauge.class).capture(), "orders"))
                            .isBetween(ENTRIES * BYTES * 1L, ENTRIES * BYTES * 2L);
                });
    }

    @Test
    void a_name_that_is_taken_has_the_managers_name_in_front() {
        application
                .withPropertyValues("heapgauge.roots[0].name=orders", "heapgauge.roots[0].bean=first")
                .withUserConfiguration(TwoManagers.class)
                .run(context -> {
                    fill(context.getBean("first", CacheManager.class), "orders");
                    fill(context.getBean("second", CacheManager.class), "orders");
                    HeapReport report = context.getBean(HeapGauge.class).capture();
                    assertThat(report.roots()).extracting(RootSummary::name).contains("first.orders", "second.orders");
                    assertThat(owned(report, "second.orders")).isGreaterThan(ENTRIES * BYTES);
                });
    }

    @Test
    void a_property_turns_it_off() {
        application
                .withPropertyValues("spring.cache.type=simple", "heapgauge.caches=false")
                .run(context -> {
                    fill(context.getBean(CacheManager.class), "orders");
                    assertThat(context.getBean(HeapGauge.class).capture().roots())
                            .isEmpty();
                });
    }

    @Configuration(proxyBeanMethods = false)
    @EnableCaching
    static class Caching {}

    @Configuration(proxyBeanMethods = false)
    static class TwoManagers {
        @Bean
        CacheManager first() {
            return new ConcurrentMapCacheManager();
        }

        @Bean(defaultCandidate = false)
        CacheManager second() {
            return new ConcurrentMapCacheManager();
        }
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.GaugeState;
import io.heapgauge.HeapGauge;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.Level;
import io.heapgauge.analysis.report.RootState;
import io.heapgauge.analysis.report.RootSummary;
import io.heapgauge.jfr.JfrPublisher;
import io.heapgauge.jmx.JmxPublisher;
import io.heapgauge.spring.TestBeans.Cache;
import io.heapgauge.spring.TestBeans.Recorder;
import io.heapgauge.spring.TestBeans.StringCache;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.management.ObjectName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.target.HotSwappableTargetSource;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;

class HeapGaugeAutoConfigurationTest {
    private static final String STATIC_HOLDER = "static:io.heapgauge.spring.HeapGaugeAutoConfigurationTest#HELD";

    @SuppressWarnings("unused") // found by its name in the captures
    private static final long[] HELD = new long[1_000];

    @TempDir
    Path temporary;

    private ApplicationContextRunner application;

    @BeforeEach
    void describeTheApplication() {
        application = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        HeapGaugeAutoConfiguration.class,
                        HeapGaugeJmxAutoConfiguration.class,
                        HeapGaugeJfrAutoConfiguration.class,
                        HeapGaugeMetricsAutoConfiguration.class))
                .withPropertyValues(
                        "heapgauge.directory=" + temporary.resolve("dumps"), "heapgauge.minimum-interval=0s");
    }

    @Test
    void a_gauge_runs_with_the_context_and_ends_with_it() {
        HeapGauge[] seen = new HeapGauge[1];
        application.run(context -> {
            seen[0] = context.getBean(HeapGauge.class);
            assertThat(seen[0].state()).isEqualTo(GaugeState.IDLE);
            assertThat(ManagementFactory.getPlatformMBeanServer()
                            .isRegistered(new ObjectName("io.heapgauge:type=HeapGauge,name=default")))
                    .isTrue();
        });
        assertThat(seen[0].state()).isEqualTo(GaugeState.STOPPED);
        assertThat(ManagementFactory.getPlatformMBeanServer().queryNames(null, null).stream()
                        .filter(name -> name.getDomain().equals("io.heapgauge")))
                .isEmpty();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("heapgauge-"));
    }

    @Test
    void the_gauge_is_named_after_the_application() {
        application
                .withPropertyValues("spring.application.name=Order Service (EU)")
                .run(context ->
                        assertThat(context.getBean(HeapGauge.class).name()).isEqualTo("Order-Service-EU-"));
    }

    @Test
    void a_configured_name_wins_over_the_application_name() {
        application
                .withPropertyValues("spring.application.name=orders", "heapgauge.name=blue")
                .run(context ->
                        assertThat(context.getBean(HeapGauge.class).name()).isEqualTo("blue"));
    }

    @Test
    void nothing_is_created_when_disabled() {
        application
                .withPropertyValues("heapgauge.enabled=false")
                .run(context -> assertThat(context)
                        .doesNotHaveBean(HeapGauge.class)
                        .doesNotHaveBean(JmxPublisher.class)
                        .doesNotHaveBean(JfrPublisher.class)
                        .doesNotHaveBean(HeapGaugeProperties.class));
    }

    @Test
    void a_gauge_of_the_application_takes_the_place_of_all_of_it() {
        application.withUserConfiguration(OwnGauge.class).run(context -> {
            assertThat(context).hasSingleBean(HeapGauge.class).doesNotHaveBean(JmxPublisher.class);
            assertThat(context.getBean(HeapGauge.class).name()).isEqualTo("own");
        });
    }

    @Test
    void a_publisher_of_the_application_takes_the_place_of_the_configured_one() {
        JmxPublisher own = new JmxPublisher();
        application
                .withBean("own", JmxPublisher.class, () -> own)
                .run(context -> assertThat(context.getBean(JmxPublisher.class)).isSameAs(own));
    }

    @Test
    void listener_beans_hear_reports_and_beans_and_statics_are_measured() {
        application
                .withBean("recorder", Recorder.class, Recorder::new)
                .withBean("sessionCache", StringCache.class, StringCache::new)
                .withPropertyValues(
                        "heapgauge.roots[0].name=held",
                        "heapgauge.roots[0].spec=" + STATIC_HOLDER,
                        "heapgauge.roots[1].bean=sessionCache")
                .run(context -> {
                    Recorder recorder = context.getBean(Recorder.class);
                    assertThat(recorder.started).isEqualTo(1);

                    HeapReport report = context.getBean(HeapGauge.class).capture();

                    assertThat(recorder.reports).containsExactly(report);
                    assertThat(report.roots()).extracting(RootSummary::name).containsExactly("held", "sessionCache");
                    assertThat(ownedBytes(report, "sessionCache")).isBetween(40_000L, 200_000L);
                    assertThat(ownedBytes(report, "held")).isBetween(8_000L, 8_032L);
                });
    }

    @Test
    void a_proxied_bean_is_measured_at_its_target() {
        application
                .withUserConfiguration(ProxiedCache.class)
                .withPropertyValues("heapgauge.roots[0].name=sessions", "heapgauge.roots[0].bean=cache")
                .run(context -> {
                    assertThat(AopUtils.isAopProxy(context.getBean("cache"))).isTrue();
                    HeapReport report = context.getBean(HeapGauge.class).capture();
                    assertThat(ownedBytes(report, "sessions")).isBetween(40_000L, 200_000L);
                });
    }

    @Test
    void exclusions_of_a_bean_root_are_left_out_of_what_it_owns() {
        application
                .withBean("cache", StringCache.class, StringCache::new)
                .withPropertyValues(
                        "heapgauge.roots[0].bean=cache", "heapgauge.roots[0].exclude=class:java.lang.String")
                .run(context -> {
                    RootSummary root = root(context.getBean(HeapGauge.class).capture(), "cache");
                    assertThat(root.owned()).isNotNull();
                    assertThat(root.owned().types())
                            .noneMatch(type -> type.type().equals("java.lang.String"));
                    assertThat(root.reachable()).isNotNull();
                    assertThat(root.reachable().types())
                            .anyMatch(type -> type.type().equals("java.lang.String"));
                });
    }

    @Test
    void a_missing_bean_stops_the_start_with_the_name_of_the_property() {
        application
                .withPropertyValues("heapgauge.roots[0].bean=sesionCache")
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                        .hasMessageContaining("heapgauge.roots[0].bean")
                        .hasMessageContaining("sesionCache")
                        .hasMessageContaining("no bean of this name"));
    }

    @Test
    void a_prototype_bean_is_refused() {
        application
                .withUserConfiguration(PrototypeCache.class)
                .withPropertyValues("heapgauge.roots[0].bean=cache")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContaining("heapgauge.roots[0].bean")
                        .hasMessageContaining("no singleton"));
    }

    @Test
    void a_proxy_in_front_of_changing_objects_is_refused() {
        application
                .withUserConfiguration(SwappedCache.class)
                .withPropertyValues("heapgauge.roots[0].bean=cache")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContaining("heapgauge.roots[0].bean")
                        .hasMessageContaining("changing objects"));
    }

    @Test
    void an_exclusion_that_names_no_root_is_refused() {
        application
                .withBean("cache", StringCache.class, StringCache::new)
                .withPropertyValues("heapgauge.roots[0].bean=cache", "heapgauge.roots[0].exclude=root:catalogue")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContaining("heapgauge.roots[0].exclude")
                        .hasMessageContaining("root:catalogue"));
    }

    @Test
    void two_roots_of_one_name_are_refused() {
        application
                .withBean("cache", StringCache.class, StringCache::new)
                .withPropertyValues(
                        "heapgauge.roots[0].bean=cache",
                        "heapgauge.roots[1].name=cache",
                        "heapgauge.roots[1].spec=" + STATIC_HOLDER)
                .run(context -> assertThat(context).getFailure().hasMessageContaining("heapgauge.roots[1].name"));
    }

    @Test
    void a_root_with_both_bean_and_spec_is_refused() {
        application
                .withPropertyValues("heapgauge.roots[0].bean=a", "heapgauge.roots[0].spec=class:B")
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                        .hasMessageContaining("exactly one of 'bean'"));
    }

    @Test
    void a_root_whose_spec_is_malformed_is_refused_by_its_property_name() {
        application
                .withPropertyValues("heapgauge.roots[0].name=x", "heapgauge.roots[0].spec=statik:A#b")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("heapgauge.roots[0].spec")
                        .hasStackTraceContaining("static:Class#field"));
    }

    @Test
    void a_setting_that_the_gauge_refuses_is_told_under_its_property_name() {
        application
                .withPropertyValues("heapgauge.top-types=0")
                .run(context -> assertThat(context).getFailure().hasStackTraceContaining("heapgauge.top-types"));
        application
                .withPropertyValues("heapgauge.signal=USR2")
                .run(context -> assertThat(context).getFailure().hasStackTraceContaining("heapgauge.signal"));
    }

    @Test
    void an_analysis_goes_to_the_highest_level_unless_a_property_stops_it_before() {
        ApplicationContextRunner withCache = application
                .withBean("cache", StringCache.class, StringCache::new)
                .withPropertyValues("heapgauge.roots[0].bean=cache");

        withCache.run(context -> {
            HeapReport report = context.getBean(HeapGauge.class).capture();
            assertThat(report.analysis().level()).isEqualTo(Level.RETAINED);
            assertThat(root(report, "cache").retained()).isNotNull();
            assertThat(report.retainers()).isNotEmpty();
        });
        withCache.withPropertyValues("heapgauge.max-level=owned").run(context -> {
            HeapReport report = context.getBean(HeapGauge.class).capture();
            assertThat(report.analysis().level()).isEqualTo(Level.OWNED);
            assertThat(root(report, "cache").retained()).isNull();
            assertThat(report.retainers()).isEmpty();
        });
    }

    @Test
    void scratch_can_be_direct_memory_instead_of_files() {
        ApplicationContextRunner small = application.withPropertyValues("heapgauge.scratch-budget=1MB");
        for (String direct : List.of("true", "false")) {
            small.withPropertyValues("heapgauge.scratch-in-direct-memory=" + direct)
                    .run(context -> assertThat(context.getBean(HeapGauge.class)
                                    .capture()
                                    .analysis()
                                    .level())
                            .isEqualTo(Level.TYPES));
        }
        application
                .withPropertyValues("heapgauge.scratch-in-direct-memory=true")
                .run(context -> {
                    try (DirectMemory memory = new DirectMemory()) {
                        HeapReport report = context.getBean(HeapGauge.class).capture();
                        assertThat(report.analysis().level()).isEqualTo(Level.RETAINED);
                        assertThat(memory.mostBytes())
                                .isGreaterThan(report.analysis().scratchBytes() / 2);
                    }
                });
    }

    /** Watches how much more direct memory there is than there was, for a collection gives it back at any time. */
    private static final class DirectMemory implements AutoCloseable {
        private final AtomicLong most = new AtomicLong();
        private final Thread watcher = new Thread(this::watch, "direct-memory-watcher");

        DirectMemory() {
            watcher.start();
        }

        private void watch() {
            long least = directBytes();
            while (!Thread.currentThread().isInterrupted()) {
                long now = directBytes();
                least = Math.min(least, now);
                most.accumulateAndGet(now - least, Math::max);
                LockSupport.parkNanos(100_000);
            }
        }

        long mostBytes() {
            return most.get();
        }

        @Override
        public void close() throws InterruptedException {
            watcher.interrupt();
            watcher.join();
        }
    }

    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getTotalCapacity)
                .sum();
    }

    @Test
    void a_level_that_does_not_exist_stops_the_start_with_the_name_of_the_property() {
        application
                .withPropertyValues("heapgauge.max-level=everything")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("heapgauge.max-level")
                        .hasStackTraceContaining("everything"));
    }

    @Test
    void the_level_is_described_where_editors_look() throws IOException {
        try (InputStream metadata =
                HeapGaugeProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            assertThat(metadata)
                    .isNotNull()
                    .asString(StandardCharsets.UTF_8)
                    .contains("\"name\": \"heapgauge.max-level\"")
                    .contains("\"type\": \"io.heapgauge.analysis.report.Level\"")
                    .contains("\"defaultValue\": \"retained\"");
        }
    }

    @Test
    void customizers_have_the_last_word() {
        application
                .withPropertyValues("heapgauge.name=property")
                .withBean(HeapGaugeBuilderCustomizer.class, () -> builder -> builder.name("customizer"))
                .run(context ->
                        assertThat(context.getBean(HeapGauge.class).name()).isEqualTo("customizer"));
    }

    @Test
    void metrics_go_to_the_registry_of_the_application() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        application.withBean(MeterRegistry.class, () -> registry).run(context -> {
            context.getBean(HeapGauge.class).capture();
            assertThat(registry.find("heapgauge.type.size").gauges()).hasSize(21);
        });
        assertThat(registry.find("heapgauge.type.size").gauges()).isEmpty();
    }

    @Test
    void lazy_initialisation_of_the_application_does_not_keep_the_gauge_from_starting() {
        application
                .withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .withBean("recorder", Recorder.class, Recorder::new)
                .run(context -> {
                    assertThat(context.getBeanFactory().containsSingleton("heapGauge"))
                            .isTrue();
                    assertThat(context.getBean(Recorder.class).started).isEqualTo(1);
                });
    }

    private static RootSummary root(HeapReport report, String name) {
        RootSummary root = report.root(name).orElseThrow();
        assertThat(root.state()).isEqualTo(RootState.MEASURED);
        return root;
    }

    private static long ownedBytes(HeapReport report, String name) {
        RootSummary root = root(report, name);
        assertThat(root.owned()).isNotNull();
        return root.owned().total().bytes();
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnGauge {
        @Bean
        HeapGauge ownGauge() {
            return HeapGauge.builder().name("own").discoverListeners(false).start();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ProxiedCache {
        @Bean
        Cache cache() {
            ProxyFactory outer = new ProxyFactory(new ProxyFactory(new StringCache()).getProxy());
            return (Cache) outer.getProxy();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class SwappedCache {
        @Bean
        Cache cache() {
            ProxyFactory factory = new ProxyFactory(Cache.class, new HotSwappableTargetSource(new StringCache()));
            return (Cache) factory.getProxy();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class PrototypeCache {
        @Bean
        @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
        Cache cache() {
            return new StringCache();
        }
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.spring;

import io.heapgauge.EngineChoice;
import io.heapgauge.HeapGauge;
import io.heapgauge.spring.HeapGaugeProperties.Root;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.cache.CacheManager;
import org.springframework.util.StringUtils;

/** One line in the log at start: what is measured, and how a capture is asked for. */
final class Announcement implements SmartInitializingSingleton {
    private static final System.Logger LOG = System.getLogger(HeapGauge.class.getName());

    private final HeapGauge gauge;
    private final HeapGaugeProperties properties;
    private final ListableBeanFactory beans;

    Announcement(HeapGauge gauge, HeapGaugeProperties properties, ListableBeanFactory beans) {
        this.gauge = gauge;
        this.properties = properties;
        this.beans = beans;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<String> ways = new ArrayList<>();
        if (properties.every() != null) {
            ways.add("every " + people(properties.every()));
        }
        if (StringUtils.hasText(properties.signal())) {
            ways.add("signal " + properties.signal());
        }
        if (beans.containsBean("heapGaugeJmxPublisher")) {
            ways.add("JMX");
        }
        if (beans.containsBean("heapGaugeEndpoint")) {
            ways.add("POST to the Actuator endpoint heapgauge where its access is unrestricted");
        }
        ways.add("HeapGauge.capture()");
        List<String> measured = new ArrayList<>(
                properties.roots().stream().map(Root::nameOrBean).toList());
        if (properties.caches() && beans.getBeanNamesForType(CacheManager.class, true, false).length > 0) {
            measured.add("the caches of the cache manager");
        }
        LOG.log(
                System.Logger.Level.INFO,
                "heapgauge ''{0}'' measures types and {1}; what can ask for a capture: {2}; {3}{4}",
                gauge.name(),
                measured.isEmpty()
                        ? "no roots (heapgauge.roots is not set)"
                        : "the roots " + String.join(", ", measured),
                String.join(", ", ways),
                unasked(),
                beans.containsBean("heapGaugeEndpoint") ? "; its page is the endpoint's heapgauge/dashboard" : "");
    }

    private String unasked() {
        Duration quick = properties.quickEveryOrDefault();
        Duration measuring = properties.every() != null ? properties.every() : quick;
        if (!measuring.isZero() && properties.continuous().enabled() && properties.engine() != EngineChoice.HOTSPOT) {
            return "where snapshots can be taken they measure every " + people(measuring);
        }
        if (!quick.isZero()) {
            return "objects are counted every " + people(quick);
        }
        return properties.every() == null && properties.memoryPressure().threshold() == null
                ? "nothing is paused unasked"
                : "objects are not counted in between";
    }

    /** As one would write it in a property: 15m, 1h30m. */
    private static String people(Duration duration) {
        return duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.spring;

import io.heapgauge.HeapGauge;
import io.heapgauge.analysis.measure.Exclusion;
import io.heapgauge.spring.HeapGaugeProperties.Root;
import java.util.List;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.StringUtils;

/**
 * Registers the roots that start at beans once all singletons exist, so that a gauge never makes a bean earlier than the
 * application would.
 */
final class BeanRoots implements SmartInitializingSingleton {
    private final HeapGauge gauge;
    private final HeapGaugeProperties properties;
    private final ListableBeanFactory beans;

    BeanRoots(HeapGauge gauge, HeapGaugeProperties properties, ListableBeanFactory beans) {
        this.gauge = gauge;
        this.properties = properties;
        this.beans = beans;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<Root> roots = properties.roots();
        for (int i = 0; i < roots.size(); i++) {
            if (StringUtils.hasText(roots.get(i).bean())) {
                register(roots.get(i), "heapgauge.roots[" + i + "]");
            }
        }
    }

    private void register(Root root, String property) {
        String beanName = root.bean();
        String rootName = root.nameOrBean();
        Exclusion[] exclusions = exclusions(root, property + ".exclude");
        Object start = singleton(beanName, property + ".bean");
        try {
            gauge.register(rootName, start, exclusions);
        } catch (IllegalArgumentException e) {
            throw new InvalidConfigurationPropertyValueException(property + ".name", rootName, e.getMessage(), e);
        }
    }

    private Object singleton(String beanName, String property) {
        if (!beans.containsBean(beanName)) {
            throw new InvalidConfigurationPropertyValueException(
                    property, beanName, "there is no bean of this name in the application context");
        }
        if (!beans.isSingleton(beanName)) {
            throw new InvalidConfigurationPropertyValueException(
                    property, beanName, "this bean is no singleton; only one object that lives on can be measured");
        }
        // a proxy owns next to nothing; what people mean is the object behind it
        Object current = beans.getBean(beanName);
        while (current instanceof Advised) {
            Object target = AopProxyUtils.getSingletonTarget(current);
            if (target == null) {
                throw new InvalidConfigurationPropertyValueException(
                        property,
                        beanName,
                        "this bean is a proxy in front of changing objects; none of them can be named");
            }
            current = target;
        }
        return current;
    }

    private Exclusion[] exclusions(Root root, String property) {
        try {
            return root.exclude().stream().map(this::exclusion).toArray(Exclusion[]::new);
        } catch (IllegalArgumentException e) {
            throw new InvalidConfigurationPropertyValueException(property, root.exclude(), e.getMessage(), e);
        }
    }

    private Exclusion exclusion(String text) {
        Exclusion exclusion = Exclusion.parse(text);
        if (exclusion instanceof Exclusion.OfRoot other
                && properties.roots().stream()
                        .noneMatch(root -> other.rootName().equals(root.nameOrBean()))) {
            throw new IllegalArgumentException("exclusion '" + text + "': there is no root of this name");
        }
        return exclusion;
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.spring;

import io.heapgauge.HeapGauge;
import io.heapgauge.analysis.measure.Exclusion;
import io.heapgauge.analysis.measure.RootSpec;
import io.heapgauge.spring.HeapGaugeProperties.Root;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Registers the configured roots, in their order, once all singletons exist: a gauge never makes a bean earlier than the
 * application would.
 */
final class ConfiguredRoots implements SmartInitializingSingleton {
    private final HeapGauge gauge;
    private final HeapGaugeProperties properties;
    private final ListableBeanFactory beans;

    ConfiguredRoots(HeapGauge gauge, HeapGaugeProperties properties, ListableBeanFactory beans) {
        this.gauge = gauge;
        this.properties = properties;
        this.beans = beans;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<Root> roots = properties.roots();
        for (int i = 0; i < roots.size(); i++) {
            register(roots.get(i), "heapgauge.roots[" + i + "]");
        }
    }

    private void register(Root root, String property) {
        long starts = Stream.of(root.bean(), root.beanType(), root.spec())
                .filter(StringUtils::hasText)
                .count();
        if (starts != 1) {
            throw refused(
                    property,
                    root,
                    "a root starts at exactly one of 'bean' (a bean's name), 'bean-type' (its class) and 'spec'"
                            + " (static:Class#field, class:Name or thread:name)",
                    null);
        }
        String name = root.nameOrBean();
        if (name.isEmpty()) {
            throw refused(property + ".name", root.name(), "a root that starts at a 'spec' needs a name", null);
        }
        Exclusion[] exclusions = accepted(
                property + ".exclude",
                root.exclude(),
                () -> root.exclude().stream().map(this::exclusion).toArray(Exclusion[]::new));
        if (!StringUtils.hasText(root.spec())) {
            Object object = StringUtils.hasText(root.bean())
                    ? singleton(root.bean(), property + ".bean")
                    : onlyOfType(String.valueOf(root.beanType()), property + ".bean-type");
            registerAs(name, property, () -> gauge.register(name, object, exclusions));
        } else {
            RootSpec spec = accepted(
                    property + ".spec", root.spec(), () -> RootSpec.parse(Objects.requireNonNull(root.spec())));
            registerAs(name, property, () -> gauge.register(name, spec, exclusions));
        }
    }

    private static void registerAs(String name, String property, Runnable registration) {
        accepted(property + ".name", name, () -> {
            registration.run();
            return name;
        });
    }

    private Object onlyOfType(String className, String property) {
        Class<?> type = accepted(
                property,
                className,
                () -> ClassUtils.resolveClassName(className, beans.getClass().getClassLoader()));
        List<String> names = List.of(beans.getBeanNamesForType(type, true, false));
        if (names.size() != 1) {
            throw refused(
                    property,
                    className,
                    names.isEmpty()
                            ? "there is no bean of this type in the application context"
                            : "there are several beans of this type, choose by 'bean': " + String.join(", ", names),
                    null);
        }
        return singleton(names.get(0), property);
    }

    private Object singleton(String beanName, String property) {
        if (!beans.containsBean(beanName)) {
            throw refused(property, beanName, "there is no bean of this name in the application context", null);
        }
        if (!beans.isSingleton(beanName)) {
            throw refused(
                    property,
                    beanName,
                    "this bean is no singleton; only one object that lives on can be measured",
                    null);
        }
        // a proxy owns next to nothing; what people mean is the object behind it
        Object current = beans.getBean(beanName);
        while (current instanceof Advised) {
            Object target = AopProxyUtils.getSingletonTarget(current);
            if (target == null) {
                throw refused(
                        property,
                        beanName,
                        "this bean is a proxy in front of changing objects; none of them can be named",
                        null);
            }
            current = target;
        }
        return current;
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

    private static <T> T accepted(String property, @Nullable Object value, Supplier<T> use) {
        try {
            return use.get();
        } catch (IllegalArgumentException e) {
            throw refused(property, value, String.valueOf(e.getMessage()), e);
        }
    }

    private static InvalidConfigurationPropertyValueException refused(
            String property, @Nullable Object value, String reason, @Nullable Throwable cause) {
        return new InvalidConfigurationPropertyValueException(property, value, reason, cause);
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.spring;

import io.heapgauge.ChildJvm;
import io.heapgauge.HeapGaugeBuilder;
import io.heapgauge.MemoryPressure;
import io.heapgauge.Retention;
import io.heapgauge.spring.HeapGaugeProperties.AnalysisMode;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

/** Carries the properties over to a builder, the roots aside; a value the builder refuses is told under its property's name. */
final class BuilderSettings {
    private static final int MAXIMUM_NAME_LENGTH = 64;

    private final HeapGaugeProperties properties;
    private final Environment environment;

    BuilderSettings(HeapGaugeProperties properties, Environment environment) {
        this.properties = properties;
        this.environment = environment;
    }

    void applyTo(HeapGaugeBuilder builder) {
        set("name", properties.name() == null ? defaultName() : properties.name(), builder::name);
        set("minimum-interval", properties.minimumInterval(), builder::minimumInterval);
        set("every", properties.every(), builder::every);
        set(
                "quick-every",
                properties.quickEveryOrDefault(),
                value -> builder.quickEvery(value.isZero() ? null : value));
        set("memory-pressure", properties.memoryPressure(), rule -> builder.memoryPressure(pressure(rule)));
        set("daily-limit", properties.dailyLimit(), builder::dailyLimit);
        set("maximum-pause", properties.maximumPause(), builder::maximumPause);
        set("quick-maximum-pause", properties.quickMaximumPause(), builder::quickMaximumPause);
        set("engine", properties.engine(), builder::engine);
        set("signal", properties.signal(), builder::signal);
        set("directory", properties.directory(), builder::directory);
        builder.allowKeep(properties.allowKeep());
        HeapGaugeProperties.Kept kept = properties.kept();
        builder.redactKept(kept.redacted());
        set(
                "kept",
                kept,
                value -> builder.retention(
                        new Retention(value.count(), value.size().toBytes(), value.age())));
        set("free-space-floor", properties.freeSpaceFloor(), size -> builder.freeSpaceFloor(size.toBytes()));
        set("history-size", properties.historySize(), builder::historySize);
        set("top-types", properties.topTypes(), builder::topTypes);
        set("report-types", properties.reportTypes(), builder::reportTypes);
        set("max-level", properties.maxLevel(), builder::maxLevel);
        set("scratch-budget", properties.scratchBudget(), size -> builder.scratchBudget(size.toBytes()));
        builder.scratchInDirectMemory(properties.scratchInDirectMemory());
        HeapGaugeProperties.Analysis analysis = properties.analysis();
        set("analysis.cpu-share", analysis.cpuShare(), builder::cpuShare);
        set("analysis.timeout", analysis.timeout(), builder::analysisTimeout);
        set("analysis", analysis, value -> builder.analyzeInChildJvm(childJvm(value)));
    }

    private static @Nullable MemoryPressure pressure(HeapGaugeProperties.MemoryPressureRule rule) {
        return rule.threshold() == null ? null : new MemoryPressure(rule.threshold(), rule.lasting(), rule.coolDown());
    }

    private static @Nullable ChildJvm childJvm(HeapGaugeProperties.Analysis analysis) {
        return analysis.mode() == AnalysisMode.IN_PROCESS
                ? null
                : new ChildJvm(analysis.childHeap().toBytes(), analysis.childNice());
    }

    private static <T> void set(String property, @Nullable T value, Function<T, HeapGaugeBuilder> setter) {
        if (value == null) {
            return;
        }
        try {
            setter.apply(value);
        } catch (IllegalArgumentException e) {
            throw new InvalidConfigurationPropertyValueException("heapgauge." + property, value, e.getMessage(), e);
        }
    }

    private String defaultName() {
        String application = environment.getProperty("spring.application.name", "");
        String name = application.replaceAll("[^A-Za-z0-9_-]+", "-");
        name = name.substring(0, Math.min(name.length(), MAXIMUM_NAME_LENGTH));
        return name.isEmpty() ? "default" : name;
    }
}

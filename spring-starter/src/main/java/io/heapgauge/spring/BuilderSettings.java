/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.spring;

import io.heapgauge.ChildJvm;
import io.heapgauge.ContinuousMode;
import io.heapgauge.HeapGaugeBuilder;
import io.heapgauge.MemoryPressure;
import io.heapgauge.Retention;
import io.heapgauge.spring.HeapGaugeProperties.AnalysisMode;
import java.time.Duration;
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
        continuous(builder, properties.continuous());
        memoryPressure(builder, properties.memoryPressure());
        set("daily-limit", properties.dailyLimit(), builder::dailyLimit);
        set("maximum-pause", properties.maximumPause(), builder::maximumPause);
        set("quick-maximum-pause", properties.quickMaximumPause(), builder::quickMaximumPause);
        set("engine", properties.engine(), builder::engine);
        set("signal", properties.signal(), builder::signal);
        set("directory", properties.directory(), builder::directory);
        builder.allowKeep(properties.allowKeep());
        kept(builder, properties.kept());
        set("free-space-floor", properties.freeSpaceFloor(), size -> builder.freeSpaceFloor(size.toBytes()));
        set("history-size", properties.historySize(), builder::historySize);
        set("top-types", properties.topTypes(), builder::topTypes);
        set("report-types", properties.reportTypes(), builder::reportTypes);
        set("max-level", properties.maxLevel(), builder::maxLevel);
        set("quick-level", properties.quickLevel(), builder::quickLevel);
        set("snapshot-processes", properties.snapshotProcesses(), builder::snapshotProcesses);
        builder.hugePages(properties.hugePages());
        set("scratch-budget", properties.scratchBudget(), size -> builder.scratchBudget(size.toBytes()));
        builder.scratchInDirectMemory(properties.scratchInDirectMemory());
        HeapGaugeProperties.Analysis analysis = properties.analysis();
        set("analysis.cpu-share", analysis.cpuShare(), builder::cpuShare);
        set("analysis.timeout", analysis.timeout(), builder::analysisTimeout);
        childJvm(builder, analysis);
    }

    private static void continuous(HeapGaugeBuilder builder, HeapGaugeProperties.Continuous continuous) {
        set("continuous.pause-budget", continuous.pauseBudget(), value -> {
            ContinuousMode mode = new ContinuousMode(value, continuous.captureOnGrowth());
            return builder.continuous(continuous.enabled() ? mode : null);
        });
    }

    // each of the parts of a rule is tried with good ones beside it, so that a complaint is about the right property

    private static void memoryPressure(HeapGaugeBuilder builder, HeapGaugeProperties.MemoryPressureRule rule) {
        Duration any = Duration.ofHours(1);
        set("memory-pressure.lasting", rule.lasting(), value -> new MemoryPressure(0.5, value, any));
        set("memory-pressure.cool-down", rule.coolDown(), value -> new MemoryPressure(0.5, any, value));
        set(
                "memory-pressure.threshold",
                rule.threshold(),
                value -> builder.memoryPressure(new MemoryPressure(value, rule.lasting(), rule.coolDown())));
    }

    private static void kept(HeapGaugeBuilder builder, HeapGaugeProperties.Kept kept) {
        builder.redactKept(kept.redacted());
        Retention good = Retention.DEFAULT;
        set("kept.count", kept.count(), value -> new Retention(value, good.bytes(), good.age()));
        set("kept.size", kept.size(), value -> new Retention(good.count(), value.toBytes(), good.age()));
        set(
                "kept.age",
                kept.age(),
                value -> builder.retention(
                        new Retention(kept.count(), kept.size().toBytes(), value)));
    }

    private static void childJvm(HeapGaugeBuilder builder, HeapGaugeProperties.Analysis analysis) {
        set("analysis.child-heap", analysis.childHeap(), value -> new ChildJvm(value.toBytes(), 0));
        set("analysis.child-nice", analysis.childNice(), value -> {
            ChildJvm child = new ChildJvm(analysis.childHeap().toBytes(), value);
            return builder.analyzeInChildJvm(analysis.mode() == AnalysisMode.IN_PROCESS ? null : child);
        });
    }

    private static <T> void set(String property, @Nullable T value, Function<T, Object> setter) {
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

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.spring;

import io.heapgauge.analysis.report.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * The settings under {@code heapgauge.*}.
 *
 * @param enabled Whether a gauge is started with the application.
 * @param name Name of the gauge, part of thread names and of the MXBean's object name. Defaults to spring.application.name with other characters than letters, digits, '_' and '-' replaced, or to 'default'.
 * @param every Time between the end of a capture and the next. Each one pauses the application for as long as its heap takes to be written. Not set: only when asked.
 * @param minimumInterval Least time between the end of a capture and the start of the next, whatever asks for it.
 * @param signal Operating system signal that asks for a capture, without SIG; USR1 is the usual choice. Not set: none.
 * @param directory Where dumps and scratch files go; a directory of heapgauge's own. Defaults to heapgauge-USER in the system's temporary directory.
 * @param allowKeep Whether callers may have a dump kept after its analysis. A dump holds every secret of the process.
 * @param topTypes How many of the largest types have a metric of their own; the rest is summed up as 'other'.
 * @param reportTypes How many of the largest types have a row in the report.
 * @param maxLevel How far an analysis goes at the most; the highest level that fits the scratch budget runs.
 * @param scratchBudget Most bytes of scratch files an analysis may use; where a level of analysis needs more, a lower one runs and the report says so.
 * @param scratchInDirectMemory Whether an analysis keeps its scratch in direct memory, within -XX:MaxDirectMemorySize, instead of files.
 * @param roots What is measured: parts of the application whose owned and reachable sizes are reported.
 */
@ConfigurationProperties("heapgauge")
public record HeapGaugeProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String name,
        @Nullable Duration every,
        @DefaultValue("10s") Duration minimumInterval,
        @Nullable String signal,
        @Nullable Path directory,
        @DefaultValue("false") boolean allowKeep,
        @DefaultValue("20") int topTypes,
        @DefaultValue("1000") int reportTypes,
        @DefaultValue("retained") Level maxLevel,
        @DefaultValue("1GB") DataSize scratchBudget,
        @DefaultValue("false") boolean scratchInDirectMemory,
        @DefaultValue List<Root> roots) {

    /**
     * One root; exactly one of {@code bean} and {@code spec} says where it starts.
     *
     * @param name Name in reports and metrics. Defaults to the bean's name.
     * @param bean Name of a singleton bean to start at.
     * @param spec Where it starts when it is no bean: static:Class#field, class:Name or thread:name.
     * @param exclude What its owned size leaves out: class:Name, package:name, field:Class#name or root:name.
     */
    public record Root(
            @Nullable String name,
            @Nullable String bean,
            @Nullable String spec,
            @DefaultValue List<String> exclude) {

        /** The name in reports: the one that was given, else the bean's; empty when there is neither. */
        String nameOrBean() {
            return StringUtils.hasText(name) ? name : Objects.requireNonNullElse(bean, "");
        }
    }
}

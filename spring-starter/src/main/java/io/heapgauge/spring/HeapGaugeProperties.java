/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.spring;

import io.heapgauge.EngineChoice;
import io.heapgauge.analysis.report.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * The settings under {@code heapgauge.*}.
 *
 * @param enabled Whether a gauge is started with the application.
 * @param name Name of the gauge, part of thread names and of the MXBean's object name. Defaults to spring.application.name with other characters than letters, digits, '_' and '-' replaced, or to 'default'.
 * @param every Time between the end of a capture and the next. With the fork engine each is a snapshot without a dump; else it pauses the application for as long as its heap takes to be written. Not set: only when asked.
 * @param quickEvery Time between two counts of objects by type that need no file (quick mode). Not set: 5m where heapgauge.every is set, else none. 0 for none.
 * @param continuous How snapshots measure by themselves where the fork engine is in use.
 * @param memoryPressure Captures when the old generation stays full after collections. No threshold: never.
 * @param minimumInterval Least time between the end of a capture and the start of the next, whatever asks for it.
 * @param dailyLimit Most captures within 24 hours; those of quick mode do not count.
 * @param maximumPause Longest pause that a capture may be expected to take; learned from the captures before, 5 s per GiB before there are any.
 * @param quickMaximumPause Longest pause that quick mode may be expected to take when nobody asked for it.
 * @param engine Which engine takes the heap: fork (a copy-on-write copy of the process, a pause of milliseconds), hotspot, auto for fork where it can be had, or quiet for the same where no VM warns of native access, as JDK 24 does unless that is enabled.
 * @param signal Operating system signal that asks for a capture, without SIG; USR1 is the usual choice. Not set: none.
 * @param directory Where dumps and scratch files go; a directory of heapgauge's own. Defaults to heapgauge-USER in the system's temporary directory.
 * @param allowKeep Whether callers may have a dump kept after its analysis. A dump holds every secret of the process.
 * @param kept What becomes of dumps that are kept.
 * @param freeSpaceFloor Free space that a capture must leave on the file system of the directory.
 * @param historySize How many reports of the past are kept to tell what grows; 0 for none.
 * @param topTypes How many of the largest types have a metric of their own; the rest is summed up as 'other'.
 * @param reportTypes How many of the largest types have a row in the report.
 * @param maxLevel How far an analysis goes at the most; the highest level that fits the scratch budget runs.
 * @param quickLevel How far quick mode goes where the fork engine is in use: types counts, owned measures the roots, retained also what they retain.
 * @param snapshotProcesses How many processes share the work on a snapshot, a processor each.
 * @param hugePages Whether the heap is put into huge pages between captures, for a shorter pause.
 * @param scratchBudget Most bytes of scratch files an analysis may use; where a level of analysis needs more, a lower one runs and the report says so.
 * @param scratchInDirectMemory Whether an analysis keeps its scratch in direct memory, within -XX:MaxDirectMemorySize, instead of files.
 * @param analysis Where an analysis runs, and what it may use.
 * @param caches Whether every cache of a CacheManager that lives in this process, ConcurrentMap or Caffeine, is a root under its own name.
 * @param roots What is measured: parts of the application whose owned and reachable sizes are reported.
 */
@ConfigurationProperties(prefix = "heapgauge", ignoreUnknownFields = false)
public record HeapGaugeProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String name,
        @Nullable Duration every,
        @Nullable Duration quickEvery,
        @DefaultValue Continuous continuous,
        @DefaultValue MemoryPressureRule memoryPressure,
        @DefaultValue("10s") Duration minimumInterval,
        @DefaultValue("200") int dailyLimit,
        @DefaultValue("30s") Duration maximumPause,
        @DefaultValue("500ms") Duration quickMaximumPause,
        @DefaultValue("quiet") EngineChoice engine,
        @Nullable String signal,
        @Nullable Path directory,
        @DefaultValue("false") boolean allowKeep,
        @DefaultValue Kept kept,
        @DefaultValue("256MB") DataSize freeSpaceFloor,
        @DefaultValue("50") int historySize,
        @DefaultValue("20") int topTypes,
        @DefaultValue("1000") int reportTypes,
        @DefaultValue("retained") Level maxLevel,
        @DefaultValue("owned") Level quickLevel,
        @DefaultValue("1") int snapshotProcesses,
        @DefaultValue("false") boolean hugePages,
        @DefaultValue("1GB") DataSize scratchBudget,
        @DefaultValue("false") boolean scratchInDirectMemory,
        @DefaultValue Analysis analysis,
        @DefaultValue("true") boolean caches,
        @DefaultValue List<Root> roots) {

    private static final Duration QUICK_EVERY = Duration.ofMinutes(5);

    /** Time between two counts; zero for none. With no property at all nothing is paused unasked. */
    Duration quickEveryOrDefault() {
        return quickEvery != null ? quickEvery : every == null ? Duration.ZERO : QUICK_EVERY;
    }

    /**
     * Measuring by itself in snapshots.
     *
     * @param enabled Whether heapgauge.every and heapgauge.quick-every are served by snapshots, with no dump, where the fork engine is in use.
     * @param pauseBudget Share of the time that the application may stand still for them; the interval gets longer to keep it.
     * @param captureOnGrowth Whether a full capture is taken when a type begins to grow, at most once an hour.
     */
    public record Continuous(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("0.001") double pauseBudget,
            @DefaultValue("true") boolean captureOnGrowth) {}

    /**
     * When memory is short.
     *
     * @param threshold Share of the old generation's maximum, above 0 and below 1. Not set: never.
     * @param lasting How long the old generation must stay above the threshold after collections.
     * @param coolDown Least time to the next capture for this reason.
     */
    public record MemoryPressureRule(
            @Nullable Double threshold,
            @DefaultValue("30s") Duration lasting,
            @DefaultValue("1h") Duration coolDown) {}

    /**
     * Dumps that stay.
     *
     * @param redacted Whether numbers and characters are zeroed in a dump that stays.
     * @param count Most kept dumps; the oldest go first.
     * @param size Most bytes of all kept dumps together.
     * @param age How long a kept dump stays.
     */
    public record Kept(
            @DefaultValue("true") boolean redacted,
            @DefaultValue("5") int count,
            @DefaultValue("20GB") DataSize size,
            @DefaultValue("7d") Duration age) {}

    /**
     * The analysis.
     *
     * @param mode Whether it runs in the application's process or in a JVM of its own.
     * @param cpuShare Share of one processor that it takes.
     * @param timeout Longest time that it may take.
     * @param childHeap Java heap of the other JVM.
     * @param childNice By how much the priority of the other JVM is lowered, 0 to 19.
     */
    public record Analysis(
            @DefaultValue("in-process") AnalysisMode mode,
            @DefaultValue("0.5") double cpuShare,
            @DefaultValue("30m") Duration timeout,
            @DefaultValue("128MB") DataSize childHeap,
            @DefaultValue("10") int childNice) {}

    /** Where an analysis runs. */
    public enum AnalysisMode {
        /** On the gauge's thread. */
        IN_PROCESS,
        /** In a JVM that is started for it. */
        PROCESS
    }

    /**
     * One root; exactly one of {@code bean}, {@code beanType} and {@code spec} says where it starts.
     *
     * @param name Name in reports and metrics. Defaults to the bean's name, or to the short name of its type.
     * @param bean Name of a singleton bean to start at.
     * @param beanType Class or interface of the one singleton bean to start at.
     * @param spec Where it starts when it is no bean: static:Class#field, class:Name or thread:name.
     * @param exclude What its owned size leaves out: class:Name, package:name, field:Class#name or root:name.
     */
    public record Root(
            @Nullable String name,
            @Nullable String bean,
            @Nullable String beanType,
            @Nullable String spec,
            @DefaultValue List<String> exclude) {

        /** The name in reports: the one that was given, else by the bean; empty when there is neither. */
        String nameOrBean() {
            if (StringUtils.hasText(name)) {
                return name;
            }
            if (StringUtils.hasText(bean)) {
                return bean;
            }
            return StringUtils.hasText(beanType) ? StringUtils.uncapitalize(ClassUtils.getShortName(beanType)) : "";
        }
    }
}

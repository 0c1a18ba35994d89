/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.measure.Exclusion;
import io.heapgauge.analysis.report.Level;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a gauge was built with, checked; the fields are the builder's settings. */
record Settings(
        String name,
        @Nullable MeterRegistry meterRegistry,
        Tags meterTags,
        int topTypes,
        boolean discoverListeners,
        List<HeapReportListener> listeners,
        Map<String, RootSource> roots,
        Map<String, List<Exclusion>> exclusions,
        @Nullable String signal,
        Schedule schedule,
        Limits limits,
        Storage storage,
        Work work,
        EngineChoice engineChoice,
        @Nullable CaptureEngine engine,
        AnalysisPort analysis,
        Redactor redactor,
        Duration closeWait) {
    /** What captures by itself; null for what does not. */
    record Schedule(
            @Nullable Duration every,
            @Nullable Duration quickEvery,
            @Nullable ContinuousMode continuous,
            @Nullable MemoryPressure memoryPressure) {}

    /** What refuses a capture. */
    record Limits(Duration minimumInterval, int dailyLimit, Duration maximumPause, Duration quickMaximumPause) {}

    /** What lies on disk, and for how long. */
    record Storage(
            @Nullable Path directory,
            boolean allowKeep,
            boolean redactKept,
            Retention retention,
            long freeSpaceFloorBytes,
            int historySize) {
        /** Whether some dump that stays keeps its contents. */
        boolean keepsWhole() {
            return allowKeep && !redactKept;
        }
    }

    /** What an analysis does and may use. */
    record Work(
            int reportTypes,
            Level maxLevel,
            Level quickLevel,
            int snapshotProcesses,
            boolean hugePages,
            long scratchBudgetBytes,
            boolean scratchInDirectMemory,
            double cpuShare,
            AnalysisWatchdog.Limits watchdog,
            @Nullable ChildJvm childJvm) {
        private static final int TYPES_PER_ROOT = 20;

        int typesPerRoot() {
            return Math.min(TYPES_PER_ROOT, reportTypes);
        }
    }

    private static final int MOST_ROOT_NAME_CHARACTERS = 128;

    static IllegalArgumentException refused(String setting, Object value, String allowed) {
        return new IllegalArgumentException(setting + " '" + value + "' is not accepted: allowed is " + allowed);
    }

    static String matching(String setting, String value, Pattern pattern, String allowed) {
        Objects.requireNonNull(value, setting);
        if (!pattern.matcher(value).matches()) {
            throw refused(setting, value, allowed);
        }
        return value;
    }

    static Duration between(String setting, Duration value, Duration least, Duration most) {
        Objects.requireNonNull(value, setting);
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw refused(setting, value, least + " to " + most);
        }
        return value;
    }

    static long between(String setting, long value, long least, long most) {
        if (value < least || value > most) {
            throw refused(setting, value, most == Long.MAX_VALUE ? "at least " + least : least + " to " + most);
        }
        return value;
    }

    static void rootName(String value) {
        Objects.requireNonNull(value, "root name");
        if (value.isBlank()
                || value.length() > MOST_ROOT_NAME_CHARACTERS
                || value.chars().anyMatch(Character::isISOControl)) {
            throw refused(
                    "root",
                    value,
                    "a name that is not blank, of at most " + MOST_ROOT_NAME_CHARACTERS
                            + " characters, without control characters");
        }
    }

    static void knownRoot(String setting, String rootName, Collection<String> known) {
        if (!known.contains(rootName)) {
            throw refused(setting, rootName, "a root given to this builder, one of " + known);
        }
    }
}

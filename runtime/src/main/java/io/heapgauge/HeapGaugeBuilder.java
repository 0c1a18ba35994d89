/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.measure.Exclusion;
import io.heapgauge.analysis.measure.RootSpec;
import io.heapgauge.analysis.report.Level;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Options of a gauge; every one has a default. A value that cannot be used is refused at once by an
 * {@link IllegalArgumentException} that names the setting, the value and what is allowed. Not safe for use by several
 * threads.
 */
public final class HeapGaugeBuilder {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final long LEAST_SCRATCH_BYTES = 1 << 20;
    private static final int MOST_HISTORY = 1_000;
    private static final int MOST_METRIC_TYPES = 1_000;
    private static final int MOST_SNAPSHOT_PROCESSES = 64;
    private static final int MOST_REPORT_TYPES = 100_000;

    private String name = "default";
    private @Nullable MeterRegistry meterRegistry;
    private Tags meterTags = Tags.empty();
    private final Map<String, RootSource> roots = new LinkedHashMap<>();
    private final Map<String, List<Exclusion>> exclusions = new LinkedHashMap<>();
    private @Nullable Duration every;
    private @Nullable String signal;
    private @Nullable Duration quickEvery = Duration.ofMinutes(5);
    private @Nullable MemoryPressure memoryPressure;
    private @Nullable ContinuousMode continuous = ContinuousMode.DEFAULT;
    private Duration minimumInterval = Duration.ofSeconds(10);
    private int dailyLimit = 200;
    private Duration maximumPause = Duration.ofSeconds(30);
    private Duration quickMaximumPause = Duration.ofMillis(500);
    private @Nullable Path directory;
    private boolean allowKeep;
    private boolean redactKept = true;
    private Retention retention = Retention.DEFAULT;
    private long freeSpaceFloorBytes = 256L << 20;
    private int historySize = 50;
    private int topTypes = 20;
    private int reportTypes = 1_000;
    private Level maxLevel = Level.RETAINED;
    private Level quickLevel = Level.OWNED;
    private int snapshotProcesses = 1;
    private boolean hugePages;
    private long scratchBudgetBytes = 1L << 30;
    private boolean scratchInDirectMemory;
    private double cpuShare = 0.5;
    private Duration analysisTimeout = Duration.ofMinutes(30);
    private AnalysisWatchdog.@Nullable Limits watchdog;
    private @Nullable ChildJvm childJvm;
    private boolean discoverListeners = true;
    private final List<HeapReportListener> listeners = new ArrayList<>();
    private EngineChoice engineChoice = EngineChoice.QUIET;
    private @Nullable CaptureEngine engine;
    private Duration closeWait = Duration.ofSeconds(30);
    private @Nullable Redactor redactor;
    private AnalysisPort analysis = AnalysisPort.REAL;

    HeapGaugeBuilder() {}

    /**
     * The gauge's name, part of thread names and of the MXBean's object name. Default {@code default}.
     *
     * @param value 1 to 64 of the characters A-Z a-z 0-9 _ -
     * @return this
     * @throws IllegalArgumentException if it is anything else
     */
    public HeapGaugeBuilder name(String value) {
        name = Settings.matching("name", value, NAME, "1 to 64 of the characters A-Z a-z 0-9 _ -");
        return this;
    }

    /**
     * Where the metrics go. Default: nowhere. Two gauges that share a registry need different {@link #meterTags}.
     *
     * @param value the registry
     * @return this
     */
    public HeapGaugeBuilder meterRegistry(MeterRegistry value) {
        meterRegistry = Objects.requireNonNull(value, "meterRegistry");
        return this;
    }

    /**
     * Tags that every meter of this gauge carries. Default none.
     *
     * @param value the tags
     * @return this
     */
    public HeapGaugeBuilder meterTags(Tags value) {
        meterTags = Objects.requireNonNull(value, "meterTags");
        return this;
    }

    /**
     * Measures what an object owns. The object is held weakly, and found again in each capture.
     *
     * @param rootName the name in reports and metrics: not blank, at most 128 characters, no control characters
     * @param object the object
     * @return this
     * @throws IllegalArgumentException if the name is not accepted or taken
     */
    public HeapGaugeBuilder root(String rootName, Object object) {
        if (object instanceof RootSpec spec) {
            return root(rootName, spec);
        }
        return put(rootName, RootSource.weakly(Objects.requireNonNull(object, "object")));
    }

    /**
     * Measures what a static field, the instances of a class or a thread own.
     *
     * @param rootName the name in reports and metrics: not blank, at most 128 characters, no control characters
     * @param spec how the root is found in a capture
     * @return this
     * @throws IllegalArgumentException if the name is not accepted or taken
     */
    public HeapGaugeBuilder root(String rootName, RootSpec spec) {
        return put(rootName, new RootSource.Found(Objects.requireNonNull(spec, "spec")));
    }

    private HeapGaugeBuilder put(String rootName, RootSource source) {
        Settings.rootName(rootName);
        if (roots.containsKey(rootName)) {
            throw Settings.refused("root", rootName, "each root name once");
        }
        roots.put(rootName, source);
        return this;
    }

    /**
     * Names what a root's owned size leaves out; may be called several times.
     *
     * @param rootName name of a root given to this builder
     * @param values what its owned walk does not enter
     * @return this
     */
    public HeapGaugeBuilder exclude(String rootName, Exclusion... values) {
        Objects.requireNonNull(rootName, "rootName");
        exclusions.computeIfAbsent(rootName, any -> new ArrayList<>()).addAll(List.of(values));
        return this;
    }

    /**
     * Names what a root's owned size leaves out; may be called several times.
     *
     * @param rootName name of a root given to this builder
     * @param values {@code class:Name}, {@code package:name}, {@code field:Class#name} or {@code root:name}
     * @return this
     * @throws IllegalArgumentException if a value is none of these
     */
    public HeapGaugeBuilder exclude(String rootName, String... values) {
        return exclude(rootName, Arrays.stream(values).map(Exclusion::parse).toArray(Exclusion[]::new));
    }

    /**
     * Measures again and again, each time this long after the end of the time before and up to a tenth longer, so that not all
     * services of a fleet stand still at once. Where the fork engine is in use, in snapshots, see {@link #continuous}; else
     * every one is a full capture, which pauses the application for as long as its heap takes to be written. Default: only
     * when asked.
     *
     * @param value at least 1 second, not below {@link #minimumInterval}, at most 366 days
     * @return this
     * @throws IllegalArgumentException if it is shorter or longer
     */
    public HeapGaugeBuilder every(Duration value) {
        every = Settings.between("every", value, Duration.ofSeconds(1), LONGEST);
        return this;
    }

    /**
     * Counts objects by type again and again, without a file: quick mode. Where the fork engine is in use that is a snapshot
     * which measures the roots as well, unless {@link #every} asks for these already; else the VM's own class histogram, for
     * which the application stands still, usually well below a second per GiB. Where more than {@link #quickMaximumPause} is
     * expected it is left out. Each time this long after the time before and up to a tenth longer. Default 5 minutes.
     *
     * @param value 1 second to 366 days, or null for never
     * @return this
     * @throws IllegalArgumentException if it is shorter or longer
     */
    public HeapGaugeBuilder quickEvery(@Nullable Duration value) {
        quickEvery = value == null ? null : Settings.between("quickEvery", value, Duration.ofSeconds(1), LONGEST);
        return this;
    }

    /**
     * How the gauge measures by itself where the fork engine is in use: what {@link #every} and {@link #quickEvery} ask for is
     * then done in snapshots, with no dump. Default {@link ContinuousMode#DEFAULT}.
     *
     * @param value what it may spend; null to take full captures and counts at their intervals as without snapshots
     * @return this
     */
    public HeapGaugeBuilder continuous(@Nullable ContinuousMode value) {
        continuous = value;
        return this;
    }

    /**
     * Captures when the old generation stays full after collections. Default: never.
     *
     * @param value when, or null for never
     * @return this
     */
    public HeapGaugeBuilder memoryPressure(@Nullable MemoryPressure value) {
        memoryPressure = value;
        return this;
    }

    /**
     * Captures when the process receives this operating system signal; {@code USR1} is the usual choice. Default: none.
     *
     * @param value the signal's name without {@code SIG}
     * @return this
     * @throws IllegalArgumentException if there is no such signal, or the VM or the application's life depends on it
     */
    public HeapGaugeBuilder signal(String value) {
        signal = SignalNames.checked(value);
        return this;
    }

    /**
     * The least time between the end of a capture and the start of the next, whatever asks for it; what comes sooner is
     * refused. Default 10 seconds.
     *
     * @param value 0 to 366 days
     * @return this
     * @throws IllegalArgumentException if it is negative or longer
     */
    public HeapGaugeBuilder minimumInterval(Duration value) {
        minimumInterval = Settings.between("minimumInterval", value, Duration.ZERO, LONGEST);
        return this;
    }

    /**
     * Most captures within 24 hours, whatever asks for them; those of quick mode do not count. Default 200.
     *
     * @param value at least 1
     * @return this
     * @throws IllegalArgumentException if it is less
     */
    public HeapGaugeBuilder dailyLimit(int value) {
        dailyLimit = (int) Settings.between("dailyLimit", value, 1, Integer.MAX_VALUE);
        return this;
    }

    /**
     * The longest pause that a capture may be expected to take; where more is expected it is refused. What is expected is
     * learned from the captures of this host, per GiB of used heap; before there are any it is 5 seconds per GiB. Default 30
     * seconds, which a liveness probe should outlast.
     *
     * @param value 1 millisecond to 366 days
     * @return this
     * @throws IllegalArgumentException if it is shorter or longer
     */
    public HeapGaugeBuilder maximumPause(Duration value) {
        maximumPause = Settings.between("maximumPause", value, Duration.ofMillis(1), LONGEST);
        return this;
    }

    /**
     * The longest pause that quick mode may be expected to take when nobody asked for it; where more is expected it is left
     * out. Expected is what was learned, half a second per GiB before. Default 500 milliseconds.
     *
     * @param value 1 millisecond to 366 days
     * @return this
     * @throws IllegalArgumentException if it is shorter or longer
     */
    public HeapGaugeBuilder quickMaximumPause(Duration value) {
        quickMaximumPause = Settings.between("quickMaximumPause", value, Duration.ofMillis(1), LONGEST);
        return this;
    }

    /**
     * Where dumps and scratch files go. A missing directory is created for the owner alone; one that others may enter is
     * not used. Default {@code heapgauge-<user>} in the system's temporary directory.
     *
     * @param value the directory, this library's alone
     * @return this
     */
    public HeapGaugeBuilder directory(Path value) {
        directory = Objects.requireNonNull(value, "directory").toAbsolutePath().normalize();
        return this;
    }

    /**
     * Whether callers may have a dump kept after its analysis. A dump holds every secret of the process. Default no.
     *
     * @param value whether they may
     * @return this
     */
    public HeapGaugeBuilder allowKeep(boolean value) {
        allowKeep = value;
        return this;
    }

    /**
     * Whether a dump that stays is redacted first: its numbers and characters are zeroed, its structure stays, and with it
     * every size. Default yes.
     *
     * @param value whether it is
     * @return this
     */
    public HeapGaugeBuilder redactKept(boolean value) {
        redactKept = value;
        return this;
    }

    /**
     * How many kept dumps stay, and how long. Default {@link Retention#DEFAULT}.
     *
     * @param value the limits
     * @return this
     */
    public HeapGaugeBuilder retention(Retention value) {
        retention = Objects.requireNonNull(value, "retention");
        return this;
    }

    /**
     * Free bytes that a capture must leave on the file system of the directory; one that may not is refused. Default 256 MiB.
     *
     * @param bytes at least 0
     * @return this
     * @throws IllegalArgumentException if it is negative
     */
    public HeapGaugeBuilder freeSpaceFloor(long bytes) {
        freeSpaceFloorBytes = Settings.between("freeSpaceFloor", bytes, 0, Long.MAX_VALUE);
        return this;
    }

    /**
     * How many reports of the past are kept, of full captures and of quick mode each, to tell what grows. Where a
     * {@link #directory} was given they lie in it, survive a restart, and take some 100 KB each. Default 50.
     *
     * @param value 0 for none, to 1,000
     * @return this
     * @throws IllegalArgumentException if it is anything else
     */
    public HeapGaugeBuilder historySize(int value) {
        historySize = (int) Settings.between("historySize", value, 0, MOST_HISTORY);
        return this;
    }

    /**
     * How many of the largest types have a metric of their own; the rest is summed up as {@code other}. Default 20.
     *
     * @param value 1 to 1,000
     * @return this
     * @throws IllegalArgumentException if it is anything else
     */
    public HeapGaugeBuilder topTypes(int value) {
        topTypes = (int) Settings.between("topTypes", value, 1, MOST_METRIC_TYPES);
        return this;
    }

    /**
     * How many of the largest types have a row in the report. Default 1,000.
     *
     * @param value 1 to 100,000
     * @return this
     * @throws IllegalArgumentException if it is anything else
     */
    public HeapGaugeBuilder reportTypes(int value) {
        reportTypes = (int) Settings.between("reportTypes", value, 1, MOST_REPORT_TYPES);
        return this;
    }

    /**
     * How far an analysis goes at the most: the highest level up to this one that fits {@link #scratchBudget} runs, and the
     * report says which and why. A lower one costs less scratch and time. Default {@link Level#RETAINED}, the highest.
     *
     * @param value the level
     * @return this
     */
    public HeapGaugeBuilder maxLevel(Level value) {
        maxLevel = Objects.requireNonNull(value, "maxLevel");
        return this;
    }

    /**
     * How far quick mode goes where snapshots can be taken; elsewhere it counts objects by type. {@link Level#OWNED} measures
     * what the GC roots reach and what the configured roots reach and own; {@link Level#RETAINED} also what these retain, which
     * takes the snapshot's process another walk over the heap for each; {@link Level#TYPES} just counts. Default OWNED.
     *
     * @param value the highest level
     * @return this
     */
    public HeapGaugeBuilder quickLevel(Level value) {
        quickLevel = Objects.requireNonNull(value, "quickLevel");
        return this;
    }

    /**
     * How many processes share the work on a snapshot, each on a processor of its own: the roots, for which each has half as much
     * memory again for marks, or the objects of a dump, which with G1 they share by regions, and by generations otherwise.
     * Default 1.
     *
     * @param value 1 to 64
     * @return this
     * @throws IllegalArgumentException if it is less or more
     */
    public HeapGaugeBuilder snapshotProcesses(int value) {
        snapshotProcesses = (int) Settings.between("snapshotProcesses", value, 1, MOST_SNAPSHOT_PROCESSES);
        return this;
    }

    /**
     * Whether the used heap is put into huge pages between captures, a few at a time on the gauge's thread, so that a fork has less
     * to copy and its pause is a fraction. It ends by itself where the kernel is older than Linux 6.1 or where it takes long. Each
     * page takes the process a fraction of a millisecond to some milliseconds, once and after each snapshot for the pages that were written
     * to meanwhile; it does nothing where the fork engine is not in use. Default no.
     *
     * @param value whether
     * @return this
     */
    public HeapGaugeBuilder hugePages(boolean value) {
        hugePages = value;
        return this;
    }

    /**
     * Most bytes of scratch files an analysis may use; where a level of analysis needs more, a lower one runs and the
     * report says so. Default 1 GiB.
     *
     * @param bytes at least 1 MiB
     * @return this
     * @throws IllegalArgumentException if it is less
     */
    public HeapGaugeBuilder scratchBudget(long bytes) {
        scratchBudgetBytes = Settings.between("scratchBudget", bytes, LEAST_SCRATCH_BYTES, Long.MAX_VALUE);
        return this;
    }

    /**
     * Whether an analysis keeps its scratch in direct memory instead of files, for hosts without a disk to write to. It then
     * counts against {@code -XX:MaxDirectMemorySize}, which other libraries share, is no page cache that the system can take
     * back, and is free again only once the garbage collector has found its buffers. Default no.
     *
     * @param value whether it does
     * @return this
     */
    public HeapGaugeBuilder scratchInDirectMemory(boolean value) {
        scratchInDirectMemory = value;
        return this;
    }

    /**
     * The share of one processor that an analysis takes: it works a few milliseconds and rests in between. Default 0.5.
     *
     * @param value above 0, at most 1
     * @return this
     * @throws IllegalArgumentException if it is anything else
     */
    public HeapGaugeBuilder cpuShare(double value) {
        if (!(value > 0 && value <= 1)) {
            throw Settings.refused("cpuShare", value, "above 0, at most 1");
        }
        cpuShare = value;
        return this;
    }

    /**
     * The longest time an analysis may take before it is cancelled. Default 30 minutes.
     *
     * @param value 1 second to 366 days
     * @return this
     * @throws IllegalArgumentException if it is shorter or longer
     */
    public HeapGaugeBuilder analysisTimeout(Duration value) {
        analysisTimeout = Settings.between("analysisTimeout", value, Duration.ofSeconds(1), LONGEST);
        return this;
    }

    /**
     * Analyses in a JVM of its own, so that its memory and its processor time are not the host's. Default: in the host.
     *
     * @param value what the other JVM gets, or null for an analysis in the host
     * @return this
     */
    public HeapGaugeBuilder analyzeInChildJvm(@Nullable ChildJvm value) {
        childJvm = value;
        return this;
    }

    /**
     * Whether listeners on the class path are found by themselves, through the class loader of this library. Default yes.
     *
     * @param value whether they are
     * @return this
     */
    public HeapGaugeBuilder discoverListeners(boolean value) {
        discoverListeners = value;
        return this;
    }

    /**
     * Adds a listener; may be called several times.
     *
     * @param value hears what the gauge does
     * @return this
     */
    public HeapGaugeBuilder listener(HeapReportListener value) {
        listeners.add(Objects.requireNonNull(value, "listener"));
        return this;
    }

    /**
     * Which engine takes the heap. The fork engine pauses the application for milliseconds per GiB instead of seconds; it is for
     * Linux, JDK 17 to 25, and the collectors G1, Parallel and Serial. It loads a native library: since JDK 24 the VM warns of
     * that once unless {@code --enable-native-access=ALL-UNNAMED} is given. Default {@link EngineChoice#QUIET}.
     *
     * @param value the engine
     * @return this
     */
    public HeapGaugeBuilder engine(EngineChoice value) {
        engineChoice = Objects.requireNonNull(value, "engine");
        return this;
    }

    /** An engine of a test's own, in place of HotSpot's and the fork's. */
    HeapGaugeBuilder engine(CaptureEngine value) {
        engine = value;
        return this;
    }

    /** How long close() waits for a capture that cannot be stopped. */
    HeapGaugeBuilder closeWait(Duration value) {
        closeWait = value;
        return this;
    }

    HeapGaugeBuilder watchdog(AnalysisWatchdog.Limits value) {
        watchdog = value;
        return this;
    }

    HeapGaugeBuilder redactor(Redactor value) {
        redactor = value;
        return this;
    }

    HeapGaugeBuilder analysis(AnalysisPort value) {
        analysis = value;
        return this;
    }

    /**
     * Starts a gauge with these options. What the surroundings may spoil (a directory that cannot be used, a signal that
     * somebody else owns) is logged and does not stop the host from starting.
     *
     * @return a running gauge, to be closed
     * @throws IllegalArgumentException if two options contradict each other
     */
    public HeapGauge start() {
        if (every != null && every.compareTo(minimumInterval) < 0) {
            throw Settings.refused("every", every, "at least minimumInterval, which is " + minimumInterval);
        }
        exclusions.forEach((rootName, values) -> {
            Settings.knownRoot("exclude", rootName, roots.keySet());
            for (Exclusion value : values) {
                if (value instanceof Exclusion.OfRoot other) {
                    Settings.knownRoot("exclude " + value, other.rootName(), roots.keySet());
                }
            }
        });
        return HeapGauge.start(new Settings(
                name,
                meterRegistry,
                meterTags,
                topTypes,
                discoverListeners,
                List.copyOf(listeners),
                new LinkedHashMap<>(roots),
                new LinkedHashMap<>(exclusions),
                signal,
                new Settings.Schedule(every, quickEvery, continuous, memoryPressure),
                new Settings.Limits(minimumInterval, dailyLimit, maximumPause, quickMaximumPause),
                new Settings.Storage(directory, allowKeep, redactKept, retention, freeSpaceFloorBytes, historySize),
                new Settings.Work(
                        reportTypes,
                        maxLevel,
                        quickLevel,
                        snapshotProcesses,
                        hugePages,
                        scratchBudgetBytes,
                        scratchInDirectMemory,
                        cpuShare,
                        watchdog != null ? watchdog : AnalysisWatchdog.Limits.of(analysisTimeout),
                        childJvm),
                engineChoice,
                engine,
                analysis,
                redactor != null ? redactor : new BackgroundRedactor(name, cpuShare),
                closeWait));
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.report.AnalysisFacts;
import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.CaptureProduct;
import io.heapgauge.analysis.report.Growth;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.HeapTotals;
import io.heapgauge.analysis.report.PauseSource;
import io.heapgauge.analysis.report.RootSummary;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.report.Trend;
import io.heapgauge.analysis.report.Trigger;
import io.heapgauge.analysis.report.TypeSummary;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The meters of one gauge in one registry. Not safe for use by several threads, save for reading the meters. */
final class GaugeMeters {
    private static final System.Logger LOG = System.getLogger(GaugeMeters.class.getName());
    private static final String OTHER = "other";
    private static final String AGE = "heapgauge.report.age";
    private static final int MOST_TAG_CHARACTERS = 200;

    private final MeterRegistry registry;
    private final Tags tags;
    private final int topTypes;
    private final MultiGauge typeSize;
    private final MultiGauge typeObjects;
    private final MultiGauge heapSize;
    private final MultiGauge heapObjects;
    private final MultiGauge rootReachable;
    private final MultiGauge rootOwned;
    private final MultiGauge rootRetained;
    private final MultiGauge rootObjects;
    private final MultiGauge typeGrowth;
    private final MultiGauge rootGrowth;
    private final Map<CaptureMode, Timer> capture = new EnumMap<>(CaptureMode.class);
    private final Map<String, Timer> pause = new ConcurrentHashMap<>();
    private final Timer analysis;
    private final Set<Meter> single = new HashSet<>();
    private volatile @Nullable Instant reportedHeapAt;

    GaugeMeters(MeterRegistry registry, Tags tags, int topTypes) {
        this.registry = registry;
        this.tags = tags;
        this.topTypes = topTypes;
        if (registry.find(AGE).tags(tags).meter() != null) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "two gauges write the same meters: set HeapGaugeBuilder.meterTags to tell them apart");
        }
        typeSize = bytes("heapgauge.type.size", "Shallow size of all objects of a type in the last heap capture");
        typeObjects = objects("heapgauge.type.objects", "Objects of a type in the last heap capture");
        heapSize = bytes("heapgauge.heap.size", "Shallow size of all objects by how the GC roots reach them");
        heapObjects = objects("heapgauge.heap.objects", "All objects by how the GC roots reach them");
        rootReachable = bytes("heapgauge.root.reachable", "What a configured root reaches, shared objects included");
        rootOwned = bytes("heapgauge.root.owned", "What a configured root reaches outside other roots and exclusions");
        rootRetained =
                bytes("heapgauge.root.retained", "What the GC roots would no longer reach without a configured root");
        rootObjects = objects("heapgauge.root.objects", "Objects that a configured root reaches, owns or retains");
        typeGrowth = rows("heapgauge.type.growth", "By how much the types that grow most grow", "bytes per hour");
        rootGrowth = rows("heapgauge.root.growth", "By how much what a configured root owns grows", "bytes per hour");
        for (CaptureMode mode : CaptureMode.values()) {
            Tags byMode = tags.and("mode", mode.id());
            capture.put(mode, timer("heapgauge.capture", byMode, "Time to take a heap capture"));
        }
        pauseOf(CaptureMode.FULL, HotspotEngine.NAME);
        pauseOf(CaptureMode.FULL, ForkEngine.NAME);
        pauseOf(CaptureMode.QUICK, CaptureFacts.HISTOGRAM);
        pauseOf(CaptureMode.QUICK, CaptureFacts.FORK_HISTOGRAM);
        analysis = timer("heapgauge.analysis", tags, "Time to analyse a heap capture in the background");
        single.add(Gauge.builder(AGE, this, GaugeMeters::ageSeconds)
                .tags(tags)
                .description("Time since the heap of the last report was captured")
                .baseUnit("seconds")
                .strongReference(true)
                .register(registry));
    }

    /** How the gauge measures by itself, as long as it does. */
    void continuous(Supplier<Optional<ContinuousState>> state) {
        single.add(Gauge.builder(
                        "heapgauge.continuous.interval",
                        () -> continuous(state, now -> now.interval().toMillis() / 1_000.0))
                .tags(tags)
                .description("Time between two measurements that the gauge takes by itself")
                .baseUnit("seconds")
                .register(registry));
        share("heapgauge.continuous.paused", "Share of the time that the application stands still for them", () -> {
            return continuous(state, ContinuousState::pausedShare);
        });
        share("heapgauge.continuous.copied", "Share of one processor that copies pages for them, at the most", () -> {
            return continuous(state, ContinuousState::copiedShare);
        });
    }

    private void share(String name, String description, Supplier<Number> share) {
        single.add(Gauge.builder(name, share)
                .tags(tags)
                .description(description)
                .strongReference(true)
                .register(registry));
    }

    private static double continuous(
            Supplier<Optional<ContinuousState>> state, ToDoubleFunction<ContinuousState> part) {
        return state.get().map(part::applyAsDouble).orElse(Double.NaN);
    }

    private Timer pauseOf(CaptureMode mode, String engine) {
        return pause.computeIfAbsent(
                engine,
                any -> timer(
                        "heapgauge.capture.pause",
                        tags.and("mode", mode.id(), "engine", engine),
                        "How long the application stood still for a heap capture"));
    }

    private MultiGauge bytes(String name, String description) {
        return rows(name, description, BaseUnits.BYTES);
    }

    private MultiGauge objects(String name, String description) {
        return rows(name, description, BaseUnits.OBJECTS);
    }

    private MultiGauge rows(String name, String description, String unit) {
        return MultiGauge.builder(name)
                .tags(tags)
                .description(description)
                .baseUnit(unit)
                .register(registry);
    }

    private Timer timer(String name, Tags timerTags, String description) {
        Timer timer =
                Timer.builder(name).tags(timerTags).description(description).register(registry);
        single.add(timer);
        return timer;
    }

    private double ageSeconds() {
        Instant at = reportedHeapAt;
        return at == null
                ? Double.NaN
                : Math.max(0, Duration.between(at, Instant.now()).toMillis() / 1_000.0);
    }

    void captured(CaptureFacts facts) {
        CaptureMode mode = CaptureMode.of(facts);
        if (facts.captureNanos() > 0) { // what a dead VM left was not taken here
            capture.get(mode).record(Duration.ofNanos(facts.captureNanos()));
        }
        if (facts.pauseSource() != PauseSource.UNKNOWN) {
            pauseOf(mode, facts.engine()).record(Duration.ofNanos(facts.pauseNanos()));
        }
    }

    void analyzed(AnalysisFacts facts) {
        analysis.record(Duration.ofNanos(facts.analysisNanos()));
    }

    void count(Trigger trigger, CaptureMode mode, CaptureOutcome outcome) {
        Counter counter = Counter.builder("heapgauge.captures")
                .tags(tags.and("trigger", trigger.id(), "mode", mode.id(), "outcome", outcome.id()))
                .description("Wishes for a heap capture by what asked, how much it wanted and how it ended")
                .baseUnit("captures")
                .register(registry);
        single.add(counter);
        counter.increment();
    }

    /** Replaces rows; those of types and roots that are gone disappear. A count by type leaves all others as they are. */
    void report(HeapReport report) {
        reportedHeapAt = report.capture().startedAt();
        types(report);
        if (report.capture().product() != CaptureProduct.TYPES) {
            heap(report.totals());
            roots(report.roots());
            growth(report.growth());
        }
    }

    private void types(HeapReport report) {
        Map<String, Size> sizes = new LinkedHashMap<>();
        for (TypeSummary type : report.topTypes(topTypes)) {
            sizes.merge(tagValue(type.type()), new Size(type.objects(), type.bytes()), GaugeMeters::sum);
        }
        sizes.merge(OTHER, report.otherThanTop(topTypes), GaugeMeters::sum); // a class may be called so
        put(typeSize, typeObjects, "type", sizes);
    }

    /** Names of classes have no bound; stores of metrics have. */
    private static String tagValue(String type) {
        return type.length() <= MOST_TAG_CHARACTERS ? type : type.substring(0, MOST_TAG_CHARACTERS - 1) + "…";
    }

    private static Size sum(Size one, Size other) {
        return new Size(one.objects() + other.objects(), one.bytes() + other.bytes());
    }

    private void heap(HeapTotals totals) {
        Map<String, Size> sizes = new LinkedHashMap<>();
        putKnown(sizes, "reachable", totals.reachable());
        putKnown(sizes, "weakly_held", totals.weaklyHeld());
        putKnown(sizes, "not_reached", totals.notReached());
        put(heapSize, heapObjects, "state", sizes);
    }

    private static void putKnown(Map<String, Size> sizes, String state, @Nullable Size size) {
        if (size != null) {
            sizes.put(state, size);
        }
    }

    private static void put(MultiGauge bytes, MultiGauge objects, String tag, Map<String, Size> sizes) {
        List<MultiGauge.Row<?>> byteRows = new ArrayList<>();
        List<MultiGauge.Row<?>> objectRows = new ArrayList<>();
        sizes.forEach((value, size) -> {
            byteRows.add(MultiGauge.Row.of(Tags.of(tag, value), size.bytes()));
            objectRows.add(MultiGauge.Row.of(Tags.of(tag, value), size.objects()));
        });
        replace(bytes, byteRows);
        replace(objects, objectRows);
    }

    private void roots(List<RootSummary> roots) {
        List<MultiGauge.Row<?>> reachable = new ArrayList<>();
        List<MultiGauge.Row<?>> owned = new ArrayList<>();
        List<MultiGauge.Row<?>> retained = new ArrayList<>();
        List<MultiGauge.Row<?>> objects = new ArrayList<>();
        for (RootSummary root : roots) {
            Tags name = Tags.of("root", root.name());
            if (root.reachable() != null) {
                reachable.add(MultiGauge.Row.of(name, root.reachable().total().bytes()));
                objects.add(MultiGauge.Row.of(
                        name.and("measure", "reachable"),
                        root.reachable().total().objects()));
            }
            if (root.owned() != null) {
                owned.add(MultiGauge.Row.of(name, root.owned().total().bytes()));
                objects.add(MultiGauge.Row.of(
                        name.and("measure", "owned"), root.owned().total().objects()));
            }
            if (root.retained() != null) {
                retained.add(MultiGauge.Row.of(name, root.retained().bytes()));
                objects.add(MultiGauge.Row.of(
                        name.and("measure", "retained"), root.retained().objects()));
            }
        }
        replace(rootReachable, reachable);
        replace(rootOwned, owned);
        replace(rootRetained, retained);
        replace(rootObjects, objects);
    }

    private void growth(@Nullable Growth growth) {
        List<Trend> types = growth == null ? List.of() : growth.types();
        replace(typeGrowth, trends("type", types.subList(0, Math.min(topTypes, types.size()))));
        replace(rootGrowth, trends("root", growth == null ? List.of() : growth.roots()));
    }

    private static List<MultiGauge.Row<?>> trends(String tag, List<Trend> trends) {
        Map<String, Long> perHour = new LinkedHashMap<>();
        trends.forEach(trend -> perHour.merge(tagValue(trend.name()), trend.bytesPerHour(), Long::sum));
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        perHour.forEach((name, bytes) -> rows.add(MultiGauge.Row.of(Tags.of(tag, name), bytes)));
        return rows;
    }

    /** Without the overwrite a row that stays would keep its old value. */
    private static void replace(MultiGauge gauge, List<MultiGauge.Row<?>> rows) {
        gauge.register(rows, true);
    }

    /** Takes every meter out of the registry. */
    void remove() {
        for (MultiGauge gauge : List.of(
                typeSize,
                typeObjects,
                heapSize,
                heapObjects,
                rootReachable,
                rootOwned,
                rootRetained,
                rootObjects,
                typeGrowth,
                rootGrowth)) {
            replace(gauge, List.of());
        }
        single.forEach(registry::remove);
        single.clear();
    }
}

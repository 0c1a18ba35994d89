/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.heapgauge.ParityRoots;
import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.HeapAnalyzer;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.hprof.HprofHeader;
import io.heapgauge.analysis.hprof.HprofScanner;
import io.heapgauge.analysis.hprof.Ids;
import io.heapgauge.analysis.hprof.RootKind;
import io.heapgauge.analysis.measure.GcReachability;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.redact.HprofRedactor;
import io.heapgauge.analysis.redact.RedactionRules;
import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.JvmFacts;
import io.heapgauge.analysis.report.Level;
import io.heapgauge.analysis.report.PauseSource;
import io.heapgauge.analysis.report.RetainedObject;
import io.heapgauge.analysis.report.RootState;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.report.Trigger;
import io.heapgauge.analysis.report.TypeSummary;
import io.heapgauge.analysis.snapshot.MeasuresMessage;
import io.heapgauge.analysis.source.HprofSource;
import io.heapgauge.analysis.store.Scratch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The dump of the fork engine says what HotSpot's own dump of the same quiet heap says: the same classes, objects, contents and
 * roots, and the same retained sizes, under every supported collector and object layout of the running JDK; with {@code -Psoak} of every JDK.
 */
class ForkParityIT {
    private static final long OBJECTS = Long.getLong("heapgauge.parity.objects", 400_000);
    private static final long SEED = 11;
    private static final int TOP = 200;
    private static final int MOST_TYPES = 100_000;
    private static final int LEAST_MEASURED = 13;

    /** Objects of one type that come and go between a snapshot and the VM's count. */
    private static final long OWN_OBJECTS = 60;

    /** What the program itself makes between the two dumps. */
    private static final long LATER_OBJECTS = 5_000;

    /** Where a heap that is small has references with a shift, and with a base as well. */
    private static final String SHIFTED = "-XX:HeapBaseMinAddress=8g";

    private static final String BASED = "-XX:HeapBaseMinAddress=40g";

    /** Of a snapshot about which nothing else is known. */
    static final CaptureFacts FACTS = new CaptureFacts(
            "parity", "fork", Trigger.CLI, null, Instant.EPOCH, 0, 0, PauseSource.UNKNOWN, 0, null, JvmFacts.UNKNOWN);

    /** Room for all that the dumps allocate: no collection comes between them. */
    private static final String YOUNG = "-Xmn500m";

    /** Types with instances of different sizes. */
    private static final Set<String> VARIABLE = Set.of("java.lang.Class", "jdk.internal.vm.StackChunk");
    /** At least so many others have instances. */
    private static final int TYPES = 200;

    private static final String FILLER = "primitive array of type 10";

    /** Locals of the thread that takes the dumps. */
    private static final long LATER_ROOTS = 10;

    private static final int LATER_CLASSES = 10;

    /** Counters, clocks, locks and buffers of running threads. */
    private static final long CHANGED_OBJECTS = 150;

    /** A few objects of the JVM's own. */
    private static final long LATER_BYTES = 256;

    private static final List<String> ROWS = new ArrayList<>();

    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("runs")
    void both_engines_write_the_same_heap(Jdk jdk, String flags) throws Exception {
        capture(jdk, flags);
        Path done = directory.resolve("done");
        DumpContents fork = DumpContents.read(done.resolve("fork.hprof"));
        DumpContents hotspot = DumpContents.read(done.resolve("hotspot.hprof"));
        DumpDifferences differences = DumpDifferences.of(fork, hotspot);
        ROWS.add(String.format(
                Locale.ROOT,
                "| %s | `%s` | %d / %d | %d | %s | %s | %d: %s | %s |%n",
                jdk,
                flags,
                fork.classes.size(),
                hotspot.classes.size(),
                differences.same(),
                differences.changed(),
                differences.missing(),
                differences.later().size(),
                differences.later().keySet().stream().limit(3).toList(),
                roots(fork, hotspot)));
        assertThat(hotspot.classes.keySet()).containsAll(fork.classes.keySet());
        assertThat(hotspot.classes.size() - fork.classes.size()).isLessThan(LATER_CLASSES);
        assertThat(differences.same()).isGreaterThan(OBJECTS);
        // HotSpot leaves out class objects of its archive whose classes are not loaded; otherwise only what is dead: an
        // array that fills the unused end of an allocation buffer for now, or what the marking of G1 has found dead
        Set<Long> lacking = differences.missingIds().stream()
                .filter(id -> !fork.nameOf(fork.classOf.get(id)).equals("java/lang/Class"))
                .collect(Collectors.toSet());
        assertThat(reached(done.resolve("fork.hprof"), lacking)).isEmpty();
        assertThat(differences.later().keySet()).noneMatch(type -> type.contains("HeapMaker"));
        assertThat(sum(differences.later())).isLessThan(LATER_OBJECTS);
        assertThat(differences.changed().keySet()).noneMatch(type -> type.contains("HeapMaker"));
        assertThat(sum(differences.changed())).isLessThan(CHANGED_OBJECTS);
        assertThat(differences.changedStatics()).isLessThan(CHANGED_OBJECTS);
        assertThat(missingRoots(fork, hotspot)).isLessThan(LATER_ROOTS);
        assertThat(fork.rootsWithFrame).isPositive();
        compareRetained(done, fork);
        compareStructure(done);
        compareIds(done, flags);
        compareSizes(done);
        compareTypes(done);
        compareMeasures(done);
        openElsewhere(done.resolve("fork.hprof"));
    }

    /** A dump from which the child left contents out is the one from which redaction takes them later. */
    private void compareStructure(Path done) throws Exception {
        Path redacted = directory.resolve("redacted.hprof");
        HprofRedactor.redact(done.resolve("fork.hprof"), redacted, RedactionRules.standard(), Monitor.NONE);
        assertAlike(DumpContents.read(redacted), DumpContents.read(done.resolve("structure.hprof")));
        Path readOnce = done.resolve("read-once.hprof");
        assertAlike(DumpContents.readWithoutZeros(redacted), DumpContents.readWithoutZeros(readOnce));
    }

    private static void assertAlike(DumpContents whole, DumpContents structure) {
        DumpDifferences differences = DumpDifferences.of(whole, structure);
        assertThat(differences.same()).isGreaterThan(OBJECTS);
        assertThat(differences.missing().keySet()).isSubsetOf(FILLER);
        assertThat(differences.changed().keySet()).noneMatch(type -> type.contains("HeapMaker"));
        assertThat(sum(differences.changed())).isLessThan(CHANGED_OBJECTS);
        assertThat(differences.changedStatics()).isLessThan(CHANGED_OBJECTS);
    }

    /** Fields that a brief dump leaves out do not make objects smaller. */
    private void compareSizes(Path done) throws Exception {
        Map<String, Long> whole = bytesOfEach(done.resolve("structure.hprof"));
        Map<String, Long> brief = bytesOfEach(done.resolve("read-once.hprof"));
        whole.keySet().retainAll(brief.keySet());
        brief.keySet().retainAll(whole.keySet());
        assertThat(brief).hasSizeGreaterThan(TYPES).isEqualTo(whole);
    }

    /** Name of a type that is no array → shallow size of one instance. */
    private Map<String, Long> bytesOfEach(Path dump) throws Exception {
        AnalysisRequest request = AnalysisRequest.builder()
                .maxTypes(MOST_TYPES)
                .scratchDirectory(directory)
                .build();
        return HeapAnalyzer.analyze(dump, FACTS, request).types().stream()
                .filter(type -> !type.type().endsWith("[]") && !VARIABLE.contains(type.type()))
                .collect(Collectors.toMap(
                        TypeSummary::type, type -> type.bytes() / type.objects(), Math::max, TreeMap::new));
    }

    /** Brief, with short ids where references are compressed, is only what is read once. */
    private static void compareIds(Path done, String flags) throws Exception {
        HprofHeader structure = HprofScanner.header(done.resolve("structure.hprof"));
        assertThat(structure.ids()).isEqualTo(Ids.of(8));
        assertThat(structure.brief()).isFalse();
        HprofHeader readOnce = HprofScanner.header(done.resolve("read-once.hprof"));
        assertThat(readOnce.brief()).isTrue();
        Ids ids = readOnce.ids();
        assertThat(ids.bytes()).isEqualTo(flags.contains("-XX:-UseCompressedOops") ? 8 : 4);
        assertThat(ids.shift() > 0).isEqualTo(flags.contains(SHIFTED) || flags.contains(BASED));
        assertThat(ids.base() != 0).isEqualTo(flags.contains(BASED));
    }

    @AfterAll
    static void tellTheFigures() throws Exception {
        String head =
                "| JVM | flags | classes, fork / HotSpot | objects per class off | objects compared | types of those"
                        + " that differ | classes whose statics differ | roots by kind, fork / HotSpot |\n|---|---|---|---|---|---|---|---|\n";
        Files.writeString(Path.of("target", "fork-parity.md"), head + String.join("", ROWS));
    }

    private void capture(Jdk jdk, String flags) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(flags.split(" ")));
        arguments.addAll(List.of("-Xms1g", "-Xmx1g", YOUNG, "-cp", System.getProperty("java.class.path")));
        arguments.addAll(List.of("io.heapgauge.ForkParityProgram", directory.toString()));
        arguments.addAll(List.of(Long.toString(OBJECTS), Long.toString(SEED)));
        try (ForkedJvm jvm = ForkedJvm.start(jdk, directory, arguments)) {
            assertThat(jvm.awaitExit(Duration.ofMinutes(4))).as(jvm.output()).isZero();
            assertThat(jvm.output()).contains("done");
        }
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Those that the GC roots reach. */
    private List<String> reached(Path dump, Set<Long> objects) throws Exception {
        HprofSource source = HprofSource.open(dump, HprofSource.Options.DEFAULT, Monitor.NONE);
        try (Scratch scratch = Scratch.mapped(directory, RetainedSizes.SCRATCH_BYTES)) {
            HeapGraph graph = HeapGraph.build(source, RetainedSizes.NO_RULES, scratch, Monitor.NONE);
            GcReachability reachability = GcReachability.of(graph, scratch, Monitor.NONE);
            return objects.stream()
                    .map(graph::ordinalOf)
                    .filter(reachability::isReached)
                    .map(graph::displayName)
                    .toList();
        }
    }

    /** Roots of HotSpot's dump, present in the fork's as objects, that are none there. */
    private static long missingRoots(DumpContents fork, DumpContents hotspot) {
        Set<Long> ours = fork.roots.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        return hotspot.roots.entrySet().stream()
                .flatMap(kind -> kind.getValue().stream())
                .filter(id -> fork.contents.containsKey((long) id) || fork.classes.containsKey(id))
                .filter(id -> !ours.contains(id))
                .count();
    }

    private static String roots(DumpContents fork, DumpContents hotspot) {
        Set<RootKind> kinds = new TreeSet<>(fork.roots.keySet());
        kinds.addAll(hotspot.roots.keySet());
        return kinds.stream()
                .map(kind ->
                        kind + " " + fork.roots.getOrDefault(kind, Set.of()).size() + " / "
                                + hotspot.roots.getOrDefault(kind, Set.of()).size())
                .collect(Collectors.joining(", "));
    }

    private void compareRetained(Path done, DumpContents fork) throws Exception {
        RetainedSizes hotspots = retained(done.resolve("hotspot.hprof"), List.of());
        List<Long> asked = hotspots.largest().stream()
                .map(RetainedObject::id)
                .filter(fork.contents::containsKey)
                .toList();
        RetainedSizes ours = retained(done.resolve("fork.hprof"), asked);
        List<String> off = new ArrayList<>();
        for (long id : asked) {
            long difference = ours.bytes().get(id) - hotspots.bytes().get(id);
            if (difference != 0) {
                // what class objects refer to by their own fields is not in HotSpot's dumps, so ours may be larger;
                // smaller
                // only by what the JVM itself has made between the two dumps, of which HotSpot's is the later
                assertThat(difference)
                        .as("%s@%x", fork.nameOf(fork.classOf.get(id)), id)
                        .isBetween(-LATER_BYTES, Math.max(4096, hotspots.bytes().get(id) / 1000));
                off.add(fork.nameOf(fork.classOf.get(id)) + " "
                        + hotspots.bytes().get(id) + " " + difference);
            }
        }
        assertThat(asked).hasSizeGreaterThan(TOP / 2);
        assertThat(off.stream().filter(text -> text.contains("HeapMaker"))).isEmpty();
        assertThat(off).hasSizeLessThan(10);
    }

    private RetainedSizes retained(Path dump, List<Long> asked) throws Exception {
        HprofSource source = HprofSource.open(dump, HprofSource.Options.DEFAULT, Monitor.NONE);
        return RetainedSizes.read(source, directory, TOP, asked);
    }

    /** The counts of a snapshot lie between those of the VM before and after. */
    private void compareTypes(Path done) throws Exception {
        VmHistogram before = VmHistogram.parse(Files.readString(done.resolve("before.txt")));
        VmHistogram after = VmHistogram.parse(Files.readString(done.resolve("after.txt")));
        io.heapgauge.analysis.source.VmHistogram types = MeasuresMessage.parse(
                        Files.readAllBytes(done.resolve("types.bin")))
                .types();
        Map<String, long[]> counted = new TreeMap<>();
        for (HeapType type : types.types()) {
            String name = type.name().equals(VmHistogram.FILLER_ARRAY) ? "int[]" : VmHistogram.canonical(type.name());
            long[] sum = counted.computeIfAbsent(name, any -> new long[2]);
            sum[0] += types.tally().objects()[type.index()];
            sum[1] += types.tally().bytes()[type.index()];
        }
        for (String type : before.largest(TOP)) {
            long[] ours = counted.getOrDefault(type, new long[2]);
            long least = Math.min(before.of(type).objects(), after.of(type).objects());
            long most = Math.max(before.of(type).objects(), after.of(type).objects());
            assertThat(ours[0]).as(type).isBetween(least - OWN_OBJECTS, most + OWN_OBJECTS);
        }
    }

    /** What the process that wrote the dump measured is what the analysis of the dump says, to the byte. */
    private void compareMeasures(Path done) throws Exception {
        AnalysisRequest request = AnalysisRequest.builder()
                .roots(ParityRoots.definitions())
                .maxTypes(MOST_TYPES)
                .maxRootTypes(MOST_TYPES)
                .scratchDirectory(directory)
                .build();
        HeapReport analysed = HeapAnalyzer.analyze(done.resolve("fork.hprof"), FACTS, request);
        HeapReport measured = HeapAnalyzer.ofSnapshot(Files.readAllBytes(done.resolve("measures.bin")), FACTS, request);
        assertThat(measured.totals().reachable()).isEqualTo(analysed.totals().reachable());
        assertThat(measured.totals().weaklyHeld()).isEqualTo(analysed.totals().weaklyHeld());
        assertThat(measured.totals().weaklyHeld().objects()).isPositive();
        assertThat(measured.analysis().level()).isEqualTo(Level.RETAINED);
        for (int i = 0; i < measured.roots().size(); i++) {
            assertThat(measured.roots().get(i)).isEqualTo(analysed.roots().get(i));
        }
        assertThat(measured.roots().stream().filter(root -> root.state() == RootState.MEASURED))
                .hasSizeGreaterThanOrEqualTo(LEAST_MEASURED)
                .allMatch(root -> root.retained() != null);
        assertThat(reached(measured)).isEqualTo(reached(analysed));
    }

    private static Map<String, Size> reached(HeapReport report) {
        return report.types().stream()
                .filter(type -> type.reachable().objects() > 0)
                .collect(Collectors.toMap(TypeSummary::type, TypeSummary::reachable));
    }

    private static void openElsewhere(Path dump) throws Exception {
        NetBeansHeap elsewhere = NetBeansHeap.open(dump);
        Set<Long> largest = elsewhere.largest(20);
        assertThat(largest).hasSize(20);
        assertThat(largest.stream().filter(id -> elsewhere.foundBy(id) != 0)).isNotEmpty();
    }

    private static Stream<Arguments> runs() {
        int jdks = Boolean.getBoolean("heapgauge.soak") ? Integer.MAX_VALUE : 1;
        return Jdk.all().stream().limit(jdks).flatMap(jdk -> flags(jdk).map(flags -> Arguments.of(jdk, flags)));
    }

    private static Stream<String> flags(Jdk jdk) {
        Stream<String> everywhere = Stream.of(
                "-XX:+UseG1GC",
                "-XX:+UseParallelGC " + BASED,
                "-XX:+UseSerialGC " + SHIFTED,
                "-XX:+UseG1GC -XX:-UseCompressedOops",
                "-XX:+UseParallelGC -XX:-UseCompressedOops",
                "-XX:+UseSerialGC -XX:-UseCompressedOops -XX:-UseCompressedClassPointers",
                "-XX:+UseG1GC -XX:-UseCompressedClassPointers",
                "-XX:+UseParallelGC -XX:ObjectAlignmentInBytes=16");
        Stream<String> compact = Stream.of(
                "-XX:+UseG1GC -XX:+UseCompactObjectHeaders",
                "-XX:+UseSerialGC -XX:+UseCompactObjectHeaders",
                "-XX:+UseParallelGC -XX:+UseCompactObjectHeaders -XX:-UseCompressedOops");
        return jdk.feature() >= 25 ? Stream.concat(everywhere, compact) : everywhere;
    }
}

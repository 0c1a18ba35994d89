/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.mutation;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.HeapAnalyzer;
import io.heapgauge.analysis.HeapInspector;
import io.heapgauge.analysis.fixture.FixtureFacts;
import io.heapgauge.analysis.fixture.FixtureHeap;
import io.heapgauge.analysis.hprof.HprofException;
import io.heapgauge.analysis.layout.VmModel;
import io.heapgauge.analysis.measure.RootDefinition;
import io.heapgauge.analysis.measure.RootSpec;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.oracle.RandomHeap;
import io.heapgauge.analysis.redact.HprofRedactor;
import io.heapgauge.analysis.redact.RedactionRules;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.InspectionText;
import io.heapgauge.analysis.report.ReportText;
import io.heapgauge.analysis.report.WasteText;
import io.heapgauge.analysis.store.ScratchBudgetException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Analyses mutated dumps one by one and prints what became of them. For a small JVM of its own; a program so that one seed
 * can be run again.
 */
final class MutatedDumps {
    private static final int FIXTURES = 40;
    /** Fixtures that have collections. */
    private static final int CROWDED = 12;
    /** One dump in so many is looked into for duplicates, one for collections, and one for owners of parts or for paths. */
    private static final int CONTENTS_ONE_IN = 3;
    /** Ids all over the address space end at this. */
    private static final long CONTENTS_SCRATCH_BYTES = 64 << 20;

    /** One dump in so many is redacted as well. */
    private static final int REDACTED_ONE_IN = 3;

    /** One mutation in so many is of a real dump, which takes longer. */
    private static final int REAL_ONE_IN = 20;

    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int HANGS = 3;

    private record Sound(byte[] bytes, DumpPlaces places, List<RootDefinition> roots) {}

    private final Path directory;
    private final List<Sound> fixtures = new ArrayList<>();
    private final Sound real;
    private int reports;
    private int refused;
    private int failed;
    private int contents;
    private int tooLarge;
    private int redacted;
    private int notRedacted;
    private volatile String current = "nothing yet";
    private volatile long startedNanos;

    private MutatedDumps(Path directory) throws IOException {
        this.directory = directory;
        Path file = directory.resolve("sound.hprof");
        for (int seed = 0; seed < FIXTURES; seed++) {
            RandomHeap random = new RandomHeap(seed);
            if (seed % 3 == 0) {
                random.heap.segmentBytes(400);
            }
            if (seed % 10 == 9) {
                random.heap.oldFormat();
            }
            List<RootDefinition> roots = new ArrayList<>(random.roots);
            roots.addAll(someRoots());
            fixtures.add(sound(random.heap.write(file), roots));
        }
        FixtureHeap narrow = new FixtureHeap(4, VmModel.DEFAULT);
        narrow.thread("narrow");
        narrow.root(
                io.heapgauge.analysis.fixture.RootKind.UNKNOWN, narrow.weakReference(narrow.string("ids of 4 bytes")));
        narrow.objectArray("java.lang.String[]", narrow.string("a"), narrow.string("b"));
        fixtures.add(sound(narrow.write(file), someRoots()));
        for (int i = 0; i < CROWDED; i++) {
            fixtures.add(sound(CrowdedHeap.of(i % 4 == 3 ? 4 : 8).write(file), someRoots()));
        }
        Files.delete(file);
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file.toString(), true);
        real = sound(file, someRoots());
        Files.delete(file);
    }

    private static List<RootDefinition> someRoots() {
        return Stream.of("thread:main", "registered:nothing", "class:java.lang.String", "static:java.lang.System#out")
                .map(spec -> new RootDefinition(spec, RootSpec.parse(spec), List.of()))
                .toList();
    }

    private static Sound sound(Path file, List<RootDefinition> roots) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        return new Sound(bytes, DumpPlaces.of(file, bytes), roots);
    }

    /** Arguments: a directory, the first seed, the number of seeds. */
    public static void main(String[] args) throws IOException {
        MutatedDumps dumps = new MutatedDumps(Path.of(args[0]));
        long first = Long.parseLong(args[1]);
        int count = Integer.parseInt(args[2]);
        dumps.startedNanos = System.nanoTime();
        dumps.watch();
        long slowestNanos = 0;
        for (long seed = first; seed < first + count; seed++) {
            dumps.startedNanos = System.nanoTime();
            dumps.run(seed);
            slowestNanos = Math.max(slowestNanos, System.nanoTime() - dumps.startedNanos);
        }
        System.out.println("slowest millis " + TimeUnit.NANOSECONDS.toMillis(slowestNanos));
        System.out.println("reports " + dumps.reports);
        System.out.println("refused " + dumps.refused);
        System.out.println("failed " + dumps.failed);
        System.out.println("contents " + dumps.contents);
        System.out.println("contents too large " + dumps.tooLarge);
        System.out.println("redacted " + dumps.redacted);
        System.out.println("not redacted " + dumps.notRedacted);
        System.exit(dumps.failed == 0 ? 0 : 1);
    }

    /** Ends the JVM when one analysis takes too long, and says where it was. */
    private void watch() {
        Thread main = Thread.currentThread();
        Thread watch = new Thread(
                () -> {
                    while (System.nanoTime() - startedNanos < LIMIT_NANOS) {
                        try {
                            Thread.sleep(50);
                        } catch (InterruptedException e) {
                            return;
                        }
                    }
                    System.out.println("HANGS " + current);
                    Stream.of(main.getStackTrace()).forEach(frame -> System.out.println("    at " + frame));
                    Runtime.getRuntime().halt(HANGS);
                },
                "watch");
        watch.setDaemon(true);
        watch.start();
    }

    private void run(long seed) throws IOException {
        Mutation[] mutations = Mutation.values();
        Mutation mutation = mutations[(int) (seed % mutations.length)];
        boolean ofReal = seed / mutations.length % REAL_ONE_IN == 0;
        Sound sound = ofReal ? real : fixtures.get((int) (seed / mutations.length % fixtures.size()));
        current = "seed " + seed + " " + mutation + (ofReal ? " of a real dump" : "");
        Path file = Files.write(
                directory.resolve("mutated.hprof"), mutation.of(new Mutation.Spoiler(sound.bytes, sound.places, seed)));
        try {
            HeapReport report = HeapAnalyzer.analyze(file, FixtureFacts.FILE, request(seed, sound));
            ReportText.render(report, 1_000);
            reports++;
            contents(file, seed);
        } catch (HprofException e) {
            refused++;
            if (e.offset() < 0 || !e.file().equals(file) || e.getMessage() == null) {
                failed(e);
            }
        } catch (Throwable e) {
            failed(e);
        }
        if (seed % REDACTED_ONE_IN == 0) {
            redact(file);
        }
    }

    /** A mutated dump is redacted whole, or refused and leaves no file. */
    private void redact(Path file) throws IOException {
        startedNanos = System.nanoTime();
        Path out = directory.resolve("redacted.hprof");
        try {
            HprofRedactor.redact(file, out, RedactionRules.standard(), Monitor.NONE);
            // a gzip file becomes longer
            if (Files.size(out) < Files.size(file)) {
                failed(new AssertionError(Files.size(out) + " bytes out of " + Files.size(file)));
            }
            redacted++;
        } catch (HprofException e) {
            notRedacted++;
        } catch (Throwable e) {
            failed(e);
        } finally {
            Files.deleteIfExists(out);
        }
    }

    /** A dump that has given a report gives the measures of contents too, unless it takes too much scratch. */
    private void contents(Path file, long seed) throws IOException {
        HeapInspector inspector = HeapInspector.of(
                file,
                AnalysisRequest.builder()
                        .vmModel(VmModel.DEFAULT)
                        .scratchDirectory(directory)
                        .scratchBudgetBytes(CONTENTS_SCRATCH_BYTES)
                        .build());
        startedNanos = System.nanoTime();
        int chosen = new Random(seed).nextInt(CONTENTS_ONE_IN);
        try {
            if (chosen == 0) {
                WasteText.render(inspector.duplicates(20));
                contents++;
            } else if (chosen == 1) {
                WasteText.render(inspector.collections(20));
                contents++;
            } else if (seed % 4 < 2) {
                InspectionText.render(inspector.collapsedTypes(List.of()), 20);
            } else {
                inspector.pathsTo("java.lang.String", 5).map(InspectionText::render);
            }
        } catch (ScratchBudgetException e) {
            tooLarge++;
        }
    }

    private void failed(Throwable e) {
        failed++;
        System.out.println("FAILED " + current + ": " + e);
        Stream.of(e.getStackTrace()).limit(12).forEach(frame -> System.out.println("    at " + frame));
    }

    private AnalysisRequest request(long seed, Sound sound) {
        return AnalysisRequest.builder()
                .roots(sound.roots)
                .vmModel(seed % 2 == 0 ? null : VmModel.DEFAULT)
                .threads(seed % 5 == 0 ? 3 : 1)
                .scratchDirectory(directory)
                .build();
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis;

import io.heapgauge.analysis.graph.FieldRules;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.graph.IdSink;
import io.heapgauge.analysis.graph.RecordedSource;
import io.heapgauge.analysis.graph.TypeTally;
import io.heapgauge.analysis.growth.HeapHistory;
import io.heapgauge.analysis.measure.ClassHistogram;
import io.heapgauge.analysis.measure.Dominators;
import io.heapgauge.analysis.measure.HeldByRoots;
import io.heapgauge.analysis.measure.Ownership;
import io.heapgauge.analysis.measure.PathsOfClass;
import io.heapgauge.analysis.measure.RootDefinition;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.report.AnalysisFacts;
import io.heapgauge.analysis.report.CaptureFacts;
import io.heapgauge.analysis.report.Growth;
import io.heapgauge.analysis.report.HeapReport;
import io.heapgauge.analysis.report.HeapTotals;
import io.heapgauge.analysis.report.Level;
import io.heapgauge.analysis.report.RetainedGroup;
import io.heapgauge.analysis.report.RetainedObject;
import io.heapgauge.analysis.report.RootState;
import io.heapgauge.analysis.report.RootSummary;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.report.Suspect;
import io.heapgauge.analysis.report.Trend;
import io.heapgauge.analysis.snapshot.MeasuresMessage;
import io.heapgauge.analysis.snapshot.SnapshotRoots;
import io.heapgauge.analysis.source.VmHistogram;
import io.heapgauge.analysis.store.PlainFile;
import io.heapgauge.analysis.store.Scratch;
import io.heapgauge.analysis.store.ScratchBudgetException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From a heap dump to a report. Works in levels: what does not fit the scratch budget falls back to the level below, and the
 * report says so.
 */
public final class HeapAnalyzer {
    private static final String SIZED_IN_SNAPSHOT = "the VM's own sizes, counted in a snapshot";
    private static final int SUSPECTS_WITH_PATHS = 3;
    private static final int PATHS_PER_SUSPECT = 1;
    /** Of an analysis that is not over. */
    private static final AnalysisFacts NOTHING = new AnalysisFacts(Level.TYPES, "", "", 0, 0, 0, 0, 0, 0);

    private static final long SCRATCH_OF_ANY_DUMP = 64 << 20;
    /** The highest level takes less than 2; objects far apart take more, for the index has pages of addresses. */
    private static final long SCRATCH_PER_DUMP_BYTE = 8;

    private static final long SCRATCH_PER_GZIP_BYTE = 200;

    private final Path dump;
    private final CaptureFacts capture;
    private final AnalysisRequest request;
    private final Monitor monitor;
    private final long startedNanos = System.nanoTime();

    private HeapAnalyzer(Path dump, CaptureFacts capture, AnalysisRequest request) {
        this.dump = dump;
        this.capture = capture;
        this.request = request;
        this.monitor = request.monitor();
    }

    /**
     * Analyses a dump on the calling thread. Safe to call from several threads at once, each with its own scratch.
     *
     * @param dump an hprof file, plain or gzip
     * @param capture how the dump came to be; copied into the report
     * @param request what to find out
     * @return the report
     * @throws io.heapgauge.analysis.hprof.HprofException if the dump cannot be read to its end; names file and offset
     * @throws IOException if the file or the scratch cannot be read or written
     * @throws io.heapgauge.analysis.monitor.AnalysisCancelledException if the request's signal said so
     */
    public static HeapReport analyze(Path dump, CaptureFacts capture, AnalysisRequest request) throws IOException {
        try {
            return new HeapAnalyzer(dump, capture, request).run();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Makes the report of quick mode: objects by type, as the VM counted them, and nothing more.
     *
     * @param histogram what the VM's diagnostic command {@code GC.class_histogram} printed
     * @param capture how it came to be
     * @param request roots that are told as not measured, and how many types are kept
     * @return the report, at level {@link Level#TYPES}
     * @throws IOException if the text is no histogram
     */
    public static HeapReport ofHistogram(String histogram, CaptureFacts capture, AnalysisRequest request)
            throws IOException {
        return new HeapAnalyzer(Path.of(""), capture, request)
                .quick(VmHistogram.parse(histogram), "the VM's own counters and its sizes");
    }

    /**
     * Makes the report of what the process of a snapshot measured: objects by type, which of them the GC roots reach, and the
     * sizes of the configured roots.
     *
     * @param message the snapshot's answer
     * @param capture how it came to be
     * @param request the roots that were measured, in the same order, and how many rows are kept
     * @return the report, at the level that was measured
     * @throws IOException if the answer is cut or garbled
     */
    public static HeapReport ofSnapshot(byte[] message, CaptureFacts capture, AnalysisRequest request)
            throws IOException {
        return new HeapAnalyzer(Path.of(""), capture, request).measured(MeasuresMessage.parse(message));
    }

    private HeapReport quick(VmHistogram counted, String howSized) {
        return types(
                ClassHistogram.of(counted.types(), counted.tally(), null),
                totals(counted),
                counted.types().size(),
                howSized,
                "quick mode counts objects by type and follows no references");
    }

    private HeapReport measured(MeasuresMessage.Content content) throws IOException {
        VmHistogram counted = content.types();
        if (content.level() == Level.TYPES) {
            return quick(counted, SIZED_IN_SNAPSHOT);
        }
        List<RootSummary> roots = SnapshotRoots.of(content, request.roots(), request.maxRootTypes());
        ClassHistogram histogram = ClassHistogram.of(counted.types(), counted.tally(), counted.reached());
        HeapTotals totals = totals(counted);
        AnalysisFacts facts = new AnalysisFacts(
                content.level(),
                "measured in the snapshot, without a dump",
                SIZED_IN_SNAPSHOT,
                nanos(),
                0,
                counted.types().size(),
                0,
                0,
                0);
        return report(facts, totals, histogram, roots, List.of(), List.of(), growth(totals, histogram, roots));
    }

    private static HeapTotals totals(VmHistogram counted) {
        TypeTally reached = counted.reached();
        Size all = new Size(counted.tally().totalObjects(), counted.tally().totalBytes());
        if (reached == null) {
            return new HeapTotals(all, null, null, null);
        }
        Size reachable = new Size(reached.totalObjects(), reached.totalBytes());
        Size weakly = new Size(counted.weaklyHeldObjects(), counted.weaklyHeldBytes());
        Size rest = new Size(
                all.objects() - reachable.objects() - weakly.objects(),
                all.bytes() - reachable.bytes() - weakly.bytes());
        return new HeapTotals(all, reachable, weakly, rest);
    }

    private HeapReport run() throws IOException {
        try (PlainFile file = Dumps.readable(dump, request, monitor)) {
            return run(Dumps.open(file.path(), request.reading(), monitor));
        }
    }

    private HeapReport run(RecordedSource source) throws IOException {
        if (request.maxLevel() == Level.TYPES) {
            return types(source, "only types were asked for");
        }
        try (Scratch scratch = request.openScratch(scratchBudgetBytes(), monitor)) {
            return graph(source, scratch);
        } catch (ScratchBudgetException e) {
            return types(source, tooSmall(Level.OWNED, e, "reachable and owned sizes"));
        }
    }

    /**
     * What was asked for, but never more than any sound dump of this size needs: ids scattered over the whole address space
     * by a fault must not fill the disk.
     */
    private long scratchBudgetBytes() throws IOException {
        long times = PlainFile.isGzip(dump) ? SCRATCH_PER_GZIP_BYTE : SCRATCH_PER_DUMP_BYTE;
        return Math.min(request.scratchBudgetBytes(), SCRATCH_OF_ANY_DUMP + times * Files.size(dump));
    }

    private static String tooSmall(Level level, ScratchBudgetException e, String gain) {
        return "level " + level.id() + " " + e.getMessage() + "; raise the scratch budget to get " + gain;
    }

    private HeapReport types(RecordedSource source, String reason) throws IOException {
        TypeTally tally = source.scan(() -> IdSink.NONE);
        ClassHistogram histogram = ClassHistogram.of(source.types(), tally, null);
        HeapTotals totals = new HeapTotals(histogram.total(), null, null, null);
        return types(histogram, totals, source.types().size(), source.remarks(), reason);
    }

    private HeapReport types(
            ClassHistogram histogram, HeapTotals totals, int classes, String sizesFrom, String reason) {
        AnalysisFacts facts = new AnalysisFacts(Level.TYPES, reason, sizesFrom, nanos(), 0, classes, 0, 0, 0);
        List<RootSummary> roots =
                request.roots().stream().map(root -> notMeasured(root, reason)).toList();
        return report(facts, totals, histogram, roots, List.of(), List.of(), growth(totals, histogram, roots));
    }

    private static RootSummary notMeasured(RootDefinition root, String reason) {
        return new RootSummary(
                root.name(), root.spec().toString(), RootState.NOT_MEASURED, reason, 0, null, null, null);
    }

    private HeapReport graph(RecordedSource source, Scratch scratch) throws IOException {
        FieldRules rules = FieldRules.of(Ownership.rules(request.roots()));
        HeapGraph graph = request.maxLevel() == Level.RETAINED
                ? HeapGraph.build(source, rules, scratch, monitor)
                : HeapGraph.buildForWalks(source, rules, scratch, monitor);
        if (!source.hasRoots()) {
            throw new IOException(dump + " has no GC roots, so only its types can be reported; ask for those");
        }
        Ownership ownership = Ownership.of(graph, scratch, monitor, request.maxRootTypes(), request.followed());
        List<RootSummary> roots = ownership.measure(request.roots());
        ClassHistogram histogram = ClassHistogram.of(
                source.types(), graph.tally(), ownership.reachability().byType());
        HeapTotals totals = ownership.reachability().totals();
        Growth growth = growth(graph, scratch, totals, histogram, roots);
        List<RetainedObject> retainers = List.of();
        List<RetainedGroup> heldByRoots = List.of();
        Level level = Level.OWNED;
        String reason = "no higher level was asked for";
        if (request.maxLevel() == Level.RETAINED) {
            try {
                List<RootSummary> withRetained = ownership.withRetained(roots);
                ownership.release();
                Dominators dominators = Dominators.of(graph, scratch, monitor);
                retainers = dominators.top(request.maxRetainers());
                heldByRoots = HeldByRoots.of(graph, dominators, monitor, request.maxTypes());
                roots = withRetained;
                level = Level.RETAINED;
                reason = "the highest level; it fits the scratch budget";
            } catch (ScratchBudgetException e) {
                reason = tooSmall(Level.RETAINED, e, "retained sizes");
            }
        }
        AnalysisFacts facts = new AnalysisFacts(
                level,
                reason,
                source.remarks(),
                nanos(),
                scratch.peakBytes(),
                source.types().size(),
                graph.references(),
                graph.missingReferences(),
                graph.duplicateObjects());
        return report(facts, totals, histogram, roots, retainers, heldByRoots, growth);
    }

    /** While the graph has its references, the likeliest suspects get the reason for which they are there. */
    private @Nullable Growth growth(
            HeapGraph graph, Scratch scratch, HeapTotals totals, ClassHistogram histogram, List<RootSummary> roots) {
        Growth growth = growth(totals, histogram, roots);
        if (growth == null) {
            return null;
        }
        List<Suspect> suspects = new ArrayList<>(growth.suspects());
        try {
            for (int i = 0; i < Math.min(SUSPECTS_WITH_PATHS, suspects.size()); i++) {
                Trend trend = suspects.get(i).trend();
                suspects.set(
                        i,
                        new Suspect(trend, PathsOfClass.of(graph, scratch, monitor, trend.name(), PATHS_PER_SUSPECT)));
            }
        } catch (ScratchBudgetException e) {
            System.getLogger(HeapAnalyzer.class.getName())
                    .log(System.Logger.Level.DEBUG, "no room for paths to what grows", e);
        }
        return growth.withSuspects(suspects);
    }

    private @Nullable Growth growth(HeapTotals totals, ClassHistogram histogram, List<RootSummary> roots) {
        HeapHistory history = request.history();
        return history == null
                ? null
                : history.upTo(report(NOTHING, totals, histogram, roots, List.of(), List.of(), null));
    }

    private HeapReport report(
            AnalysisFacts facts,
            HeapTotals totals,
            ClassHistogram histogram,
            List<RootSummary> roots,
            List<RetainedObject> retainers,
            List<RetainedGroup> heldByRoots,
            @Nullable Growth growth) {
        return new HeapReport(
                capture,
                facts,
                totals,
                histogram.top(request.maxTypes()),
                histogram.rows().size(),
                roots,
                retainers,
                heldByRoots,
                growth);
    }

    private long nanos() {
        return System.nanoTime() - startedNanos;
    }
}

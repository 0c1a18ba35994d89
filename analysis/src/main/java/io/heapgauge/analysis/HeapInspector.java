/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis;

import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.graph.FieldRules;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.graph.IdSink;
import io.heapgauge.analysis.graph.RecordedSource;
import io.heapgauge.analysis.graph.TypeTally;
import io.heapgauge.analysis.graph.view.CollapsedView;
import io.heapgauge.analysis.graph.view.PartRules;
import io.heapgauge.analysis.measure.ClassHistogram;
import io.heapgauge.analysis.measure.Dominators;
import io.heapgauge.analysis.measure.DuplicateContents;
import io.heapgauge.analysis.measure.GroupRetained;
import io.heapgauge.analysis.measure.Grouping;
import io.heapgauge.analysis.measure.HistogramDiff;
import io.heapgauge.analysis.measure.PathToRoot;
import io.heapgauge.analysis.measure.PathsOfClass;
import io.heapgauge.analysis.measure.SparseCollections;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.report.CollapsedTypes;
import io.heapgauge.analysis.report.CollectionWaste;
import io.heapgauge.analysis.report.Duplicates;
import io.heapgauge.analysis.report.HeapDiff;
import io.heapgauge.analysis.report.MergedPaths;
import io.heapgauge.analysis.report.RetainedGroups;
import io.heapgauge.analysis.report.RootPath;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.report.TopRetainers;
import io.heapgauge.analysis.source.HprofSource;
import io.heapgauge.analysis.store.PlainFile;
import io.heapgauge.analysis.store.Scratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers single questions about a dump that {@link HeapAnalyzer}'s report leaves open. Each call reads the dump anew and
 * keeps nothing. Of the request it heeds the layout, the scratch, the progress and the cancel signal.
 *
 * <p>All methods throw {@link io.heapgauge.analysis.hprof.HprofException} if the dump cannot be read to its end,
 * {@link io.heapgauge.analysis.store.ScratchBudgetException} if the answer does not fit the scratch budget, and
 * {@link io.heapgauge.analysis.monitor.AnalysisCancelledException} if the request's signal said so.
 */
public final class HeapInspector {
    private final Path dump;
    private final AnalysisRequest request;
    private final Monitor monitor;

    private HeapInspector(Path dump, AnalysisRequest request) {
        this.dump = dump;
        this.request = request;
        this.monitor = request.monitor();
    }

    /**
     * Prepares questions; reads nothing yet.
     *
     * @param dump an hprof file, plain or gzip
     * @param request scratch, layout, progress and cancel signal
     * @return an inspector, safe for use by several threads at once if the request's listeners are
     */
    public static HeapInspector of(Path dump, AnalysisRequest request) {
        return new HeapInspector(dump, request);
    }

    /**
     * The objects with the largest retained sizes.
     *
     * @param most how many at the most
     * @return the objects
     * @throws IOException if the file or the scratch cannot be read or written
     */
    public TopRetainers topRetainers(int most) throws IOException {
        return ofRoots((graph, scratch) -> {
            Dominators dominators = Dominators.of(graph, scratch, monitor);
            return new TopRetainers(new Size(dominators.reached(), dominators.reachedBytes()), dominators.top(most));
        });
    }

    /**
     * The groups of objects with the largest retained sizes, each the size of the whole group: what the GC roots would no
     * longer reach without all its objects. Builds the graph a second time where there are many groups.
     *
     * @param by how to group
     * @param most how many at the most, up to {@link GroupRetained#MOST_MEASURED}
     * @return the groups
     * @throws IllegalArgumentException if {@code most} is less than 1 or too many
     * @throws IOException if the file or the scratch cannot be read or written
     */
    public RetainedGroups topGroups(Grouping by, int most) throws IOException {
        check(most, GroupRetained.MOST_MEASURED);
        FirstLook first = ofRoots((graph, scratch) -> {
            GroupRetained groups = GroupRetained.of(graph, scratch, monitor, by);
            return groups.hasToChoose()
                    ? new FirstLook(null, groups.ranked(most))
                    : new FirstLook(groups.measure(groups.all(), most), new int[0]);
        });
        return first.measured != null
                ? first.measured
                : ofRoots((graph, scratch) ->
                        GroupRetained.of(graph, scratch, monitor, by).measure(first.candidates, most));
    }

    private record FirstLook(@Nullable RetainedGroups measured, int[] candidates) {}

    /**
     * Why an object is there: a shortest path over strong references from a GC root.
     *
     * @param id the object
     * @return the path, without steps where no GC root reaches the object; nothing where the dump has no such object
     * @throws IOException if the file or the scratch cannot be read or written
     */
    public Optional<RootPath> pathTo(long id) throws IOException {
        return ofRoots((graph, scratch) -> {
            int ordinal = graph.ordinalOf(id);
            return ordinal < 0 ? Optional.empty() : Optional.of(PathToRoot.of(graph, scratch, monitor, ordinal));
        });
    }

    /**
     * Why the instances of a class are there: shortest paths over strong references from GC roots, merged by class.
     *
     * @param className a class as people write it, in every loader that has it
     * @param most how many paths at the most
     * @return the paths; nothing where the dump has no instance of such a class
     * @throws IOException if the file or the scratch cannot be read or written
     */
    public Optional<MergedPaths> pathsTo(String className, int most) throws IOException {
        MergedPaths paths = ofRoots((graph, scratch) -> PathsOfClass.of(graph, scratch, monitor, className, most));
        return paths.all().objects() == 0 ? Optional.empty() : Optional.of(paths);
    }

    /**
     * Objects and bytes by type where private parts count with the object that owns them, see {@link CollapsedView}.
     *
     * @param parts what is a part of what, beside what is known of the JDK
     * @return the types, largest first
     * @throws IOException if the file or the scratch cannot be read or written
     */
    public CollapsedTypes collapsedTypes(List<FieldRule> parts) throws IOException {
        PartRules rules = PartRules.with(parts);
        return inGraph(FieldRules.of(rules.rules()), (graph, scratch) -> {
            CollapsedView view = CollapsedView.of(graph, rules, scratch, monitor);
            ClassHistogram histogram = ClassHistogram.of(graph.source().types(), view.tally(), null);
            return new CollapsedTypes(graph.size(), histogram.total(), histogram.rows());
        });
    }

    /**
     * Strings and primitive arrays of equal contents among what the GC roots reach.
     *
     * @param most how many groups at the most, up to {@link DuplicateContents#MOST_GROUPS}; the totals are of all
     * @return the duplicates, without their contents
     * @throws IllegalArgumentException if {@code most} is less than 1 or too many
     * @throws IOException if the file or the scratch cannot be read or written
     */
    public Duplicates duplicates(int most) throws IOException {
        check(most, DuplicateContents.MOST_GROUPS);
        return ofRoots(
                FieldRules.of(DuplicateContents.rules()),
                (graph, scratch) -> DuplicateContents.of(graph, scratch, monitor, most));
    }

    /**
     * Empty and sparse collections among what the GC roots reach.
     *
     * @param most how many classes of collections and types of arrays at the most, up to {@link SparseCollections#MOST_ROWS}
     *     of each; the totals are of all
     * @return the collections, by class
     * @throws IllegalArgumentException if {@code most} is less than 1 or too many
     * @throws IOException if the file or the scratch cannot be read or written
     */
    public CollectionWaste collections(int most) throws IOException {
        check(most, SparseCollections.MOST_ROWS);
        return ofRoots((graph, scratch) -> SparseCollections.of(graph, scratch, monitor, most));
    }

    /**
     * What has changed since an older dump, by type. Memory of the number of classes.
     *
     * @param older an hprof file, plain or gzip
     * @return the change from the older dump to this one
     * @throws IOException if a file cannot be read
     */
    public HeapDiff since(Path older) throws IOException {
        HprofSource.Options inferred = new HprofSource.Options(
                null, request.reading().threads(), request.reading().nativeFields());
        try (PlainFile oldFile = Dumps.readable(older, request, monitor);
                PlainFile newFile = Dumps.readable(dump, request, monitor)) {
            RecordedSource oldSource = Dumps.open(oldFile.path(), inferred, monitor);
            ClassHistogram before = histogram(oldSource);
            RecordedSource newSource = Dumps.open(newFile.path(), request.reading(), monitor);
            ClassHistogram after = histogram(newSource);
            return new HeapDiff(
                    before.total(),
                    after.total(),
                    oldSource.remarks(),
                    newSource.remarks(),
                    HistogramDiff.of(before, after));
        }
    }

    private static ClassHistogram histogram(RecordedSource source) throws IOException {
        TypeTally tally = source.scan(() -> IdSink.NONE);
        return ClassHistogram.of(source.types(), tally, null);
    }

    private interface Question<T> {
        T ask(HeapGraph graph, Scratch scratch) throws IOException;
    }

    private static void check(int most, int limit) {
        if (most < 1 || most > limit) {
            throw new IllegalArgumentException(most + ": expected a number from 1 to " + limit);
        }
    }

    /** A question that has no answer without GC roots. */
    private <T> T ofRoots(FieldRules rules, Question<T> question) throws IOException {
        return inGraph(rules, (graph, scratch) -> {
            if (graph.source() instanceof RecordedSource source && !source.hasRoots()) {
                throw new IOException(dump + " has no GC roots, so it cannot be told what they reach or retain;"
                        + " ask for parents and for what objects reach instead");
            }
            return question.ask(graph, scratch);
        });
    }

    private <T> T ofRoots(Question<T> question) throws IOException {
        return ofRoots(FieldRules.of(List.of()), question);
    }

    private <T> T inGraph(FieldRules rules, Question<T> question) throws IOException {
        try (PlainFile file = Dumps.readable(dump, request, monitor);
                Scratch scratch = request.openScratch(monitor)) {
            RecordedSource source = Dumps.open(file.path(), request.reading(), monitor);
            return question.ask(HeapGraph.build(source, rules, scratch, monitor), scratch);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}

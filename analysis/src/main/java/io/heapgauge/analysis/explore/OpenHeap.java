/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.explore;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.Dumps;
import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.graph.FieldRules;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.graph.InboundRows;
import io.heapgauge.analysis.graph.ObjectReader;
import io.heapgauge.analysis.graph.ObjectRecord;
import io.heapgauge.analysis.graph.RecordedSource;
import io.heapgauge.analysis.graph.ThreadStack;
import io.heapgauge.analysis.graph.view.EdgeFilter;
import io.heapgauge.analysis.graph.view.PartRules;
import io.heapgauge.analysis.measure.ClassHistogram;
import io.heapgauge.analysis.measure.ShortestPaths;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.store.PlainFile;
import io.heapgauge.analysis.store.Scratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What all views of one dump share: the graph, the file, and the indexes that were needed so far. */
final class OpenHeap implements AutoCloseable {
    private static final PartRules PARTS = PartRules.with(List.of());

    private final Path dump;
    private final PlainFile file;
    private final AnalysisRequest request;
    private final Monitor monitor;
    private final Scratch scratch;
    private final RecordedSource source;
    private final HeapGraph graph;
    private final boolean nameIsShared;
    private final Map<String, Integer> typesByName = new HashMap<>();
    private @Nullable ObjectReader reader;
    private @Nullable InboundRows inbound;
    private @Nullable ShortestPaths paths;
    private @Nullable DominatorTree dominators;
    private @Nullable Folding folding;
    private @Nullable List<ThreadStack> stacks;

    private OpenHeap(
            Path dump,
            PlainFile file,
            AnalysisRequest request,
            Monitor monitor,
            Scratch scratch,
            RecordedSource source,
            HeapGraph graph) {
        this.dump = dump;
        this.file = file;
        this.request = request;
        this.monitor = monitor;
        this.scratch = scratch;
        this.source = source;
        this.graph = graph;
        for (HeapType type : source.types()) {
            typesByName.merge(type.name(), 1, Integer::sum);
        }
        nameIsShared = typesByName.size() < source.types().size();
    }

    static OpenHeap of(Path dump, AnalysisRequest request) throws IOException {
        Monitor monitor = request.monitor();
        PlainFile file = Dumps.unpacked(dump, request, monitor);
        try {
            return build(dump, file, request, monitor);
        } catch (IOException | RuntimeException | Error e) {
            try (file) {
                throw e;
            }
        }
    }

    private static OpenHeap build(Path dump, PlainFile file, AnalysisRequest request, Monitor monitor)
            throws IOException {
        Scratch scratch = request.openScratch(monitor);
        try {
            RecordedSource source = Dumps.open(file.path(), request.reading(), monitor);
            HeapGraph graph = HeapGraph.buildForWalks(source, rules(), scratch, monitor);
            return new OpenHeap(dump, file, request, monitor, scratch, source, graph);
        } catch (UncheckedIOException e) {
            try (scratch) {
                throw e.getCause();
            }
        } catch (IOException | RuntimeException | Error e) {
            try (scratch) {
                throw e;
            }
        }
    }

    private static FieldRules rules() {
        List<FieldRule> rules = new ArrayList<>(EdgeFilter.rules());
        rules.addAll(PARTS.rules());
        return FieldRules.of(rules);
    }

    Monitor monitor() {
        return monitor;
    }

    Scratch scratch() {
        return scratch;
    }

    RecordedSource source() {
        return source;
    }

    HeapGraph graph() {
        return graph;
    }

    ClassHistogram histogram() {
        return ClassHistogram.of(source.types(), graph.tally(), null);
    }

    HeapType typeOf(int ordinal) {
        return source.types().get(graph.typeOf(ordinal));
    }

    HeapType type(int index) {
        return source.types().get(index);
    }

    /** Whether a type is a class or one of its sub classes. */
    boolean isA(HeapType type, String className) {
        return isA(type, one -> one.name().equals(className));
    }

    /** Whether a type or one of its super classes is such; ends where they go in a circle. */
    boolean isA(HeapType type, Predicate<HeapType> such) {
        HeapType at = type;
        for (int steps = 0; steps <= source.types().size(); steps++) {
            if (such.test(at)) {
                return true;
            }
            if (at.superIndex() < 0) {
                return false;
            }
            at = type(at.superIndex());
        }
        return false;
    }

    /** Whether several loaders have a class of this name. */
    boolean isNameShared(String name) {
        return nameIsShared && typesByName.getOrDefault(name, 0) > 1;
    }

    ObjectRecord record(int ordinal) {
        return record(ordinal, 0, 0);
    }

    ObjectRecord record(int ordinal, int from, int most) {
        try {
            return reader().read(ordinal, from, most);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectReader reader() {
        if (reader == null) {
            try {
                reader = source.reader(graph, scratch);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return reader;
    }

    boolean hasInbound() {
        return inbound != null;
    }

    boolean hasDominators() {
        return dominators != null;
    }

    /** Whether an object is that of a class, whose fields are static. */
    boolean isClassObject(int ordinal) {
        return graph.typeOf(ordinal) == source.classType();
    }

    InboundRows inbound() {
        if (inbound == null) {
            inbound = InboundRows.of(graph, scratch, monitor);
        }
        return inbound;
    }

    ShortestPaths paths() {
        needRoots("paths to GC roots");
        if (paths == null) {
            paths = ShortestPaths.of(graph, scratch, monitor);
        }
        return paths;
    }

    DominatorTree dominators() {
        needRoots("retained sizes");
        if (dominators == null) {
            try {
                dominators = DominatorTree.of(file.path(), request, scratch, monitor);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return dominators;
    }

    Folding folding() {
        if (folding == null) {
            folding =
                    source.hasRoots() || source.classType() >= 0 ? Folding.ofJava(this, PARTS) : Folding.ofPython(this);
        }
        return folding;
    }

    List<ThreadStack> stacks() {
        if (stacks == null) {
            try {
                stacks = source.threads();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return stacks;
    }

    private void needRoots(String what) {
        if (!source.hasRoots()) {
            throw new IllegalStateException(dump + " has no GC roots, so there are no " + what
                    + "; ask for parents and for what objects reach instead");
        }
    }

    void prepare(Index index) {
        switch (index) {
            case RECORDS -> reader();
            case PARENTS -> inbound();
            case PATHS -> paths();
            case RETAINED -> dominators();
        }
    }

    @Override
    public void close() throws IOException {
        try (PlainFile unpacked = file;
                Scratch memory = scratch;
                ObjectReader open = reader) {
            reader = null;
        }
    }

    @Override
    public String toString() {
        return dump.getFileName() + ": " + graph.size() + " objects, "
                + graph.tally().totalBytes() + " bytes, " + graph.references() + " references";
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import io.heapgauge.analysis.graph.ContentSink;
import io.heapgauge.analysis.graph.FieldReferenceSink;
import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.graph.FieldRules;
import io.heapgauge.analysis.graph.FieldSink;
import io.heapgauge.analysis.graph.GcRoots;
import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.graph.IdSink;
import io.heapgauge.analysis.graph.ObjectReader;
import io.heapgauge.analysis.graph.RecordOffsets;
import io.heapgauge.analysis.graph.RecordedSource;
import io.heapgauge.analysis.graph.ReferenceSink;
import io.heapgauge.analysis.graph.ThreadStack;
import io.heapgauge.analysis.graph.TypeTally;
import io.heapgauge.analysis.graph.ValueSink;
import io.heapgauge.analysis.hprof.HprofException;
import io.heapgauge.analysis.hprof.HprofScanner;
import io.heapgauge.analysis.hprof.HprofStretches;
import io.heapgauge.analysis.hprof.HprofVisitor;
import io.heapgauge.analysis.layout.VmModel;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.store.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An hprof file as a source of a graph. Each pass reads the file once from start to end; memory is that of its classes and
 * names, whatever the number of objects.
 */
public final class HprofSource implements RecordedSource {
    /** Stretches for each thread, so that none has to wait long for the last one. */
    private static final int STRETCHES_PER_THREAD = 24;

    private final Path file;
    /** Where the first heap dump record starts. */
    private final long heap;
    /** How several threads share the file; null where one reads it from start to end. */
    private final @Nullable HprofStretches stretches;
    /** The names, which stand before the heap as a rule, and the class records that have been read so far. */
    private final ClassTable classes;

    private final Monitor monitor;
    private final VmModel model;
    private final boolean guessed;
    private final String sizesFrom;
    private final Options options;
    private @Nullable Census census;

    /**
     * How to read a dump.
     *
     * @param model the dumped VM's object layout, or null to infer it from the dump, which reads its first objects
     * @param threads threads to read with, where the file can be read by several at once: an uncompressed dump of
     *     segments; at least 1
     * @param nativeFields fields that tell of bytes outside of the heap, beside those that are known of the JDK
     */
    public record Options(@Nullable VmModel model, int threads, List<NativeField> nativeFields) {
        /** One thread, an inferred layout, and the JDK's own native memory. */
        public static final Options DEFAULT = new Options(null, 1, List.of());

        /**
         * The defaults but for the layout.
         *
         * @param model the dumped VM's object layout, or null
         * @return options
         */
        public static Options of(@Nullable VmModel model) {
            return new Options(model, 1, List.of());
        }

        /**
         * Checks the options.
         *
         * @param model the dumped VM's object layout, or null
         * @param threads at least 1
         * @param nativeFields copied
         */
        public Options {
            if (threads < 1) {
                throw new IllegalArgumentException(threads + " threads: expected at least 1");
            }
            nativeFields = List.copyOf(nativeFields);
        }
    }

    private HprofSource(
            Path file,
            long heap,
            @Nullable HprofStretches stretches,
            ClassTable classes,
            ModelInference.Result sizes,
            Options options,
            Monitor monitor) {
        this.file = file;
        this.heap = heap;
        this.stretches = stretches;
        this.classes = classes;
        this.model = sizes.model();
        this.guessed = sizes.guessed();
        this.sizesFrom = sizes.source();
        this.options = options;
        this.monitor = monitor;
    }

    /**
     * Opens a dump.
     *
     * @param file an hprof file, plain or gzip
     * @param options how to read it
     * @param monitor hears of each pass
     * @return the source, before its first pass
     * @throws io.heapgauge.analysis.hprof.HprofException if the file is no dump or cannot be read as far as needed
     * @throws IOException if the file cannot be read
     */
    public static HprofSource open(Path file, Options options, Monitor monitor) throws IOException {
        VmModel model = options.model();
        monitor.phase("looking at the layout of objects");
        Symbols symbols = new Symbols(monitor);
        long heap = HprofScanner.prefix(file, symbols);
        ClassTable classes = new ClassTable(symbols);
        return new HprofSource(
                file,
                heap,
                options.threads() == 1 ? null : stretches(file, heap, options.threads()),
                classes,
                model == null
                        ? ModelInference.infer(file, heap, classes, monitor)
                        : new ModelInference.Result(model, false, "vm flags: " + ModelInference.describe(model)),
                options,
                monitor);
    }

    /**
     * Where shallow sizes come from: the flags of the VM, the addresses in the dump, or an assumption. After the first pass
     * it names the generation of the JDK as well, and how many classes have another size than the model gives them.
     *
     * @return a phrase for people
     */
    public String sizesFrom() {
        if (census == null) {
            return sizesFrom;
        }
        int corrected = census.corrected();
        return sizesFrom + ", " + census.jdk()
                + (corrected == 0
                        ? ""
                        : ", " + corrected + (corrected == 1 ? " class" : " classes") + " as their neighbours show");
    }

    /**
     * When the dump was written.
     *
     * @return milliseconds since 1970, after the first pass
     */
    public long epochMillis() {
        return census().header().epochMillis();
    }

    @Override
    public TypeTally scan(Supplier<? extends IdSink> ids) throws IOException {
        monitor.phase("counting objects");
        SpecialFields specials = new SpecialFields(classes, options.nativeFields());
        ObjectCount count = new ObjectCount(model, classes, specials, ids.get(), monitor);
        if (stretches == null) {
            HprofScanner.scan(file, heap, count);
        } else {
            List<ObjectCount> others = new ArrayList<>();
            try (StretchedScan scan = new StretchedScan(stretches, count)) {
                scan.begin(count::sawObject);
                specials.complete();
                while (others.size() + 1 < threads(stretches)) {
                    others.add(new ObjectCount(model, classes, specials, ids.get(), monitor.withoutProgress()));
                }
                scan.finish(others);
            }
            others.forEach(count::absorb);
        }
        Census counted = new Census(file, model, guessed, classes, count);
        TypeTally tally = counted.resolve();
        census = counted;
        return tally;
    }

    private static @Nullable HprofStretches stretches(Path file, long heap, int threads) throws IOException {
        return HprofStretches.of(file, heap, Files.size(file) / (threads * STRETCHES_PER_THREAD))
                .orElse(null);
    }

    private int threads(HprofStretches shared) {
        return Math.min(options.threads(), shared.count());
    }

    private Census census() {
        if (census == null) {
            throw new IllegalStateException("the first pass has not run");
        }
        return census;
    }

    @Override
    public List<HeapType> types() {
        return census().types();
    }

    @Override
    public int classType() {
        return census().classType();
    }

    @Override
    public GcRoots roots() {
        return census().roots();
    }

    @Override
    public int alignmentBytes() {
        return model.alignmentBytes();
    }

    @Override
    public void references(FieldRules rules, Supplier<? extends ReferenceSink> sinks) throws IOException {
        monitor.phase("reading references");
        ReferencePass pass = ReferencePass.of(file, census(), model, rules, sinks.get(), monitor);
        scan(pass, () -> pass.another(sinks.get(), monitor.withoutProgress()));
    }

    /** Reads the whole file with as many threads as it can be read by. */
    private void scan(HprofVisitor first, Supplier<? extends HprofVisitor> another) throws IOException {
        if (stretches == null) {
            HprofScanner.scan(file, heap, first);
            return;
        }
        List<HprofVisitor> others = new ArrayList<>();
        while (others.size() + 1 < threads(stretches)) {
            others.add(another.get());
        }
        try (StretchedScan scan = new StretchedScan(stretches, first)) {
            scan.finish(others);
        }
    }

    @Override
    public void contents(LongPredicate wanted, ContentSink sink) throws IOException {
        monitor.phase("reading names");
        HprofScanner.scan(file, heap, new ContentPass(census(), wanted, sink, monitor));
    }

    @Override
    public void fieldsBetween(LongUnaryOperator targetOf, FieldSink sink) throws IOException {
        monitor.phase("reading field names");
        HprofScanner.scan(file, heap, new FieldPass(census(), targetOf, sink, monitor));
    }

    @Override
    public int referenceBytes() {
        return model.referenceBytes();
    }

    @Override
    public List<String> primitiveFields(int type) {
        return List.copyOf(InstanceFields.primitives(census(), type).keySet());
    }

    @Override
    public void values(List<List<FieldRule>> fields, ValueSink sink) throws IOException {
        monitor.phase("reading contents");
        HprofScanner.scan(file, heap, new ValuePass(file, census(), fields, sink, monitor));
    }

    @Override
    public List<String> fieldReferences(FieldReferenceSink sink) throws IOException {
        monitor.phase("looking for holders");
        FieldReferencePass pass = new FieldReferencePass(file, census(), sink, monitor);
        HprofScanner.scan(file, heap, pass);
        return pass.names();
    }

    @Override
    public ObjectReader reader(HeapGraph graph, Scratch scratch) throws IOException {
        monitor.phase("noting where objects are");
        if (Files.size(file) >= RecordOffsets.LIMIT) {
            throw new HprofException(file, RecordOffsets.LIMIT, "the file is too long to look up single objects");
        }
        RecordOffsets offsets = new RecordOffsets(scratch, graph.size());
        scan(
                new OffsetPass(file, graph, offsets, monitor),
                () -> new OffsetPass(file, graph, offsets, monitor.withoutProgress()));
        return new HprofReader(file, census(), graph, offsets);
    }

    @Override
    public List<ThreadStack> threads() throws IOException {
        monitor.phase("reading stacks");
        StackPass pass = new StackPass(census(), monitor);
        HprofScanner.scan(file, pass);
        return pass.threads();
    }

    @Override
    public boolean hasRoots() {
        return true;
    }

    @Override
    public String remarks() {
        return sizesFrom();
    }

    @Override
    public List<String> primitiveFieldTypes(int type) {
        return InstanceFields.primitives(census(), type).entrySet().stream()
                .map(field -> field.getKey() + ":" + field.getValue())
                .toList();
    }
}

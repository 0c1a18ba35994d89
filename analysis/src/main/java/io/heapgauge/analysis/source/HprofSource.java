/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import io.heapgauge.analysis.graph.ContentSink;
import io.heapgauge.analysis.graph.FieldReferenceSink;
import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.graph.FieldRules;
import io.heapgauge.analysis.graph.FieldSink;
import io.heapgauge.analysis.graph.GcRoots;
import io.heapgauge.analysis.graph.HeapSource;
import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.graph.IdSink;
import io.heapgauge.analysis.graph.ReferenceSink;
import io.heapgauge.analysis.graph.TypeTally;
import io.heapgauge.analysis.graph.ValueSink;
import io.heapgauge.analysis.hprof.HprofScanner;
import io.heapgauge.analysis.layout.VmModel;
import io.heapgauge.analysis.monitor.Monitor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An hprof file as a source of a graph. Each pass reads the file once from start to end; memory is that of its classes and
 * names, whatever the number of objects.
 */
public final class HprofSource implements HeapSource {
    private final Path file;
    private final Monitor monitor;
    private final VmModel model;
    private final boolean guessed;
    private final String sizesFrom;
    private @Nullable Census census;

    private HprofSource(Path file, ModelInference.Result sizes, Monitor monitor) {
        this.file = file;
        this.model = sizes.model();
        this.guessed = sizes.guessed();
        this.sizesFrom = sizes.source();
        this.monitor = monitor;
    }

    /**
     * Opens a dump.
     *
     * @param file an hprof file, plain or gzip
     * @param model the dumped VM's object layout, or null to infer it from the dump, which reads its first objects
     * @param monitor hears of each pass
     * @return the source, before its first pass
     * @throws io.heapgauge.analysis.hprof.HprofException if the file is no dump or cannot be read as far as needed
     * @throws IOException if the file cannot be read
     */
    public static HprofSource open(Path file, @Nullable VmModel model, Monitor monitor) throws IOException {
        return new HprofSource(
                file,
                model == null
                        ? ModelInference.infer(file)
                        : new ModelInference.Result(model, false, "vm flags: " + ModelInference.describe(model)),
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
    public TypeTally scan(IdSink ids) throws IOException {
        monitor.phase("counting objects");
        Census counting = new Census(file, model, guessed, ids, monitor);
        HprofScanner.scan(file, counting);
        TypeTally tally = counting.resolve();
        census = counting;
        return tally;
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
    public long bigObjects() {
        return census().bigObjects();
    }

    @Override
    public void references(FieldRules rules, ReferenceSink sink) throws IOException {
        monitor.phase("reading references");
        HprofScanner.scan(file, new ReferencePass(file, census(), model, rules, sink, monitor));
    }

    @Override
    public void contents(LongPredicate wanted, ContentSink sink) throws IOException {
        monitor.phase("reading names");
        HprofScanner.scan(file, new ContentPass(census(), wanted, sink, monitor));
    }

    @Override
    public void fieldsBetween(LongUnaryOperator targetOf, FieldSink sink) throws IOException {
        monitor.phase("reading field names");
        HprofScanner.scan(file, new FieldPass(census(), targetOf, sink, monitor));
    }

    @Override
    public int referenceBytes() {
        return model.referenceBytes();
    }

    @Override
    public List<String> primitiveFields(int type) {
        return InstanceFields.primitives(census(), type);
    }

    @Override
    public void values(List<List<FieldRule>> fields, ValueSink sink) throws IOException {
        monitor.phase("reading contents");
        HprofScanner.scan(file, new ValuePass(file, census(), fields, sink, monitor));
    }

    @Override
    public List<String> fieldReferences(FieldReferenceSink sink) throws IOException {
        monitor.phase("looking for holders");
        FieldReferencePass pass = new FieldReferencePass(file, census(), sink, monitor);
        HprofScanner.scan(file, pass);
        return pass.names();
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.jsonl;

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
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.store.PlainFile;
import io.heapgauge.analysis.store.Scratch;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file of JSON lines as a source of a graph: what Meliae wrote, or an export of ours, see {@link ExportProfile}. Takes a
 * JSON array with an object a line as well, keys in any order, objects that come twice, references to what is not there; lines
 * that tell of nothing are passed over, counted and told in the remarks. Memory is that of its types.
 *
 * <p>Source of the format: its description in Meliae's study, and files that Meliae wrote.
 */
public final class JsonLinesSource implements RecordedSource {
    private static final String STRING = "java.lang.String";
    private static final int LOOKED_AT_BYTES = 1 << 10;

    private final Path file;
    private final int threads;
    private final Monitor monitor;
    private LineTypes types;
    private String remarks = "sizes as the file has them";

    private JsonLinesSource(Path file, int threads, Monitor monitor) {
        this.file = file;
        this.threads = threads;
        types = new LineTypes(file);
        this.monitor = monitor;
    }

    /**
     * Looks whether a file could be JSON lines.
     *
     * @param file a file, plain or gzip
     * @return whether its contents start like JSON
     * @throws IOException if it cannot be read
     */
    public static boolean isJson(Path file) throws IOException {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), LOOKED_AT_BYTES);
                InputStream in = PlainFile.isGzip(file) ? new GZIPInputStream(raw, LOOKED_AT_BYTES) : raw) {
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (!Character.isWhitespace(b)) {
                    return b == '{' || b == '[';
                }
            }
            return false;
        } catch (ZipException | EOFException e) {
            return false; // whoever reads it as a dump says what is wrong with it
        }
    }

    /**
     * Opens a file.
     *
     * @param file uncompressed JSON lines
     * @param threads threads to read with, at least 1; of several lines for one address the first that is met counts
     * @param monitor hears of each pass
     * @return the source, before its first pass
     * @throws IOException if the file cannot be read
     */
    public static JsonLinesSource open(Path file, int threads, Monitor monitor) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException(file + ": no such file, or it may not be read");
        }
        return new JsonLinesSource(file, threads, monitor);
    }

    private LinePass pass(FileChannel channel) {
        return new LinePass(channel, types, threads, monitor);
    }

    private FileChannel channel() throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    @Override
    public TypeTally scan(Supplier<? extends IdSink> ids) throws IOException {
        monitor.phase("counting objects");
        types = new LineTypes(file);
        List<LineTally> tallies = new ArrayList<>();
        try (FileChannel channel = channel()) {
            LinePass.Junk junk = pass(channel).first(() -> {
                IdSink sink = ids.get();
                LineTally tally = new LineTally();
                tallies.add(tally);
                return (line, type) -> {
                    sink.object(line.address);
                    tally.add(type, line.size);
                };
            });
            if (tallies.stream().allMatch(tally -> tally.objects() == 0)) {
                throw new IOException(file + ": line " + lineOf(channel, Math.max(0, junk.first()))
                        + ": no line of the file is an object with \"address\", \"type\" and \"size\";"
                        + " is it a dump in Meliae's format?");
            }
            remarks(channel, junk);
        }
        types.complete();
        return LineTally.sum(tallies, types.all().size());
    }

    private void remarks(FileChannel channel, LinePass.Junk junk) throws IOException {
        remarks = "sizes as the file has them";
        if (junk.lines() > 0) {
            remarks += ", " + junk.lines() + (junk.lines() == 1 ? " line" : " lines")
                    + " passed over that tell of no object, the first is line " + lineOf(channel, junk.first());
        }
    }

    /** Number of the line at an offset, from 1. */
    private static long lineOf(FileChannel channel, long offset) throws IOException {
        ByteBuffer some = ByteBuffer.allocate(1 << 16);
        long number = 1;
        for (long at = 0; at < offset; ) {
            some.clear().limit((int) Math.min(some.capacity(), offset - at));
            int read = channel.read(some, at);
            if (read <= 0) {
                break;
            }
            for (int i = 0; i < read; i++) {
                number += some.get(i) == '\n' ? 1 : 0;
            }
            at += read;
        }
        return number;
    }

    @Override
    public List<HeapType> types() {
        return types.all();
    }

    @Override
    public int classType() {
        return types.classType();
    }

    @Override
    public GcRoots roots() {
        return types.roots();
    }

    @Override
    public boolean hasRoots() {
        return types.isLossless();
    }

    @Override
    public String remarks() {
        return remarks;
    }

    @Override
    public int alignmentBytes() {
        return 1;
    }

    @Override
    public int referenceBytes() {
        return types.referenceBytes();
    }

    @Override
    public void references(FieldRules rules, Supplier<? extends ReferenceSink> sinks) throws IOException {
        monitor.phase("reading references");
        try (FileChannel channel = channel()) {
            pass(channel).again(() -> {
                ReferenceSink sink = sinks.get();
                RowOrder order = new RowOrder(types, rules);
                return (line, type) -> {
                    sink.object(line.address, type, line.size);
                    int count = order.arrange(line, type);
                    sink.references(order.row(), count);
                    sink.end();
                };
            });
        }
    }

    @Override
    public ObjectReader reader(HeapGraph graph, Scratch scratch) throws IOException {
        monitor.phase("noting where objects are");
        RecordOffsets offsets = new RecordOffsets(scratch, graph.size());
        try (FileChannel channel = channel()) {
            pass(channel).again(() -> (line, type) -> offsets.set(graph.ordinalOf(line.address), line.offset));
        }
        return new JsonLinesReader(file, types, graph, offsets);
    }

    @Override
    public List<ThreadStack> threads() {
        return List.of();
    }

    // ---- passes for measures

    /** Of arrays only those of strings, whose text the string's line has. */
    @Override
    public void contents(LongPredicate wanted, ContentSink sink) throws IOException {
        monitor.phase("reading names");
        try (FileChannel channel = channel()) {
            pass(channel).withValues((line, type) -> {
                if (type >= types.told()) {
                    return;
                }
                if (wanted.test(line.address)) {
                    List<LineTypes.Primitive> fields = types.primitives(type);
                    long[] values = new long[fields.size()];
                    Arrays.setAll(values, line::valueAt);
                    String[] names =
                            fields.stream().map(LineTypes.Primitive::name).toArray(String[]::new);
                    sink.primitives(line.address, type, names, values);
                }
                if (line.value instanceof String text
                        && STRING.equals(line.type)
                        && line.referenceCount() > 0
                        && wanted.test(line.references()[0])) {
                    sink.array(line.references()[0], true, text.getBytes(StandardCharsets.UTF_16BE));
                }
            });
        }
    }

    @Override
    public List<String> primitiveFields(int type) {
        return types.primitiveNames(type);
    }

    @Override
    public List<String> primitiveFieldTypes(int type) {
        return types.primitiveFieldTypes(type);
    }

    @Override
    public void values(List<List<FieldRule>> fields, ValueSink sink) throws IOException {
        throw new IOException(file + ": contents of objects are not in a file of JSON lines; ask the heap dump itself");
    }

    @Override
    public void fieldsBetween(LongUnaryOperator targetOf, FieldSink sink) throws IOException {
        monitor.phase("reading field names");
        try (FileChannel channel = channel()) {
            pass(channel).inOrder((line, type) -> {
                long target = targetOf.applyAsLong(line.address);
                for (int i = 0; target != 0 && i < line.referenceCount(); i++) {
                    if (line.references()[i] == target) {
                        LineTypes.Place place = types.place(line, type, i);
                        sink.field(line.address, place.owner(), place.name());
                    }
                }
            });
        }
    }

    @Override
    public List<String> fieldReferences(FieldReferenceSink sink) throws IOException {
        monitor.phase("looking for holders");
        FieldNumbers numbers = new FieldNumbers();
        try (FileChannel channel = channel()) {
            pass(channel).inOrder((line, type) -> {
                for (int i = 0; i < line.referenceCount(); i++) {
                    if (line.references()[i] != 0) {
                        int number = numbers.of(
                                types.place(line, type, i), types.all().get(type));
                        sink.reference(line.address, number, line.references()[i]);
                    }
                }
            });
        }
        return numbers.names();
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.graph.FieldRules;
import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.graph.ReferenceSink;
import io.heapgauge.analysis.hprof.ClassDump;
import io.heapgauge.analysis.hprof.HeapRecords;
import io.heapgauge.analysis.hprof.HprofException;
import io.heapgauge.analysis.hprof.HprofType;
import io.heapgauge.analysis.hprof.Ids;
import io.heapgauge.analysis.hprof.ProgressVisitor;
import io.heapgauge.analysis.layout.VmModel;
import io.heapgauge.analysis.monitor.Monitor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.agrona.collections.IntArrayList;
import org.jspecify.annotations.Nullable;

/** The second pass over a dump: every object with its references, by a plan per class that skips all other fields. */
final class ReferencePass extends ProgressVisitor {
    private static final int BATCH = 1024;
    /** In place of a number of references. */
    private static final int NO_MORE = -1;
    /** In place of where a field is. */
    private static final int NO_FIELD = -1;

    private final Path file;
    private final Census census;
    private final VmModel model;
    private final FieldRules rules;
    private final ReferenceSink sink;
    private final TypeLookup entries;
    private final Ids ids;
    private long[] batch = new long[BATCH];

    private ReferencePass(
            Path file, Census census, VmModel model, FieldRules rules, ReferenceSink sink, Monitor monitor) {
        super(monitor::at);
        this.file = file;
        this.census = census;
        this.model = model;
        this.rules = rules;
        this.sink = sink;
        entries = census.lookup();
        ids = census.header().ids();
    }

    /** A pass with its plans. */
    static ReferencePass of(
            Path file, Census census, VmModel model, FieldRules rules, ReferenceSink sink, Monitor monitor)
            throws HprofException {
        ReferencePass pass = new ReferencePass(file, census, model, rules, sink, monitor);
        for (ClassDump dump : census.classes().dumps()) {
            pass.plan(dump);
        }
        return pass;
    }

    /** The same pass for another thread, by the same plans. */
    ReferencePass another(ReferenceSink otherSink, Monitor otherMonitor) {
        ReferencePass pass = new ReferencePass(file, census, model, rules, otherSink, otherMonitor);
        pass.batch = new long[batch.length];
        return pass;
    }

    /** Works out once per class where its instances hold references, rule slots first. */
    private void plan(ClassDump dump) throws HprofException {
        List<ClassDump> lineage = census.classes().lineage(dump, file);
        List<HeapType> types = new ArrayList<>(lineage.size());
        for (ClassDump ancestor : lineage) {
            types.add(typeOf(ancestor));
        }
        int[] slots = rules.instanceSlots(types);
        int[] slotFields = new int[slots.length];
        Arrays.fill(slotFields, NO_FIELD);
        IntArrayList others = new IntArrayList();
        int at = 0;
        for (int i = 0; i < types.size(); i++) {
            int reference = 0;
            for (byte fieldType : lineage.get(i).fieldTypes()) {
                if (fieldType == HprofType.OBJECT) {
                    int slot = freeSlot(slots, slotFields, types.get(i), reference++);
                    if (slot < 0) {
                        others.addInt(at);
                    } else {
                        slotFields[slot] = at;
                    }
                }
                at += HprofType.bytes(fieldType, ids.bytes());
            }
        }
        TypeEntry entry = entries.get(dump.id(), dump.offset());
        entry.dataBytes = at;
        entry.slotFields = slotFields;
        entry.otherFields = others.toIntArray();
        makeBatch(slots.length + entry.otherFields.length);
    }

    private HeapType typeOf(ClassDump dump) {
        return census.types().get(entries.get(dump.id(), dump.offset()).type);
    }

    /** The slot of a reference field, -1 where it has none or where another field of that name came first. */
    private int freeSlot(int[] slots, int[] slotFields, HeapType type, int reference) {
        for (int slot = 0; slot < slots.length; slot++) {
            FieldRule rule = rules.get(slots[slot]);
            if (slotFields[slot] == NO_FIELD
                    && rule.field().equals(type.fields().get(reference))
                    && rule.className().equals(type.name())) {
                return slot;
            }
        }
        return -1;
    }

    private void makeBatch(int length) {
        if (batch.length < length) {
            batch = new long[length];
        }
    }

    @Override
    public @Nullable ClassDump known(long classId) {
        return census.classes().dump(classId);
    }

    @Override
    public void classDump(ClassDump record) {
        // of two records with one id the first one counts
        ClassDump dump = Objects.requireNonNull(census.classes().dump(record.id()));
        TypeEntry entry = entries.get(dump.id(), dump.offset());
        HeapType type = census.types().get(entry.type);
        int[] slots = rules.classSlots(type);
        makeBatch(slots.length + dump.staticTypes().length + dump.constantPoolReferences().length + 3);
        boolean[] leading = new boolean[type.statics().size()];
        int count = 0;
        batch[count++] = dump.loaderId();
        for (int slot = 1; slot < slots.length; slot++) {
            int field = type.staticReference(rules.get(slots[slot]).field());
            leading[field] = true;
            batch[count++] = type.statics().get(field).value();
        }
        for (int field = 0; field < leading.length; field++) {
            if (!leading[field]) {
                count = add(type.statics().get(field).value(), count);
            }
        }
        count = add(dump.superId(), count);
        count = add(dump.signersId(), count);
        count = add(dump.protectionDomainId(), count);
        for (long reference : dump.constantPoolReferences()) {
            count = add(reference, count);
        }
        sink.object(dump.id(), census.classType(), census.mirrorBytes(entry.type));
        sink.references(batch, count);
        sink.end();
    }

    private int add(long reference, int count) {
        if (reference == 0) {
            return count;
        }
        batch[count] = reference;
        return count + 1;
    }

    /** Each method of the sink is called from one place, into which it is compiled. */
    @Override
    public void objects(HeapRecords heap) throws IOException {
        for (int left = HeapRecords.TOGETHER; left > 0 && heap.next(); left--) {
            int kind = heap.kind();
            TypeEntry entry = kind == HeapRecords.PRIMITIVE_ARRAY
                    ? census.primitiveArrays(heap.elementType())
                    : entries.get(heap.classId(), heap.offset());
            sink.object(heap.id(), entry.type, bytes(heap, entry));
            int count = kind == HeapRecords.INSTANCE ? fields(heap, entry) : elements(heap);
            while (count >= 0) {
                sink.references(batch, count);
                count = kind == HeapRecords.INSTANCE ? NO_MORE : elements(heap);
            }
            sink.end();
        }
    }

    private long bytes(HeapRecords heap, TypeEntry entry) throws HprofException {
        if (heap.kind() != HeapRecords.INSTANCE) {
            return ObjectCount.arrayBytes(heap, model);
        }
        if (heap.length() != entry.dataBytes) {
            throw new HprofException(
                    file,
                    heap.offset(),
                    "an instance of " + census.types().get(entry.type).name() + " with " + heap.length()
                            + " bytes of fields where its class has " + entry.dataBytes + "; the dump is corrupt");
        }
        return entry.extraWordsField < 0
                ? entry.instanceBytes
                : entry.instanceBytes
                        + ObjectCount.stackChunkExtra(model, heap.window().getInt(heap.at() + entry.extraWordsField));
    }

    /** Fills the batch with the references of an instance. */
    private int fields(HeapRecords heap, TypeEntry entry) {
        ByteBuffer window = heap.window();
        int at = heap.at();
        long[] references = batch;
        int count = 0;
        for (int field : entry.slotFields) {
            references[count++] = ids.read(window, at + field);
        }
        for (int field : entry.otherFields) {
            long reference = ids.read(window, at + field);
            references[count] = reference;
            count += reference != 0 ? 1 : 0;
        }
        return count;
    }

    /** Fills the batch with the next elements of an array; how many there are, {@link #NO_MORE} behind the last one. */
    private int elements(HeapRecords heap) throws IOException {
        int count = heap.kind() == HeapRecords.OBJECT_ARRAY ? heap.elements(batch.length) : 0;
        if (count == 0) {
            return NO_MORE;
        }
        ByteBuffer window = heap.window();
        int at = heap.at();
        long[] references = batch;
        int filled = 0;
        for (int i = 0; i < count; i++) {
            long reference = ids.read(window, at);
            references[filled] = reference;
            filled += reference != 0 ? 1 : 0;
            at += ids.bytes();
        }
        return filled;
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import io.heapgauge.analysis.graph.GcRoots;
import io.heapgauge.analysis.graph.IdSink;
import io.heapgauge.analysis.hprof.ClassDump;
import io.heapgauge.analysis.hprof.HeapRecords;
import io.heapgauge.analysis.hprof.HprofHeader;
import io.heapgauge.analysis.hprof.HprofType;
import io.heapgauge.analysis.hprof.Ids;
import io.heapgauge.analysis.hprof.ProgressVisitor;
import io.heapgauge.analysis.hprof.RootKind;
import io.heapgauge.analysis.layout.VmModel;
import io.heapgauge.analysis.monitor.Monitor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one thread counts in the first pass: objects by class, roots, class records. The counts of several threads are joined
 * by {@link #absorb}; roots and class records then come in the order of the file, whoever met them.
 */
final class ObjectCount extends ProgressVisitor {
    private final VmModel model;
    private final ClassTable classes;
    private final SpecialFields specials;
    private final IdSink ids;
    private final TypeLookup entries = new TypeLookup();
    private final TypeEntry[] primitiveArrays = new TypeEntry[HprofType.CODES];
    private final List<Part> parts = new ArrayList<>();
    private Part part = new Part(-1);
    private HprofHeader header = new HprofHeader("", Ids.of(8), 0, false);
    private @Nullable TypeEntry previous;
    /** The id before; the first object of a stretch ascends. */
    private long previousId = Long.MIN_VALUE;

    private boolean sawObject;
    private long ascending;
    private long descending;

    /** Roots and class records of one stretch of the file. */
    private static final class Part {
        final int stretch;
        final GcRoots roots = new GcRoots();
        final List<ClassDump> dumps = new ArrayList<>();

        Part(int stretch) {
            this.stretch = stretch;
        }
    }

    /** @param classes has the records that were read before, and gets the others in the end */
    ObjectCount(VmModel model, ClassTable classes, SpecialFields specials, IdSink ids, Monitor monitor) {
        super(monitor::at);
        this.model = model;
        this.classes = classes;
        this.specials = specials;
        this.ids = ids;
        for (int type = HprofType.BOOLEAN; type < HprofType.CODES; type++) {
            primitiveArrays[type] = new TypeEntry(0, 0);
        }
        parts.add(part);
    }

    /** Whether the class records, which come first as a rule, are over. */
    boolean sawObject() {
        return sawObject;
    }

    HprofHeader header() {
        return header;
    }

    TypeLookup entries() {
        return entries;
    }

    /** Code of the elements → arrays of such. */
    TypeEntry[] primitiveArrays() {
        return primitiveArrays;
    }

    boolean inAddressOrder() {
        return descending * 100 <= ascending;
    }

    /** Adds what another thread has counted. */
    void absorb(ObjectCount other) {
        for (TypeEntry entry : other.entries.all()) {
            entries.get(entry.classId, entry.firstOffset).absorb(entry);
        }
        for (int type = HprofType.BOOLEAN; type < HprofType.CODES; type++) {
            primitiveArrays[type].absorb(other.primitiveArrays[type]);
        }
        parts.addAll(other.parts);
        ascending += other.ascending;
        descending += other.descending;
    }

    /** Hands over roots and class records in the order of the file. */
    void finish(GcRoots roots) {
        parts.sort((a, b) -> Integer.compare(a.stretch, b.stretch));
        for (Part each : parts) {
            roots.addAll(each.roots);
            for (ClassDump dump : each.dumps) {
                classes.classDump(dump);
            }
        }
        parts.clear();
    }

    @Override
    public void header(HprofHeader start) {
        header = start;
        specials.ids(start.ids());
    }

    @Override
    public void stretch(int index) {
        part = new Part(index);
        parts.add(part);
        previous = null;
        previousId = Long.MIN_VALUE;
    }

    @Override
    public void utf8(long id, ByteBuffer window, int at, int length) {
        classes.utf8(id, window, at, length);
    }

    @Override
    public void loadClass(int serial, long classId, int stackSerial, long nameId) {
        classes.loadClass(serial, classId, stackSerial, nameId);
    }

    @Override
    public void root(RootKind kind, long id, int threadSerial, int detail) {
        GcRoots.Kind why = switch (kind) {
            case THREAD_OBJECT -> GcRoots.Kind.THREAD;
            case JAVA_FRAME -> GcRoots.Kind.JAVA_FRAME;
            case JNI_LOCAL -> GcRoots.Kind.JNI_LOCAL;
            case NATIVE_STACK -> GcRoots.Kind.NATIVE_STACK;
            case THREAD_BLOCK -> GcRoots.Kind.THREAD_BLOCK;
            case JNI_GLOBAL -> GcRoots.Kind.JNI_GLOBAL;
            case STICKY_CLASS -> GcRoots.Kind.STICKY_CLASS;
            case MONITOR_USED -> GcRoots.Kind.MONITOR;
            case UNKNOWN -> GcRoots.Kind.OTHER;
        };
        part.roots.add(id, why, threadSerial);
    }

    @Override
    public @Nullable ClassDump known(long classId) {
        return classes.dump(classId);
    }

    @Override
    public void classDump(ClassDump dump) {
        part.dumps.add(dump);
        specials.classDump(dump);
        ids.object(dump.id());
        entries.get(dump.id(), dump.offset());
    }

    @Override
    public void objects(HeapRecords heap) throws IOException {
        // what changes with every object is in locals, the reference not least: storing it would cost more than
        // counting
        TypeEntry before = previous;
        long beforeId = previousId;
        for (int left = HeapRecords.TOGETHER; left > 0 && heap.next(); left--) {
            int kind = heap.kind();
            TypeEntry entry = kind == HeapRecords.PRIMITIVE_ARRAY
                    ? primitiveArrays[heap.elementType()]
                    : entries.get(heap.classId(), heap.offset());
            entry.objects++;
            if (kind != HeapRecords.INSTANCE) {
                array(entry, arrayBytes(heap, model));
            } else if (!entry.plain) {
                special(entry, heap.window(), heap.at(), heap.length());
            }
            long id = heap.id();
            if (id > beforeId) {
                ascending++;
                if (before != null) {
                    before.neighbour(beforeId, id - beforeId);
                }
            } else {
                descending++;
            }
            before = kind == HeapRecords.INSTANCE ? entry : null;
            beforeId = id;
            ids.object(id);
        }
        previous = before;
        previousId = beforeId;
    }

    /** Shallow size of an array. */
    static long arrayBytes(HeapRecords heap, VmModel model) {
        return model.arrayBytes(
                heap.length(),
                heap.kind() == HeapRecords.OBJECT_ARRAY
                        ? model.referenceBytes()
                        : HprofType.primitiveBytes(heap.elementType()));
    }

    private void special(TypeEntry entry, ByteBuffer window, int at, int length) {
        if (entry.objects == 1) {
            sawObject = true;
            specials.plan(entry);
        }
        if (entry.extraWordsField >= 0 && entry.extraWordsField + 4 <= length) {
            long extra = stackChunkExtra(model, window.getInt(at + entry.extraWordsField));
            entry.bytes += extra;
            entry.largest = Math.max(entry.largest, extra);
        }
        if (entry.nativeBytesOf != null) {
            entry.nativeBytes += entry.nativeBytesOf.read(window, at, length);
        }
    }

    /** A continuation's stack chunk carries its stack and one bit for each slot of it behind its fields. */
    static long stackChunkExtra(VmModel model, int words) {
        long slots = Math.max(0, words) * 8L / model.referenceBytes();
        return model.align(Math.max(0, words) * 8L + (slots + 63) / 64 * 8);
    }

    private void array(TypeEntry entry, long bytes) {
        sawObject = true;
        entry.bytes += bytes;
        if (bytes > entry.largest) {
            entry.largest = bytes;
        }
    }
}

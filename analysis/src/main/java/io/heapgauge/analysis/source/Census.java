/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import io.heapgauge.analysis.graph.GcRoots;
import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.graph.IdSink;
import io.heapgauge.analysis.graph.TypeTally;
import io.heapgauge.analysis.hprof.ClassDump;
import io.heapgauge.analysis.hprof.HprofException;
import io.heapgauge.analysis.hprof.HprofHeader;
import io.heapgauge.analysis.hprof.HprofType;
import io.heapgauge.analysis.hprof.HprofVisitor;
import io.heapgauge.analysis.hprof.RootKind;
import io.heapgauge.analysis.layout.Contended;
import io.heapgauge.analysis.layout.JdkGeneration;
import io.heapgauge.analysis.layout.VmModel;
import io.heapgauge.analysis.monitor.Monitor;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first pass over a dump: classes, roots, and objects by class. */
final class Census implements HprofVisitor {
    private static final String CLASS = "java.lang.Class";
    private static final String STACK_CHUNK = "jdk.internal.vm.StackChunk";
    private static final int MAX_BYTE = 0xff;

    private final Path file;
    private final VmModel model;
    private final boolean guessed;
    private final IdSink ids;
    private final Monitor monitor;
    private final ClassTable classes = new ClassTable();
    private final TypeLookup entries = new TypeLookup();
    private final TypeEntry[] primitiveArrays = new TypeEntry[HprofType.CODES];
    private final GcRoots roots = new GcRoots();
    private final long bigBytes;

    private HprofHeader header = new HprofHeader("", 8, 0);
    private List<HeapType> types = List.of();
    private int classType;
    private long[] mirrorBytes = {};
    private long bigObjects;

    private JdkGeneration jdk = JdkGeneration.SINCE_15;
    private int corrected;

    private @Nullable TypeEntry previous;
    private long previousId;
    private long ascending;
    private long descending;

    /** @param guessed whether the model is an assumption that the dump did not confirm */
    Census(Path file, VmModel model, boolean guessed, IdSink ids, Monitor monitor) {
        this.file = file;
        this.model = model;
        this.guessed = guessed;
        this.ids = ids;
        this.monitor = monitor;
        bigBytes = (long) MAX_BYTE * model.alignmentBytes();
        for (int type = HprofType.BOOLEAN; type < HprofType.CODES; type++) {
            primitiveArrays[type] = new TypeEntry(0, 0);
        }
    }

    HprofHeader header() {
        return header;
    }

    List<HeapType> types() {
        return types;
    }

    int classType() {
        return classType;
    }

    GcRoots roots() {
        return roots;
    }

    /** The generation of the dumped VM's JDK. */
    JdkGeneration jdk() {
        return jdk;
    }

    /** Number of classes whose size by the model their neighbours refuted. */
    int corrected() {
        return corrected;
    }

    ClassTable classes() {
        return classes;
    }

    /** Type index of a primitive array by the code of its elements. */
    int primitiveArrayType(int code) {
        return primitiveArrays[code].type;
    }

    /** Most objects whose size in units of the alignment does not fit a byte. */
    long bigObjects() {
        return bigObjects;
    }

    TypeEntry entry(long classId, long offset) {
        return entries.get(classId, offset);
    }

    /** Shallow size of the class object of a type. */
    long mirrorBytes(int type) {
        return mirrorBytes[type];
    }

    @Override
    public void header(HprofHeader start) {
        header = start;
    }

    @Override
    public void progress(long offset, long fileBytes) {
        monitor.at((double) offset / fileBytes);
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
        roots.add(id, why, threadSerial);
    }

    @Override
    public void classDump(ClassDump dump) {
        classes.classDump(dump);
        ids.object(dump.id());
        TypeEntry entry = entry(dump.id(), dump.offset());
        // what came before its class was counted without extra words, and stays so
        boolean first = classes.dump(dump.id()) == dump && entry.objects == 0;
        if (first && classes.name(dump).equals(STACK_CHUNK)) {
            entry.extraWordsField = offsetOfInt(dump, "size");
        }
    }

    private int offsetOfInt(ClassDump dump, String field) {
        int at = 0;
        for (int i = 0; i < dump.fieldTypes().length; i++) {
            if (dump.fieldTypes()[i] == HprofType.INT
                    && classes.symbol(dump.fieldNameIds()[i]).equals(field)) {
                return at;
            }
            at += HprofType.bytes(dump.fieldTypes()[i], header.idBytes());
        }
        return -1;
    }

    @Override
    public void instance(long id, long classId, ByteBuffer window, int at, int length, long offset) {
        TypeEntry entry = entries.get(classId, offset);
        entry.objects++;
        if (entry.extraWordsField >= 0 && entry.extraWordsField + 4 <= length) {
            long extra = stackChunkExtra(window.getInt(at + entry.extraWordsField));
            entry.bytes += extra;
            entry.largest = Math.max(entry.largest, extra);
            bigObjects += extra >= bigBytes / 2 ? 1 : 0;
        }
        neighbour(id, entry);
        ids.object(id);
    }

    /** A continuation's stack chunk carries its stack and one bit for each slot of it behind its fields. */
    long stackChunkExtra(int words) {
        long slots = Math.max(0, words) * 8L / model.referenceBytes();
        return model.align(Math.max(0, words) * 8L + (slots + 63) / 64 * 8);
    }

    private void neighbour(long id, @Nullable TypeEntry entry) {
        long distance = id - previousId;
        if (distance > 0) {
            ascending++;
            if (previous != null) {
                previous.neighbour(distance);
            }
        } else {
            descending++;
        }
        previous = entry;
        previousId = id;
    }

    @Override
    public boolean objectArray(long id, long classId, int length, long offset) {
        array(id, entries.get(classId, offset), model.arrayBytes(length, model.referenceBytes()));
        return false;
    }

    @Override
    public boolean primitiveArray(long id, int type, int length, long offset) {
        array(id, primitiveArrays[type], model.arrayBytes(length, HprofType.primitiveBytes(type)));
        return false;
    }

    private void array(long id, TypeEntry entry, long bytes) {
        entry.objects++;
        entry.bytes += bytes;
        if (bytes > entry.largest) {
            entry.largest = bytes;
        }
        if (bytes >= bigBytes) {
            bigObjects++;
        }
        neighbour(id, null);
        ids.object(id);
    }

    /** Brings classes and objects together once the whole file has been seen. */
    TypeTally resolve() throws HprofException {
        types = new ArrayList<>(classes.types());
        classType = typeNamed(CLASS);
        for (int code = HprofType.BOOLEAN; code < HprofType.CODES; code++) {
            primitiveArrays[code].type = typeNamed(HprofType.name(code) + "[]");
        }
        types = List.copyOf(types);
        TypeTally tally = TypeTally.empty(types.size());
        jdk = ClassLayouts.generation(classes);
        ClassLayouts layouts = new ClassLayouts(classes, model, jdk, file);
        resolveInstances(tally, layouts);
        for (int code = HprofType.BOOLEAN; code < HprofType.CODES; code++) {
            add(tally, primitiveArrays[code], 0);
        }
        resolveMirrors(tally, layouts);
        return tally;
    }

    /** Index of a boot class, added without a class object where the dump has none. */
    private int typeNamed(String name) {
        for (HeapType type : types) {
            if (type.loaderId() == 0 && type.name().equals(name)) {
                return type.index();
            }
        }
        types.add(new HeapType(types.size(), name, name, 0, -1, 0, List.of(), List.of()));
        return types.size() - 1;
    }

    private void resolveInstances(TypeTally tally, ClassLayouts layouts) throws HprofException {
        List<ClassDump> dumps = classes.dumps();
        for (int type = 0; type < dumps.size(); type++) {
            entry(dumps.get(type).id(), dumps.get(type).offset()).type = type;
        }
        boolean inAddressOrder = descending * 100 <= ascending;
        for (TypeEntry entry : entries.all()) {
            ClassDump dump = classes.dump(entry.classId);
            if (dump == null) {
                throw new HprofException(
                        file,
                        entry.firstOffset,
                        "the class record of 0x" + Long.toHexString(entry.classId) + ", class of the object here and "
                                + (entry.objects - 1) + " more, is missing from the dump; capture it again");
            }
            boolean array = types.get(entry.type).name().endsWith("[]");
            if (!array) {
                entry.instanceBytes = agreed(layouts.instanceBytes(dump), entry, inAddressOrder);
                // with extra words either part may be the one that makes it big
                long big = entry.extraWordsField >= 0 ? bigBytes / 2 : bigBytes;
                bigObjects += entry.instanceBytes >= big ? entry.objects : 0;
            }
            add(tally, entry, entry.instanceBytes);
        }
    }

    /**
     * The size by the model, unless its instances say otherwise. No two objects overlap, so the distance to a neighbour is
     * never less than the size: what is nearer refutes the model. What is farther shows padding that the model does not
     * know, or, where the layout itself is only guessed, the size.
     */
    private long agreed(long byModel, TypeEntry entry, boolean inAddressOrder) {
        long seen = entry.clearlyNearest();
        if (seen == 0 || entry.extraWordsField >= 0 || seen % model.alignmentBytes() != 0) {
            return byModel;
        }
        boolean padding = looksPadded(seen - byModel);
        if (seen < byModel || inAddressOrder && (padding || guessed || jdk == JdkGeneration.BEFORE_15)) {
            corrected += seen != byModel ? 1 : 0;
            return seen;
        }
        return byModel;
    }

    /** One, two or more widths of padding, give or take what the fields between them save or waste. */
    private static boolean looksPadded(long moreBytes) {
        long beside = (moreBytes + 16) % Contended.PADDING_BYTES;
        return moreBytes >= Contended.PADDING_BYTES - 16 && beside <= 32;
    }

    private void add(TypeTally tally, TypeEntry entry, long instanceBytes) {
        if (entry.objects > 0) {
            tally.addAll(
                    entry.type,
                    entry.objects,
                    entry.bytes + entry.objects * instanceBytes,
                    entry.largest + instanceBytes);
        }
    }

    private void resolveMirrors(TypeTally tally, ClassLayouts layouts) throws HprofException {
        ClassDump mirror = classes.dump(types.get(classType).classId());
        long base = mirror == null ? model.align(model.headerBytes()) : layouts.instanceBytes(mirror);
        List<ClassDump> dumps = classes.dumps();
        mirrorBytes = new long[dumps.size()];
        for (int type = 0; type < mirrorBytes.length; type++) {
            long bytes = layouts.mirrorBytes(dumps.get(type), base);
            mirrorBytes[type] = bytes;
            tally.add(classType, bytes);
            bigObjects += bytes >= bigBytes ? 1 : 0;
        }
    }
}

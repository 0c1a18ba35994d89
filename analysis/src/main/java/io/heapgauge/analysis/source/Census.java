/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import io.heapgauge.analysis.graph.GcRoots;
import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.graph.TypeTally;
import io.heapgauge.analysis.hprof.ClassDump;
import io.heapgauge.analysis.hprof.HprofException;
import io.heapgauge.analysis.hprof.HprofHeader;
import io.heapgauge.analysis.hprof.HprofType;
import io.heapgauge.analysis.layout.Contended;
import io.heapgauge.analysis.layout.JdkGeneration;
import io.heapgauge.analysis.layout.VmModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the first pass over a dump brings to light: classes, roots, and objects by class. The passes behind it look things up
 * here; once resolved it does not change, and several threads may ask.
 */
final class Census {
    private static final String CLASS = "java.lang.Class";

    private final Path file;
    private final VmModel model;
    private final boolean guessed;
    private final ClassTable classes;
    private final ObjectCount count;
    private final GcRoots roots = new GcRoots();

    private List<HeapType> types = List.of();
    private int classType;
    private long[] mirrorBytes = {};

    private JdkGeneration jdk = JdkGeneration.SINCE_15;
    private int corrected;

    /**
     * @param guessed whether the model is an assumption that the dump did not confirm
     * @param classes the names and, from here on, the class records
     * @param count what all threads have counted
     */
    Census(Path file, VmModel model, boolean guessed, ClassTable classes, ObjectCount count) {
        this.file = file;
        this.model = model;
        this.guessed = guessed;
        this.classes = classes;
        this.count = count;
        count.finish(roots);
    }

    HprofHeader header() {
        return count.header();
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

    /** The entry of primitive arrays by the code of their elements. */
    TypeEntry primitiveArrays(int code) {
        return count.primitiveArrays()[code];
    }

    TypeEntry entry(long classId, long offset) {
        return count.entries().get(classId, offset);
    }

    /** The entries for a thread of its own. */
    TypeLookup lookup() {
        return count.entries().view();
    }

    /** Shallow size of the class object of a type. */
    long mirrorBytes(int type) {
        return mirrorBytes[type];
    }

    /** Brings classes and objects together once the whole file has been seen. */
    TypeTally resolve() throws HprofException {
        types = new ArrayList<>(classes.types());
        nameKnownTypes();
        types = List.copyOf(types);
        TypeTally tally = TypeTally.empty(types.size());
        jdk = ClassLayouts.generation(classes);
        ClassLayouts layouts = new ClassLayouts(new ClassShapes(classes, jdk), model, file, header().brief());
        resolveInstances(tally, layouts);
        for (int code = HprofType.BOOLEAN; code < HprofType.CODES; code++) {
            add(tally, count.primitiveArrays()[code], 0);
        }
        resolveMirrors(tally, layouts);
        return tally;
    }

    /** Finds the boot classes that the passes need, and adds those that the dump has none of, without a class object. */
    private void nameKnownTypes() {
        Map<String, Integer> arrays = new HashMap<>();
        classType = -1;
        for (HeapType type : types) {
            if (type.loaderId() == 0) {
                if (type.name().endsWith("[]")) {
                    arrays.putIfAbsent(type.name(), type.index());
                } else if (classType < 0 && type.name().equals(CLASS)) {
                    classType = type.index();
                }
            }
        }
        if (classType < 0) {
            classType = added(CLASS);
        }
        for (int code = HprofType.BOOLEAN; code < HprofType.CODES; code++) {
            String name = HprofType.name(code) + "[]";
            Integer known = arrays.get(name);
            count.primitiveArrays()[code].type = known == null ? added(name) : known;
        }
    }

    private int added(String name) {
        types.add(new HeapType(types.size(), name, name, 0, -1, 0, List.of(), List.of()));
        return types.size() - 1;
    }

    private void resolveInstances(TypeTally tally, ClassLayouts layouts) throws HprofException {
        List<ClassDump> dumps = classes.dumps();
        for (int type = 0; type < dumps.size(); type++) {
            entry(dumps.get(type).id(), dumps.get(type).offset()).type = type;
        }
        boolean inAddressOrder = count.inAddressOrder();
        for (TypeEntry entry : count.entries().all()) {
            ClassDump dump = classes.dump(entry.classId);
            if (dump == null) {
                throw new HprofException(
                        file,
                        entry.firstOffset,
                        "the class record of 0x" + Long.toHexString(entry.classId) + ", class of the object here and "
                                + (entry.objects - 1) + " more, is missing from the dump; capture it again");
            }
            boolean array = types.get(entry.type).name().endsWith("[]");
            if (!array && entry.objects > 0) {
                entry.instanceBytes = agreed(layouts.instanceBytes(dump), entry, inAddressOrder);
            }
            add(tally, entry, entry.instanceBytes);
        }
    }

    /**
     * The size by the model, unless its instances say otherwise. No two objects overlap, so the distance to a neighbour is
     * never less than the size: what is nearer refutes the model. What is farther shows padding that the model does not
     * know, or, where the layout itself is only guessed, the size; unless a class object lies between, which has its record
     * elsewhere. A brief dump has the size itself.
     */
    private long agreed(long byModel, TypeEntry entry, boolean inAddressOrder) {
        long seen = entry.clearlyNearest();
        if (header().brief() || seen == 0 || entry.extraWordsField >= 0 || seen % model.alignmentBytes() != 0) {
            return byModel;
        }
        boolean farther = inAddressOrder && (looksPadded(seen - byModel) || guessed || jdk == JdkGeneration.BEFORE_15);
        if (seen < byModel || farther && !isClassBetween(entry.nearestTo(), seen)) {
            corrected += seen != byModel ? 1 : 0;
            return seen;
        }
        return byModel;
    }

    private boolean isClassBetween(long id, long distance) {
        return classes.dumps().stream().anyMatch(dump -> dump.id() > id && dump.id() - id < distance);
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
            tally.nativeBytes()[entry.type] += entry.nativeBytes;
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
        }
    }
}

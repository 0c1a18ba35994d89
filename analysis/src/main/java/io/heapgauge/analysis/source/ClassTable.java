/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.hprof.ClassDump;
import io.heapgauge.analysis.hprof.HprofException;
import io.heapgauge.analysis.hprof.HprofType;
import io.heapgauge.analysis.hprof.HprofVisitor;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** The classes of a dump: their records as they come, then their lineage and what they are called. */
final class ClassTable implements HprofVisitor {
    private final Symbols symbols;
    private final Long2ObjectHashMap<ClassDump> byId = new Long2ObjectHashMap<>();
    private final List<ClassDump> dumps = new ArrayList<>();

    /** @param symbols the names that stood before the heap; gets those that come later */
    ClassTable(Symbols symbols) {
        this.symbols = symbols;
    }

    @Override
    public void utf8(long id, ByteBuffer window, int at, int length) {
        symbols.utf8(id, window, at, length);
    }

    @Override
    public void loadClass(int serial, long classId, int stackSerial, long nameId) {
        symbols.loadClass(serial, classId, stackSerial, nameId);
    }

    @Override
    public void classDump(ClassDump dump) {
        if (byId.putIfAbsent(dump.id(), dump) == null) {
            dumps.add(dump);
        }
    }

    /** Class records in the order of the dump. */
    List<ClassDump> dumps() {
        return dumps;
    }

    @Nullable
    ClassDump dump(long classId) {
        return byId.get(classId);
    }

    /** The super class, or null where there is none or its record is missing; the id 0 says none, whoever bears it. */
    @Nullable
    ClassDump parent(ClassDump dump) {
        return dump.superId() == 0 ? null : byId.get(dump.superId());
    }

    String name(ClassDump dump) {
        return symbols.ofClass(dump.id());
    }

    String symbol(long nameId) {
        return symbols.get(nameId);
    }

    /**
     * The class, its super class and so on up to Object.
     *
     * @throws HprofException if a super class is missing or the lineage is a circle
     */
    List<ClassDump> lineage(ClassDump start, Path file) throws HprofException {
        List<ClassDump> lineage = new ArrayList<>();
        for (ClassDump at = start; at != null; ) {
            lineage.add(at);
            if (lineage.size() > dumps.size()) {
                throw new HprofException(
                        file, start.offset(), "class " + name(start) + " is its own super class; the dump is corrupt");
            }
            if (at.superId() == 0) {
                return lineage;
            }
            ClassDump parent = parent(at);
            if (parent == null) {
                throw new HprofException(
                        file,
                        at.offset(),
                        "the class record of 0x" + Long.toHexString(at.superId()) + ", super class of " + name(at)
                                + ", is missing from the dump; capture it again");
            }
            at = parent;
        }
        return lineage;
    }

    /** One type per class record, in their order; the index of a type is the index of its record. */
    List<HeapType> types() {
        Map<Long, Integer> indexes = new HashMap<>();
        for (ClassDump dump : dumps) {
            indexes.put(dump.id(), indexes.size());
        }
        List<HeapType> types = new ArrayList<>(dumps.size());
        for (ClassDump dump : dumps) {
            String name = name(dump);
            types.add(new HeapType(
                    types.size(),
                    name,
                    ClassNames.display(name),
                    dump.id(),
                    dump.superId() == 0 ? -1 : indexes.getOrDefault(dump.superId(), -1),
                    dump.loaderId(),
                    referenceFields(dump),
                    staticReferences(dump)));
        }
        return types;
    }

    private List<String> referenceFields(ClassDump dump) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < dump.fieldTypes().length; i++) {
            if (dump.fieldTypes()[i] == HprofType.OBJECT) {
                fields.add(symbols.get(dump.fieldNameIds()[i]));
            }
        }
        return List.copyOf(fields);
    }

    private List<HeapType.StaticReference> staticReferences(ClassDump dump) {
        List<HeapType.StaticReference> statics = new ArrayList<>();
        for (int i = 0; i < dump.staticTypes().length; i++) {
            if (dump.staticTypes()[i] == HprofType.OBJECT) {
                statics.add(new HeapType.StaticReference(symbols.get(dump.staticNameIds()[i]), dump.staticValues()[i]));
            }
        }
        return List.copyOf(statics);
    }

    /** Names of the instance fields that a class declares, in the order of the dump. */
    List<String> fieldNames(ClassDump dump) {
        List<String> names = new ArrayList<>(dump.fieldNameIds().length);
        for (long nameId : dump.fieldNameIds()) {
            names.add(symbols.get(nameId));
        }
        return names;
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.hprof.ClassDump;
import io.heapgauge.analysis.hprof.HprofException;
import io.heapgauge.analysis.hprof.HprofType;
import io.heapgauge.analysis.hprof.HprofVisitor;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.IntFunction;
import org.agrona.collections.Long2LongHashMap;
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

    /** Whether the VM made the name up, which no name in a program can look like. */
    boolean isOfTheVm(long nameId) {
        return symbols.startsWith(nameId, '<');
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
        Long2LongHashMap indexes = new Long2LongHashMap(-1);
        for (int i = 0; i < dumps.size(); i++) {
            indexes.put(dumps.get(i).id(), i);
        }
        List<HeapType> types = new ArrayList<>(dumps.size());
        for (ClassDump dump : dumps) {
            String name = name(dump);
            types.add(new HeapType(
                    types.size(),
                    name,
                    ClassNames.display(name),
                    dump.id(),
                    dump.superId() == 0 ? -1 : (int) indexes.get(dump.superId()),
                    dump.loaderId(),
                    names(references(dump.fieldTypes(), dump.fieldNameIds())),
                    staticReferences(dump)));
        }
        return types;
    }

    private List<HeapType.StaticReference> staticReferences(ClassDump dump) {
        List<String> names = names(references(dump.staticTypes(), dump.staticNameIds()));
        long[] values = references(dump.staticTypes(), dump.staticValues());
        return Listing.of(values.length, i -> new HeapType.StaticReference(names.get(i), values[i]));
    }

    /** What belongs to the references among fields. */
    private static long[] references(byte[] types, long[] ofFields) {
        long[] found = new long[types.length];
        int count = 0;
        for (int i = 0; i < types.length; i++) {
            if (types[i] == HprofType.OBJECT) {
                found[count++] = ofFields[i];
            }
        }
        return Arrays.copyOf(found, count);
    }

    /** Names of the instance fields that a class declares, in the order of the dump. */
    List<String> fieldNames(ClassDump dump) {
        return names(dump.fieldNameIds());
    }

    private List<String> names(long[] ids) {
        return Listing.of(ids.length, i -> symbols.get(ids[i]));
    }

    /** An immutable list of what is made when it is asked for: there are many more fields than anybody looks at. */
    private static final class Listing<T> extends AbstractList<T> implements RandomAccess {
        private final int size;
        private final IntFunction<T> at;

        private Listing(int size, IntFunction<T> at) {
            this.size = size;
            this.at = at;
        }

        static <T> List<T> of(int size, IntFunction<T> at) {
            return size == 0 ? List.of() : new Listing<>(size, at);
        }

        @Override
        public T get(int index) {
            return at.apply(Objects.checkIndex(index, size));
        }

        @Override
        public int size() {
            return size;
        }
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it;

import io.heapgauge.analysis.hprof.ClassDump;
import io.heapgauge.analysis.hprof.HprofHeader;
import io.heapgauge.analysis.hprof.HprofScanner;
import io.heapgauge.analysis.hprof.HprofType;
import io.heapgauge.analysis.hprof.HprofVisitor;
import io.heapgauge.analysis.hprof.Ids;
import io.heapgauge.analysis.hprof.RootKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.agrona.collections.Long2LongHashMap;

/**
 * All that a dump says of each object, as a hash per object that does not depend on the order of fields, to compare two
 * dumps of the same heap.
 */
final class DumpContents implements HprofVisitor {
    private static final long NOTHING = 0;

    /** Class name → objects. */
    final Map<String, Long> counts = new TreeMap<>();

    /** Id of an object that is no class → hash of class and contents. */
    final Long2LongHashMap contents = new Long2LongHashMap(NOTHING);

    /** Id → id of its class. */
    final Long2LongHashMap classOf = new Long2LongHashMap(NOTHING);

    /** Id of a class → name. */
    final Map<Long, String> classes = new HashMap<>();

    /** Id of a class → hash of the static fields that class files know. */
    final Map<Long, Long> statics = new HashMap<>();

    /** Kind of root → objects. */
    final Map<RootKind, Set<Long>> roots = new TreeMap<>();

    /** Stack frames of roots that belong to one, by thread serial and frame number. */
    int rootsWithFrame;

    private final boolean zerosCount;
    private final Map<Long, String> names = new HashMap<>();
    private final Map<Long, ClassDump> dumps = new HashMap<>();
    private final Map<Long, List<Field>> plans = new HashMap<>();
    private final Map<Integer, Integer> framesOfThread = new HashMap<>();
    private long array;
    private long arrayHash;
    private int elementsBefore;
    private int elementType;
    private Ids ids = Ids.of(Long.BYTES);

    private record Field(String name, int type, int at) {}

    private DumpContents(boolean zerosCount) {
        this.zerosCount = zerosCount;
    }

    static DumpContents read(Path dump) throws IOException {
        return read(dump, true);
    }

    /** Whether a dump says 0 or nothing at all is the same here. */
    static DumpContents readWithoutZeros(Path dump) throws IOException {
        return read(dump, false);
    }

    private static DumpContents read(Path dump, boolean zerosCount) throws IOException {
        DumpContents contents = new DumpContents(zerosCount);
        HprofScanner.scan(dump, contents);
        return contents;
    }

    @Override
    public void header(HprofHeader header) {
        ids = header.ids();
    }

    @Override
    public void utf8(long id, ByteBuffer window, int at, int length) {
        byte[] bytes = new byte[length];
        window.get(at, bytes);
        names.put(id, new String(bytes, StandardCharsets.UTF_8));
    }

    @Override
    public void loadClass(int serial, long classId, int stackSerial, long nameId) {
        classes.put(classId, names.get(nameId));
    }

    @Override
    public void stackTrace(int serial, int threadSerial, long[] frameIds) {
        framesOfThread.put(threadSerial, frameIds.length);
    }

    @Override
    public void root(RootKind kind, long id, int threadSerial, int detail) {
        roots.computeIfAbsent(kind, any -> new HashSet<>()).add(id);
        if (kind == RootKind.JAVA_FRAME && detail >= 0 && detail < framesOfThread.getOrDefault(threadSerial, 0)) {
            rootsWithFrame++;
        }
    }

    @Override
    public void classDump(ClassDump dump) {
        dumps.put(dump.id(), dump);
        long hash = dump.superId() * 31 + dump.loaderId() * 17 + dump.signersId() * 7 + dump.protectionDomainId();
        for (int i = 0; i < dump.staticNameIds().length; i++) {
            String name = names.get(dump.staticNameIds()[i]);
            if (!name.startsWith("<")) {
                hash += mixed(name.hashCode() * 31L + dump.staticTypes()[i], dump.staticValues()[i]);
            }
        }
        statics.put(dump.id(), hash);
    }

    @Override
    public void instance(long id, long classId, ByteBuffer window, int at, int length, long offset) {
        long hash = classId;
        for (Field field : plans.computeIfAbsent(classId, this::plan)) {
            long value = ids.readValue(window, at + field.at, field.type);
            if (value != 0 || zerosCount) {
                hash = mixed(mixed(hash, field.name.hashCode()), value);
            }
        }
        put(id, classId, hash);
    }

    private List<Field> plan(long classId) {
        List<Field> fields = new ArrayList<>();
        int at = 0;
        for (ClassDump dump = dumps.get(classId); dump != null; dump = dumps.get(dump.superId())) {
            for (int i = 0; i < dump.fieldNameIds().length; i++) {
                String name = classes.get(dump.id()) + "#" + names.get(dump.fieldNameIds()[i]);
                fields.add(new Field(name, dump.fieldTypes()[i], at));
                at += HprofType.bytes(dump.fieldTypes()[i], ids.bytes());
            }
        }
        fields.sort(Comparator.comparing(Field::name));
        return fields;
    }

    @Override
    public boolean objectArray(long id, long classId, int length, long offset) {
        return begin(id, classId, length, HprofType.OBJECT);
    }

    @Override
    public boolean primitiveArray(long id, int type, int length, long offset) {
        return begin(id, type, length, type);
    }

    private boolean begin(long id, long type, int length, int elements) {
        array = id;
        arrayHash = mixed(type, length);
        elementsBefore = 0;
        elementType = elements;
        put(id, type, arrayHash);
        return length > 0;
    }

    @Override
    public void elements(ByteBuffer window, int at, int count, boolean last) {
        int bytes = HprofType.bytes(elementType, ids.bytes());
        for (int i = 0; i < count; i++) {
            long value = ids.readValue(window, at + i * bytes, elementType);
            if (value != 0 || zerosCount) {
                arrayHash = mixed(arrayHash + elementsBefore + i, value);
            }
        }
        elementsBefore += count;
        if (last) {
            contents.put(array, arrayHash | 1);
        }
    }

    private void put(long id, long type, long hash) {
        contents.put(id, hash | 1);
        classOf.put(id, type);
        counts.merge(nameOf(type), 1L, Long::sum);
    }

    String nameOf(long type) {
        return type < 12 ? "primitive array of type " + type : classes.get(type);
    }

    private static long mixed(long hash, long value) {
        long mixed = (hash ^ value) * 0x9E3779B97F4A7C15L;
        return mixed ^ mixed >>> 29;
    }
}

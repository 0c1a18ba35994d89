/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import io.heapgauge.analysis.hprof.ClassDump;
import io.heapgauge.analysis.hprof.HprofType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Fields whose values the first pass reads: the size of a stack chunk, which makes the object larger, and what tells of bytes
 * outside of the heap. Which these are is worked out when the first instance of a class comes, by the class records that
 * have come before it: in dumps of HotSpot all of them.
 *
 * <p>Outside of the heap are the memory of a {@code DirectByteBuffer} that has a cleaner and no file behind it, so that no
 * slice and no mapped file counts, and that of zlib's streams. Of these the heap tells only whether they are open; their
 * sizes are those of zlib's default settings by its own header {@code zconf.h}: 32 KiB and about 7 for inflating, 256 KiB
 * and about 6 for deflating.
 */
final class SpecialFields {
    private static final String STACK_CHUNK = "jdk.internal.vm.StackChunk";
    private static final String DIRECT_BUFFER = "java.nio.DirectByteBuffer";
    private static final String BUFFER = "java.nio.Buffer";
    private static final String MAPPED_BUFFER = "java.nio.MappedByteBuffer";
    private static final String INFLATER_STREAM = "java.util.zip.Inflater$InflaterZStreamRef";
    private static final String DEFLATER_STREAM = "java.util.zip.Deflater$DeflaterZStreamRef";
    private static final long INFLATER_BYTES = 39 << 10;
    private static final long DEFLATER_BYTES = 262 << 10;

    private final ClassTable classes;
    private final List<NativeField> nativeFields;
    private final Set<String> declaring = new HashSet<>();
    private final Long2ObjectHashMap<ClassDump> known = new Long2ObjectHashMap<>();
    /** Names of the few known classes that declare a field to be read, by class id. */
    private final Long2ObjectHashMap<String> names = new Long2ObjectHashMap<>();

    private boolean complete;
    private int idBytes = 8;

    SpecialFields(ClassTable classes, List<NativeField> nativeFields) {
        this.classes = classes;
        this.nativeFields = nativeFields;
        declaring.addAll(List.of(STACK_CHUNK, DIRECT_BUFFER, BUFFER, MAPPED_BUFFER, INFLATER_STREAM, DEFLATER_STREAM));
        nativeFields.forEach(field -> declaring.add(field.className()));
    }

    void idBytes(int bytes) {
        idBytes = bytes;
    }

    /** No class record counts from here on, so that several threads can ask. */
    void complete() {
        complete = true;
    }

    void classDump(ClassDump dump) {
        if (!complete && known.putIfAbsent(dump.id(), dump) == null) {
            String name = classes.name(dump);
            if (declaring.contains(name)) {
                names.put(dump.id(), name);
            }
        }
    }

    /** Tells the entry of a class what to read of its instances. */
    void plan(TypeEntry entry) {
        ClassDump dump = known.get(entry.classId);
        if (dump == null) {
            return;
        }
        if (STACK_CHUNK.equals(names.get(dump.id()))) {
            NativeBytes.Field size = field(dump, STACK_CHUNK, "size");
            entry.extraWordsField = size != null && size.type() == HprofType.INT ? size.offset() : -1;
        }
        entry.nativeBytesOf = nativeBytes(dump);
        entry.hasSpecials = entry.extraWordsField >= 0 || entry.nativeBytesOf != null;
    }

    private @Nullable NativeBytes nativeBytes(ClassDump dump) {
        for (NativeField wanted : nativeFields) {
            NativeBytes.Field bytes = field(dump, wanted.className(), wanted.field());
            if (bytes != null && isWhole(bytes.type())) {
                return new NativeBytes(idBytes, bytes, 0, null, null);
            }
        }
        NativeBytes.Field cleaner = field(dump, DIRECT_BUFFER, "cleaner");
        NativeBytes.Field capacity = field(dump, BUFFER, "capacity");
        if (cleaner != null && capacity != null) {
            return new NativeBytes(idBytes, capacity, 0, cleaner, field(dump, MAPPED_BUFFER, "fd"));
        }
        NativeBytes.Field inflater = field(dump, INFLATER_STREAM, "address");
        if (inflater != null) {
            return new NativeBytes(idBytes, null, INFLATER_BYTES, inflater, null);
        }
        NativeBytes.Field deflater = field(dump, DEFLATER_STREAM, "address");
        return deflater == null ? null : new NativeBytes(idBytes, null, DEFLATER_BYTES, deflater, null);
    }

    private static boolean isWhole(int type) {
        return type != HprofType.OBJECT
                && type != HprofType.BOOLEAN
                && type != HprofType.FLOAT
                && type != HprofType.DOUBLE;
    }

    /** Finds an inherited or own field by its declaring class; none where the lineage is incomplete or a circle. */
    private NativeBytes.@Nullable Field field(ClassDump start, String className, String field) {
        int offset = 0;
        int generations = 0;
        ClassDump at = start;
        while (at != null && generations++ <= known.size()) {
            boolean declares = className.equals(names.get(at.id()));
            for (int i = 0; i < at.fieldTypes().length; i++) {
                if (declares && classes.symbol(at.fieldNameIds()[i]).equals(field)) {
                    return new NativeBytes.Field(offset, at.fieldTypes()[i]);
                }
                offset += HprofType.bytes(at.fieldTypes()[i], idBytes);
            }
            at = at.superId() == 0 ? null : known.get(at.superId());
        }
        return null;
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.hprof;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads the sub-records of a heap dump that are few: GC roots and classes. */
final class RareRecords {
    private static final int ROOT_JNI_GLOBAL = 0x01;
    private static final int ROOT_JNI_LOCAL = 0x02;
    private static final int ROOT_JAVA_FRAME = 0x03;
    private static final int ROOT_NATIVE_STACK = 0x04;
    private static final int ROOT_STICKY_CLASS = 0x05;
    private static final int ROOT_THREAD_BLOCK = 0x06;
    private static final int ROOT_MONITOR_USED = 0x07;
    private static final int ROOT_THREAD_OBJECT = 0x08;
    private static final int CLASS_DUMP = 0x20;
    private static final int ROOT_UNKNOWN = 0xff;

    private static final String CLASS = "a class";

    private final Path file;
    private final HprofInput in;
    private final HprofVisitor visitor;
    private final Ids ids;
    private final int idBytes;
    private final ByteBuffer window;

    RareRecords(Path file, HprofInput in, HprofVisitor visitor, Ids ids) {
        this.file = file;
        this.in = in;
        this.visitor = visitor;
        this.ids = ids;
        idBytes = ids.bytes();
        window = in.window();
    }

    /** Whether it is the tag of a record that may stand behind a segment; as sub-records these tags do not exist. */
    static boolean endsSegment(int tag) {
        return tag == HprofScanner.HEAP_DUMP
                || tag == HprofScanner.HEAP_DUMP_SEGMENT
                || tag == HprofScanner.HEAP_DUMP_END;
    }

    /**
     * Reads one.
     *
     * @param tag what it is; has been read
     * @param offset where it starts, for errors
     */
    void read(int tag, long offset) throws IOException {
        switch (tag) {
            case CLASS_DUMP -> visitor.classDump(classDump(offset));
            case ROOT_UNKNOWN -> root(RootKind.UNKNOWN, 0);
            case ROOT_JNI_GLOBAL -> root(RootKind.JNI_GLOBAL, idBytes);
            case ROOT_STICKY_CLASS -> root(RootKind.STICKY_CLASS, 0);
            case ROOT_MONITOR_USED -> root(RootKind.MONITOR_USED, 0);
            case ROOT_JNI_LOCAL -> threadRoot(RootKind.JNI_LOCAL, 8);
            case ROOT_JAVA_FRAME -> threadRoot(RootKind.JAVA_FRAME, 8);
            case ROOT_THREAD_OBJECT -> threadRoot(RootKind.THREAD_OBJECT, 8);
            case ROOT_NATIVE_STACK -> threadRoot(RootKind.NATIVE_STACK, 4);
            case ROOT_THREAD_BLOCK -> threadRoot(RootKind.THREAD_BLOCK, 4);
            default ->
                throw new HprofException(
                        file,
                        offset,
                        "unknown heap dump sub-record 0x" + Integer.toHexString(tag)
                                + "; it has no length, so nothing behind it can be read");
        }
    }

    private void root(RootKind kind, int extra) throws IOException {
        int at = in.take(idBytes + extra, "a GC root");
        visitor.root(kind, ids.read(window, at), 0, -1);
    }

    private void threadRoot(RootKind kind, int extra) throws IOException {
        int at = in.take(idBytes + extra, "a GC root");
        int detail = extra == 8 ? window.getInt(at + idBytes + 4) : -1;
        visitor.root(kind, ids.read(window, at), window.getInt(at + idBytes), detail);
    }

    private ClassDump classDump(long offset) throws IOException {
        ClassDump known = in.has(idBytes) ? visitor.known(ids.read(window, in.index())) : null;
        if (known != null && known.offset() == offset) {
            in.skip(known.end() - in.offset(), CLASS);
            return known;
        }
        int at = in.take(8 + 7 * idBytes, CLASS);
        long id = ids.read(window, at);
        int refs = at + idBytes + 4;
        long superId = ids.read(window, refs);
        long loaderId = ids.read(window, refs + idBytes);
        long signersId = ids.read(window, refs + 2 * idBytes);
        long domainId = ids.read(window, refs + 3 * idBytes);
        int instanceBytes = window.getInt(refs + 6 * idBytes);
        long[] pool = constantPool(id, offset);

        int statics = count();
        long[] staticNames = new long[statics];
        byte[] staticTypes = new byte[statics];
        long[] staticValues = new long[statics];
        for (int i = 0; i < statics; i++) {
            int field = in.take(idBytes + 1, CLASS);
            staticNames[i] = ids.read(window, field);
            staticTypes[i] = window.get(field + idBytes);
            int bytes = valueBytes(offset, staticTypes[i]);
            int value = in.take(bytes, CLASS);
            staticValues[i] = ids.readValue(window, value, staticTypes[i]);
            visitor.classValue(id, staticNames[i], staticTypes[i], window, value);
        }
        int fields = count();
        long[] fieldNames = new long[fields];
        byte[] fieldTypes = new byte[fields];
        for (int i = 0; i < fields; i++) {
            int field = in.take(idBytes + 1, CLASS);
            fieldNames[i] = ids.read(window, field);
            fieldTypes[i] = window.get(field + idBytes);
            valueBytes(offset, fieldTypes[i]);
        }
        return new ClassDump(
                offset,
                in.offset(),
                id,
                superId,
                loaderId,
                signersId,
                domainId,
                instanceBytes,
                pool,
                staticNames,
                staticTypes,
                staticValues,
                fieldNames,
                fieldTypes);
    }

    private long[] constantPool(long classId, long offset) throws IOException {
        int entries = count();
        long[] references = new long[entries];
        int found = 0;
        for (int i = 0; i < entries; i++) {
            int type = window.get(in.take(3, CLASS) + 2);
            int at = in.take(valueBytes(offset, type), CLASS);
            long value = ids.readValue(window, at, type);
            visitor.classValue(classId, 0, type, window, at);
            if (type == HprofType.OBJECT) {
                references[found++] = value;
            }
        }
        return Arrays.copyOf(references, found);
    }

    private int count() throws IOException {
        return window.getShort(in.take(2, CLASS)) & 0xffff;
    }

    private int valueBytes(long offset, int type) throws HprofException {
        int bytes = HprofType.bytes(type, idBytes);
        if (bytes == 0) {
            throw new HprofException(file, offset, "a class with a field of unknown type " + type);
        }
        return bytes;
    }
}

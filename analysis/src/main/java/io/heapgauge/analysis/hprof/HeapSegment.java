/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.hprof;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Reads the sub-records of one heap dump record or segment. */
final class HeapSegment {
    private static final int ROOT_JNI_GLOBAL = 0x01;
    private static final int ROOT_JNI_LOCAL = 0x02;
    private static final int ROOT_JAVA_FRAME = 0x03;
    private static final int ROOT_NATIVE_STACK = 0x04;
    private static final int ROOT_STICKY_CLASS = 0x05;
    private static final int ROOT_THREAD_BLOCK = 0x06;
    private static final int ROOT_MONITOR_USED = 0x07;
    private static final int ROOT_THREAD_OBJECT = 0x08;
    private static final int CLASS_DUMP = 0x20;
    private static final int INSTANCE_DUMP = 0x21;
    private static final int OBJECT_ARRAY_DUMP = 0x22;
    private static final int PRIMITIVE_ARRAY_DUMP = 0x23;
    /** An array without its elements, whose sub-record Android's virtual machine brought into the format. */
    private static final int PRIMITIVE_ARRAY_NODATA_DUMP = 0xc3;

    private static final int ROOT_UNKNOWN = 0xff;

    /** Records that may stand behind a segment; as sub-records these tags do not exist. */
    private static final int NEXT_HEAP_DUMP = 0x0c;

    private static final int NEXT_SEGMENT = 0x1c;
    private static final int NEXT_END = 0x2c;

    private final Path file;
    private final HprofInput in;
    private final HprofVisitor visitor;
    private final Ids ids;
    private final int idBytes;
    private final ByteBuffer window;

    HeapSegment(Path file, HprofInput in, HprofVisitor visitor, Ids ids) {
        this.file = file;
        this.in = in;
        this.visitor = visitor;
        this.ids = ids;
        idBytes = ids.bytes();
        this.window = in.window();
    }

    /**
     * Reads sub-records that fill exactly the given length.
     *
     * @param recordOffset where the record's header starts, for errors
     * @param length bytes of sub-records
     */
    void read(long recordOffset, long length) throws IOException {
        long end = in.offset() + length;
        long offset;
        while ((offset = in.offset()) < end) {
            subRecord(offset, window.get(in.take(1, "a heap dump segment")) & 0xff);
        }
        if (offset > end) {
            throw new HprofException(
                    file,
                    end,
                    "the segment that starts at offset " + recordOffset + " with " + length
                            + " bytes ends inside an object; the dump is corrupt");
        }
    }

    /** Reads sub-records up to the end of the file or a record that can follow a segment. */
    void readUntilRecord() throws IOException {
        while (!in.atEnd()) {
            long offset = in.offset();
            int at = in.take(1, "a heap dump segment");
            int tag = window.get(at) & 0xff;
            if (tag == NEXT_HEAP_DUMP || tag == NEXT_SEGMENT || tag == NEXT_END) {
                in.back(1);
                return;
            }
            subRecord(offset, tag);
        }
    }

    private void subRecord(long offset, int tag) throws IOException {
        switch (tag) {
            case INSTANCE_DUMP -> instance(offset);
            case OBJECT_ARRAY_DUMP -> objectArray(offset);
            case PRIMITIVE_ARRAY_DUMP -> primitiveArray(offset, true);
            case PRIMITIVE_ARRAY_NODATA_DUMP -> primitiveArray(offset, false);
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

    private void instance(long offset) throws IOException {
        int at = in.take(8 + 2 * idBytes, "an instance");
        long id = ids.read(window, at);
        long classId = ids.read(window, at + 4 + idBytes);
        int length = window.getInt(at + 4 + 2 * idBytes);
        if (length < 0) {
            throw negative(offset, "instance", length);
        }
        int values = in.take(length, "an instance");
        visitor.instance(id, classId, window, values, length, offset);
    }

    private void objectArray(long offset) throws IOException {
        int at = in.take(8 + 2 * idBytes, "an object array");
        long id = ids.read(window, at);
        int length = window.getInt(at + idBytes + 4);
        long classId = ids.read(window, at + idBytes + 8);
        if (length < 0) {
            throw negative(offset, "object array", length);
        }
        if (visitor.objectArray(id, classId, length, offset)) {
            elements(length, idBytes, "an object array");
        } else {
            in.skip((long) length * idBytes, "an object array");
        }
    }

    private void primitiveArray(long offset, boolean hasElements) throws IOException {
        int at = in.take(9 + idBytes, "a primitive array");
        long id = ids.read(window, at);
        int length = window.getInt(at + idBytes + 4);
        int type = window.get(at + idBytes + 8);
        int bytes = HprofType.primitiveBytes(type);
        if (length < 0) {
            throw negative(offset, "primitive array", length);
        }
        if (bytes == 0) {
            throw new HprofException(file, offset, "a primitive array of unknown element type " + type);
        }
        int there = hasElements ? length : 0;
        if (visitor.primitiveArray(id, type, length, offset)) {
            elements(there, bytes, "a primitive array");
        } else {
            in.skip((long) there * bytes, "a primitive array");
        }
    }

    private void elements(int length, int bytes, String what) throws IOException {
        int left = length;
        do {
            int count = Math.min(left, in.available(Integer.MAX_VALUE) / bytes);
            if (count == 0 && left > 0) {
                count = 1;
            }
            int at = in.take(count * bytes, what);
            left -= count;
            visitor.elements(window, at, count, left == 0);
        } while (left > 0);
    }

    private ClassDump classDump(long offset) throws IOException {
        String what = "a class";
        int at = in.take(8 + 7 * idBytes, what);
        long id = ids.read(window, at);
        int refs = at + idBytes + 4;
        long superId = ids.read(window, refs);
        long loaderId = ids.read(window, refs + idBytes);
        long signersId = ids.read(window, refs + 2 * idBytes);
        long domainId = ids.read(window, refs + 3 * idBytes);
        int instanceBytes = window.getInt(refs + 6 * idBytes);
        long[] pool = constantPool(id, offset, what);

        int statics = count(what);
        long[] staticNames = new long[statics];
        byte[] staticTypes = new byte[statics];
        long[] staticValues = new long[statics];
        for (int i = 0; i < statics; i++) {
            int field = in.take(idBytes + 1, what);
            staticNames[i] = ids.read(window, field);
            staticTypes[i] = window.get(field + idBytes);
            int bytes = valueBytes(offset, staticTypes[i]);
            int value = in.take(bytes, what);
            staticValues[i] = ids.readValue(window, value, staticTypes[i]);
            visitor.classValue(id, staticNames[i], staticTypes[i], window, value);
        }
        int fields = count(what);
        long[] fieldNames = new long[fields];
        byte[] fieldTypes = new byte[fields];
        for (int i = 0; i < fields; i++) {
            int field = in.take(idBytes + 1, what);
            fieldNames[i] = ids.read(window, field);
            fieldTypes[i] = window.get(field + idBytes);
            valueBytes(offset, fieldTypes[i]);
        }
        return new ClassDump(
                offset,
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

    private long[] constantPool(long classId, long offset, String what) throws IOException {
        int entries = count(what);
        long[] references = new long[entries];
        int found = 0;
        for (int i = 0; i < entries; i++) {
            int type = window.get(in.take(3, what) + 2);
            int at = in.take(valueBytes(offset, type), what);
            long value = ids.readValue(window, at, type);
            visitor.classValue(classId, 0, type, window, at);
            if (type == HprofType.OBJECT) {
                references[found++] = value;
            }
        }
        return java.util.Arrays.copyOf(references, found);
    }

    private int count(String what) throws IOException {
        return window.getShort(in.take(2, what)) & 0xffff;
    }

    private int valueBytes(long offset, int type) throws HprofException {
        int bytes = HprofType.bytes(type, idBytes);
        if (bytes == 0) {
            throw new HprofException(file, offset, "a class with a field of unknown type " + type);
        }
        return bytes;
    }

    private HprofException negative(long offset, String what, int length) {
        return new HprofException(file, offset, "an " + what + " of length " + length + "; the dump is corrupt");
    }
}

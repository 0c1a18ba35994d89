/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.mutation;

import io.heapgauge.analysis.hprof.ClassDump;
import io.heapgauge.analysis.hprof.HprofHeader;
import io.heapgauge.analysis.hprof.HprofScanner;
import io.heapgauge.analysis.hprof.HprofVisitor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where in a sound dump things stand that are worth spoiling: file offsets of records and of what is in them. */
final class DumpPlaces implements HprofVisitor {
    private static final int RECORD_HEADER = 9;

    /** Top-level records. */
    final List<Integer> records = new ArrayList<>();
    /** Sub-records of classes. */
    final List<Integer> classes = new ArrayList<>();
    /** Sub-records of instances. */
    final List<Integer> instances = new ArrayList<>();
    /** Sub-records of object arrays. */
    final List<Integer> objectArrays = new ArrayList<>();
    /** Sub-records of primitive arrays. */
    final List<Integer> primitiveArrays = new ArrayList<>();

    final int headerBytes;
    int idBytes;

    private DumpPlaces(byte[] dump) {
        int at = 0;
        while (dump[at] != 0) {
            at++;
        }
        headerBytes = at + 13;
        for (at = headerBytes; at < dump.length; at += RECORD_HEADER + recordBytes(dump, at)) {
            records.add(at);
        }
    }

    static DumpPlaces of(Path file, byte[] dump) throws IOException {
        DumpPlaces places = new DumpPlaces(dump);
        HprofScanner.scan(file, places);
        return places;
    }

    /** Bytes behind the header of the record that starts there. */
    static int recordBytes(byte[] dump, int record) {
        return ByteBuffer.wrap(dump).getInt(record + 5);
    }

    /** First bytes of the ids of all objects but class objects. */
    List<Integer> objects() {
        List<Integer> all = new ArrayList<>(instances);
        all.addAll(objectArrays);
        all.addAll(primitiveArrays);
        return all;
    }

    @Override
    public void header(HprofHeader header) {
        idBytes = header.idBytes();
    }

    @Override
    public void classDump(ClassDump dump) {
        classes.add((int) dump.offset());
    }

    @Override
    public void instance(long id, long classId, ByteBuffer window, int at, int length, long offset) {
        instances.add((int) offset);
    }

    @Override
    public boolean objectArray(long id, long classId, int length, long offset) {
        objectArrays.add((int) offset);
        return false;
    }

    @Override
    public boolean primitiveArray(long id, int type, int length, long offset) {
        primitiveArrays.add((int) offset);
        return false;
    }
}

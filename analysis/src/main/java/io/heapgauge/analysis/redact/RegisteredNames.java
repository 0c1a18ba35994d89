/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.redact;

import io.heapgauge.analysis.hprof.ClassDump;
import io.heapgauge.analysis.hprof.HprofScanner;
import io.heapgauge.analysis.hprof.HprofType;
import io.heapgauge.analysis.hprof.HprofVisitor;
import io.heapgauge.analysis.source.ClassTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.agrona.collections.LongHashSet;

/** Finds the arrays that hold the names of registered roots: references of the registry's entries. */
final class RegisteredNames implements HprofVisitor {
    private final LongHashSet entryClasses = new LongHashSet();
    private final LongHashSet arrays = new LongHashSet();
    private final HprofVisitor progress;
    private final int idBytes;
    private int at = -1;

    private RegisteredNames(ClassTable classes, int idBytes, HprofVisitor progress) {
        this.progress = progress;
        this.idBytes = idBytes;
        for (ClassDump dump : classes.dumps()) {
            if (classes.name(dump).equals(KeptFields.REGISTERED_NAME.className())) {
                int offset = 0;
                for (int i = 0; i < dump.fieldTypes().length; i++) {
                    if (classes.symbol(dump.fieldNameIds()[i]).equals(KeptFields.REGISTERED_NAME.field())) {
                        entryClasses.add(dump.id());
                        at = offset;
                    }
                    offset += HprofType.bytes(dump.fieldTypes()[i], idBytes);
                }
            }
        }
    }

    /**
     * Reads them: one pass over a dump that has a registry.
     *
     * @return ids of arrays
     */
    static LongHashSet of(Path file, ClassTable classes, int idBytes, HprofVisitor progress) throws IOException {
        RegisteredNames names = new RegisteredNames(classes, idBytes, progress);
        if (!names.entryClasses.isEmpty()) {
            HprofScanner.scan(file, names);
        }
        return names.arrays;
    }

    @Override
    public void instance(long id, long classId, ByteBuffer window, int start, int length, long offset) {
        if (entryClasses.contains(classId) && at + idBytes <= length) {
            int place = start + at;
            arrays.add(idBytes == Long.BYTES ? window.getLong(place) : window.getInt(place) & 0xffff_ffffL);
        }
    }

    @Override
    public void progress(long offset, long fileBytes) throws IOException {
        progress.progress(offset, fileBytes);
    }
}

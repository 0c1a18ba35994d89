/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.redact;

import io.heapgauge.analysis.hprof.ClassDump;
import io.heapgauge.analysis.hprof.HprofException;
import io.heapgauge.analysis.hprof.HprofHeader;
import io.heapgauge.analysis.hprof.HprofScanner;
import io.heapgauge.analysis.hprof.HprofType;
import io.heapgauge.analysis.hprof.HprofVisitor;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.source.ClassTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.agrona.collections.LongHashSet;

/**
 * Rewrites a dump so that nothing is left of what its objects contain: all primitive arrays and all primitive fields are
 * zeroed, save for {@link KeptFields}. Everything else stays byte for byte: classes, names of classes and fields, lengths, references,
 * roots, stack traces, and so every count and every size.
 */
public final class HprofRedactor implements HprofVisitor {
    private static final int TAG_BYTES = 1;

    private final Path file;
    private final ClassTable classes;
    private final FieldBlanks fields;
    private final LongHashSet registered;
    private final BlankedCopy copy;
    private final int idBytes;
    private final HprofVisitor progress;
    private long arrays;
    private long arrayBytes;
    private long keptArrays;
    private long instances;
    private long fieldBytes;

    private HprofRedactor(
            Path file,
            ClassTable classes,
            KeptFields kept,
            LongHashSet registered,
            BlankedCopy copy,
            int idBytes,
            HprofVisitor progress) {
        this.file = file;
        this.classes = classes;
        this.fields = new FieldBlanks(classes, kept, file, idBytes);
        this.registered = registered;
        this.copy = copy;
        this.idBytes = idBytes;
        this.progress = progress;
    }

    /**
     * Redacts a dump. Reads it twice, and a third time where it holds a root registry; memory is that of its classes.
     *
     * @param file an hprof file, plain or gzip; not changed
     * @param redacted the file to write, plain, for its owner alone; it must not exist, and is there only when it is whole
     * @param kept fields whose values stay
     * @param monitor hears of the progress
     * @return what was done
     * @throws HprofException if the dump cannot be read to its end
     * @throws IOException if the file exists or cannot be written
     * @throws io.heapgauge.analysis.monitor.AnalysisCancelledException if the monitor said so
     */
    public static RedactionSummary redact(Path file, Path redacted, KeptFields kept, Monitor monitor)
            throws IOException {
        monitor.phase("reading classes");
        HprofVisitor progress = progress(monitor);
        HprofHeader header = HprofScanner.header(file);
        ClassTable classes = ClassTable.read(file, progress);
        monitor.phase("looking for registered roots");
        LongHashSet registered = RegisteredNames.of(file, classes, header.idBytes(), progress);
        monitor.phase("writing the redacted dump");
        try (WholeFile target = WholeFile.create(redacted)) {
            RedactionSummary summary;
            try (BlankedCopy copy = new BlankedCopy(file, target.channel())) {
                HprofRedactor redactor =
                        new HprofRedactor(file, classes, kept, registered, copy, header.idBytes(), progress);
                HprofScanner.scan(file, redactor);
                summary = redactor.summary(copy.finish());
            }
            target.complete();
            return summary;
        }
    }

    private static HprofVisitor progress(Monitor monitor) {
        return new HprofVisitor() {
            @Override
            public void progress(long offset, long fileBytes) {
                monitor.at((double) offset / fileBytes);
            }
        };
    }

    private RedactionSummary summary(long bytes) {
        return new RedactionSummary(bytes, arrays, arrayBytes, keptArrays, instances, fieldBytes);
    }

    @Override
    public void classDump(ClassDump dump) throws IOException {
        String className = classes.name(dump);
        long at = dump.offset() + TAG_BYTES + 8 + 7L * idBytes;
        int pool = copy.u2(at);
        at += 2;
        for (int i = 0; i < pool; i++) {
            int type = copy.u1(at + 2);
            at = value(at + 3, type, type != HprofType.OBJECT);
        }
        at += 2;
        for (int i = 0; i < dump.staticTypes().length; i++) {
            int type = dump.staticTypes()[i];
            at = value(at + idBytes + 1, type, fields.isBlanked(className, type, dump.staticNameIds()[i]));
        }
    }

    private long value(long at, int type, boolean blanked) throws IOException {
        int bytes = HprofType.bytes(type, idBytes);
        if (blanked) {
            copy.blank(at, bytes);
            fieldBytes += bytes;
        }
        return at + bytes;
    }

    @Override
    public void instance(long id, long classId, ByteBuffer window, int start, int length, long offset)
            throws IOException {
        ClassDump dump = classes.dump(classId);
        if (dump == null) {
            throw new HprofException(
                    file,
                    offset,
                    "the class record of 0x" + Long.toHexString(classId)
                            + ", class of the object here, is missing from the dump; capture it again");
        }
        FieldBlanks.Plan plan = fields.of(dump);
        if (plan.bytes() != length) {
            throw new HprofException(
                    file,
                    offset,
                    "an instance of " + classes.name(dump) + " with " + length + " bytes of fields where its class has "
                            + plan.bytes() + "; the dump is corrupt");
        }
        if (plan.blankBytes() == 0) {
            return;
        }
        long at = offset + TAG_BYTES + 8 + 2L * idBytes;
        for (int i = 0; i < plan.starts().length; i++) {
            copy.blank(at + plan.starts()[i], plan.lengths()[i]);
        }
        instances++;
        fieldBytes += plan.blankBytes();
    }

    @Override
    public boolean primitiveArray(long id, int type, int length, long offset) throws IOException {
        if (registered.contains(id)) {
            keptArrays++;
            return false;
        }
        long bytes = (long) length * HprofType.primitiveBytes(type);
        copy.blank(offset + TAG_BYTES + 9 + idBytes, bytes);
        arrays++;
        arrayBytes += bytes;
        return false;
    }

    @Override
    public void progress(long offset, long fileBytes) throws IOException {
        progress.progress(offset, fileBytes);
    }
}

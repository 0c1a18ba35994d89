/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.redact;

import io.heapgauge.analysis.hprof.HprofException;
import io.heapgauge.analysis.hprof.HprofType;
import io.heapgauge.analysis.hprof.ProgressVisitor;
import io.heapgauge.analysis.monitor.Monitor;
import io.heapgauge.analysis.redact.RedactionRules.Fate;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Set;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** The last pass: changes values in the window, before they are written. What it does not understand ends it. */
final class RewritePass extends ProgressVisitor {
    /**
     * Records without values of the program: unloaded classes, allocation sites, heap summaries, threads that start and end,
     * samples and settings.
     */
    private static final Set<Integer> HARMLESS = Set.of(0x03, 0x06, 0x07, 0x0a, 0x0b, 0x0d, 0x0e);

    private final Path file;
    private final KnownClasses classes;
    private final RegistryNames registry;
    private final Long2ObjectHashMap<FieldPlan> plans = new Long2ObjectHashMap<>();
    private long lastClassId;
    private @Nullable FieldPlan lastPlan;
    private int elementBytes;

    private long arrays;
    private long arrayBytes;
    private long keptArrays;
    private long values;
    private long keptValues;
    private long masked;

    RewritePass(Path file, KnownClasses classes, RegistryNames registry, Monitor monitor) {
        super(monitor::at);
        this.file = file;
        this.classes = classes;
        this.registry = registry;
    }

    RedactionSummary summary(long bytes) {
        return new RedactionSummary(
                arrays, arrayBytes, keptArrays, values, keptValues, masked, bytes, classes.unusedRules());
    }

    @Override
    public void utf8(long id, ByteBuffer window, int at, int length) {
        if (!classes.isUsed(id)) {
            Bytes.mask(window, at, length);
            masked++;
        }
    }

    @Override
    public void otherRecord(int tag, long length, long offset) throws HprofException {
        if (!HARMLESS.contains(tag)) {
            throw new HprofException(
                    file,
                    offset,
                    "a record of unknown tag 0x" + Integer.toHexString(tag)
                            + " might hold values; a dump that has such records cannot be redacted");
        }
    }

    @Override
    public void classValue(long classId, long nameId, int type, ByteBuffer window, int at) {
        if (type == HprofType.OBJECT) {
            return;
        }
        Fate fate = nameId == 0 ? Fate.ZEROED : classes.fate(classId, nameId);
        int bytes = HprofType.primitiveBytes(type);
        switch (fate) {
            case ZEROED -> Bytes.zero(window, at, bytes);
            case WHETHER_SET -> Bytes.flag(window, at, bytes);
            case KEPT -> keptValues++;
        }
        values += fate == Fate.KEPT ? 0 : 1;
    }

    @Override
    public void instance(long id, long classId, ByteBuffer window, int at, int length, long offset)
            throws HprofException {
        FieldPlan plan = lastPlan;
        if (plan == null || classId != lastClassId) {
            plan = planOf(classId, offset);
            lastPlan = plan;
            lastClassId = classId;
        }
        if (length != plan.dataBytes()) {
            throw new HprofException(
                    file,
                    offset,
                    "an instance with " + length + " bytes of fields where its class has " + plan.dataBytes()
                            + ": references and values cannot be told apart");
        }
        plan.apply(window, at);
        values += plan.zeroedValues();
        keptValues += plan.keptValues();
    }

    private FieldPlan planOf(long classId, long offset) throws HprofException {
        FieldPlan plan = plans.get(classId);
        if (plan == null) {
            plan = classes.plan(classId);
            if (plan == null) {
                throw new HprofException(
                        file,
                        offset,
                        "an instance of class 0x" + Long.toHexString(classId)
                                + ", which is not in the dump: references and values cannot be told apart");
            }
            plans.put(classId, plan);
        }
        return plan;
    }

    @Override
    public boolean primitiveArray(long id, int type, int length, long offset) {
        if (type == HprofType.BYTE && registry.has(id)) {
            keptArrays++;
            return false;
        }
        elementBytes = HprofType.primitiveBytes(type);
        arrays++;
        arrayBytes += (long) length * elementBytes;
        return true;
    }

    @Override
    public void elements(ByteBuffer window, int at, int count, boolean last) {
        Bytes.zero(window, at, count * elementBytes);
    }
}

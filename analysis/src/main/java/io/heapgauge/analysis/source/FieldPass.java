/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import io.heapgauge.analysis.graph.FieldSink;
import io.heapgauge.analysis.hprof.ClassDump;
import io.heapgauge.analysis.hprof.HprofType;
import io.heapgauge.analysis.hprof.Ids;
import io.heapgauge.analysis.hprof.ProgressVisitor;
import io.heapgauge.analysis.monitor.Monitor;
import java.nio.ByteBuffer;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/** A pass that tells by which fields a few chosen objects refer to others. */
final class FieldPass extends ProgressVisitor {
    private final Census census;
    private final LongUnaryOperator targetOf;
    private final FieldSink sink;
    private final Ids ids;

    private long arrayId;
    private long arrayTarget;
    private String arrayType = "";
    private int nextElement;

    FieldPass(Census census, LongUnaryOperator targetOf, FieldSink sink, Monitor monitor) {
        super(monitor::at);
        this.census = census;
        this.targetOf = targetOf;
        this.sink = sink;
        this.ids = census.header().ids();
    }

    @Override
    public void classDump(ClassDump dump) {
        long target = targetOf.applyAsLong(dump.id());
        if (target == 0) {
            return;
        }
        String owner = census.classes().name(dump);
        for (int i = 0; i < dump.staticTypes().length; i++) {
            if (dump.staticTypes()[i] == HprofType.OBJECT && dump.staticValues()[i] == target) {
                sink.field(dump.id(), owner, "static " + census.classes().symbol(dump.staticNameIds()[i]));
            }
        }
        record(dump, dump.superId(), target, owner, "<super>");
        record(dump, dump.loaderId(), target, owner, "<loader>");
        record(dump, dump.signersId(), target, owner, "<signers>");
        record(dump, dump.protectionDomainId(), target, owner, "<protection domain>");
        for (long constant : dump.constantPoolReferences()) {
            record(dump, constant, target, owner, "<constant pool>");
        }
    }

    private void record(ClassDump dump, long value, long target, String owner, String name) {
        if (value == target) {
            sink.field(dump.id(), owner, name);
        }
    }

    @Override
    public void instance(long id, long classId, ByteBuffer window, int at, int length, long offset) {
        long target = targetOf.applyAsLong(id);
        if (target == 0) {
            return;
        }
        int field = at;
        for (@Nullable ClassDump dump = census.classes().dump(classId);
                dump != null;
                dump = census.classes().dump(dump.superId())) {
            for (int i = 0; i < dump.fieldTypes().length; i++) {
                int type = dump.fieldTypes()[i];
                if (type == HprofType.OBJECT && ids.read(window, field) == target) {
                    sink.field(id, census.classes().name(dump), census.classes().symbol(dump.fieldNameIds()[i]));
                }
                field += HprofType.bytes(type, ids.bytes());
            }
        }
    }

    @Override
    public boolean objectArray(long id, long classId, int length, long offset) {
        arrayTarget = targetOf.applyAsLong(id);
        if (arrayTarget == 0) {
            return false;
        }
        arrayId = id;
        nextElement = 0;
        arrayType = census.types().get(census.entry(classId, offset).type).name();
        return true;
    }

    @Override
    public void elements(ByteBuffer window, int at, int count, boolean last) {
        for (int i = 0; i < count; i++) {
            if (ids.read(window, at + i * ids.bytes()) == arrayTarget) {
                sink.field(arrayId, arrayType, "[" + (nextElement + i) + "]");
            }
        }
        nextElement += count;
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.graph.ValueSink;
import io.heapgauge.analysis.hprof.ClassDump;
import io.heapgauge.analysis.hprof.HprofException;
import io.heapgauge.analysis.hprof.HprofType;
import io.heapgauge.analysis.hprof.Ids;
import io.heapgauge.analysis.hprof.ProgressVisitor;
import io.heapgauge.analysis.monitor.Monitor;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A pass for chosen fields, by a plan per class that skips all others, and for the contents of wanted arrays. */
final class ValuePass extends ProgressVisitor {
    /** Chosen fields of one type: offsets in the field values, type codes, and room for the values. */
    private record Plan(int dataBytes, int[] offsets, int[] codes, long[] values) {}

    private final Path file;
    private final Census census;
    private final ValueSink sink;
    private final Ids ids;
    /** Type → plan, null where nothing is chosen. */
    private final @Nullable Plan[] plans;

    private final ContentHash hash = new ContentHash();
    private long arrayId;
    private int arrayType;
    private int arrayLength;
    /** Size of an element of a primitive array, 0 in an object array. */
    private int elementBytes;

    private int used;

    ValuePass(Path file, Census census, List<List<FieldRule>> fields, ValueSink sink, Monitor monitor)
            throws HprofException {
        super(monitor::at);
        this.file = file;
        this.census = census;
        this.sink = sink;
        this.ids = census.header().ids();
        this.plans = new Plan[census.types().size()];
        for (ClassDump dump : census.classes().dumps()) {
            int type = census.entry(dump.id(), dump.offset()).type;
            if (!fields.get(type).isEmpty()) {
                plans[type] = plan(new InstanceFields(file, census, dump), fields.get(type));
            }
        }
    }

    private Plan plan(InstanceFields fields, List<FieldRule> chosen) {
        int[] offsets = new int[chosen.size()];
        int[] codes = new int[offsets.length];
        for (int i = 0; i < offsets.length; i++) {
            InstanceFields.Field field = find(fields, chosen.get(i));
            offsets[i] = field.offset();
            codes[i] = field.code();
        }
        return new Plan(fields.dataBytes(), offsets, codes, new long[offsets.length]);
    }

    private InstanceFields.Field find(InstanceFields fields, FieldRule rule) {
        for (InstanceFields.Field field : fields.all()) {
            if (field.name().equals(rule.field())
                    && census.types().get(field.type()).name().equals(rule.className())) {
                return field;
            }
        }
        throw new IllegalArgumentException("no instance field " + rule.className() + "#" + rule.field());
    }

    @Override
    public void instance(long id, long classId, ByteBuffer window, int at, int length, long offset)
            throws HprofException {
        int type = census.entry(classId, offset).type;
        Plan plan = plans[type];
        if (plan == null) {
            return;
        }
        if (length != plan.dataBytes) {
            throw InstanceFields.wrongLength(file, census, type, length, plan.dataBytes, offset);
        }
        for (int i = 0; i < plan.offsets.length; i++) {
            plan.values[i] = ids.readValue(window, at + plan.offsets[i], plan.codes[i]);
        }
        sink.instance(id, type, plan.values);
    }

    @Override
    public boolean objectArray(long id, long classId, int length, long offset) {
        return wanted(id, census.entry(classId, offset).type, length, 0);
    }

    @Override
    public boolean primitiveArray(long id, int type, int length, long offset) {
        if (!wanted(id, census.primitiveArrays(type).type, length, HprofType.primitiveBytes(type))) {
            return false;
        }
        hash.start(type, length);
        return true;
    }

    private boolean wanted(long id, int type, int length, int bytes) {
        arrayId = id;
        arrayType = type;
        arrayLength = length;
        elementBytes = bytes;
        used = 0;
        return sink.wantsArray(id, type);
    }

    @Override
    public void elements(ByteBuffer window, int at, int count, boolean last) {
        if (elementBytes == 0) {
            references(window, at, count, last);
            return;
        }
        hash.add(window, at, count * elementBytes);
        if (last) {
            hash.end();
            sink.primitiveArray(arrayId, arrayType, arrayLength, hash.hash(), hash.otherHash());
        }
    }

    private void references(ByteBuffer window, int at, int count, boolean last) {
        int found = 0;
        for (int i = 0, p = at; i < count; i++, p += ids.bytes()) {
            found += ids.read(window, p) != 0 ? 1 : 0;
        }
        used += found;
        if (last) {
            sink.objectArray(arrayId, arrayType, arrayLength, used);
        }
    }
}

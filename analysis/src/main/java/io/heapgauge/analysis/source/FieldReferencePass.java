/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import io.heapgauge.analysis.graph.FieldReferenceSink;
import io.heapgauge.analysis.hprof.ClassDump;
import io.heapgauge.analysis.hprof.HprofException;
import io.heapgauge.analysis.hprof.HprofType;
import io.heapgauge.analysis.hprof.Ids;
import io.heapgauge.analysis.hprof.ProgressVisitor;
import io.heapgauge.analysis.monitor.Monitor;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A pass that tells every reference with the field it is in. Fields of the same class name and name are one. */
final class FieldReferencePass extends ProgressVisitor {
    /** Reference fields of one type: offsets in the field values, and numbers of the fields. */
    private record Plan(int dataBytes, int[] offsets, int[] numbers) {}

    private final Path file;
    private final Census census;
    private final FieldReferenceSink sink;
    private final Ids ids;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    /** Type → plan, null where it is no class of the dump. */
    private final @Nullable Plan[] plans;
    /** Type → number of its elements. */
    private final int[] elementNumbers;

    private long arrayId;
    private int arrayNumber;

    FieldReferencePass(Path file, Census census, FieldReferenceSink sink, Monitor monitor) throws HprofException {
        super(monitor::at);
        this.file = file;
        this.census = census;
        this.sink = sink;
        this.ids = census.header().ids();
        this.plans = new Plan[census.types().size()];
        this.elementNumbers = new int[plans.length];
        for (ClassDump dump : census.classes().dumps()) {
            int type = census.entry(dump.id(), dump.offset()).type;
            plans[type] = plan(new InstanceFields(file, census, dump));
            elementNumbers[type] = number(census.types().get(type).displayName());
        }
    }

    private Plan plan(InstanceFields fields) {
        List<InstanceFields.Field> references = fields.all().stream()
                .filter(field -> field.code() == HprofType.OBJECT)
                .toList();
        return new Plan(
                fields.dataBytes(),
                references.stream().mapToInt(InstanceFields.Field::offset).toArray(),
                references.stream()
                        .mapToInt(field -> number(field.type(), field.name()))
                        .toArray());
    }

    private int number(int type, String field) {
        return number(census.types().get(type).displayName() + "#" + field);
    }

    /** What the VM keeps with a class, {@code <init_lock>}, is one field for all classes. */
    private int staticNumber(int type, long nameId) {
        String field = census.classes().symbol(nameId);
        return field.startsWith("<") ? number("java.lang.Class#" + field) : number(type, field);
    }

    private int number(String name) {
        Integer known = numbers.putIfAbsent(name, names.size());
        if (known != null) {
            return known;
        }
        names.add(name);
        return names.size() - 1;
    }

    /** Number of a field → its name. */
    List<String> names() {
        return List.copyOf(names);
    }

    @Override
    public void classDump(ClassDump dump) {
        // of two records with one id the first one counts
        if (census.classes().dump(dump.id()).offset() != dump.offset()) {
            return;
        }
        int type = census.entry(dump.id(), dump.offset()).type;
        for (int i = 0; i < dump.staticTypes().length; i++) {
            if (dump.staticTypes()[i] == HprofType.OBJECT && dump.staticValues()[i] != 0) {
                sink.reference(dump.id(), staticNumber(type, dump.staticNameIds()[i]), dump.staticValues()[i]);
            }
        }
    }

    @Override
    public void instance(long id, long classId, ByteBuffer window, int at, int length, long offset)
            throws HprofException {
        int type = census.entry(classId, offset).type;
        Plan plan = plans[type];
        if (plan == null || length != plan.dataBytes) {
            throw InstanceFields.wrongLength(file, census, type, length, plan == null ? 0 : plan.dataBytes, offset);
        }
        for (int i = 0; i < plan.offsets.length; i++) {
            long reference = ids.read(window, at + plan.offsets[i]);
            if (reference != 0) {
                sink.reference(id, plan.numbers[i], reference);
            }
        }
    }

    @Override
    public boolean objectArray(long id, long classId, int length, long offset) {
        arrayId = id;
        arrayNumber = elementNumbers[census.entry(classId, offset).type];
        return true;
    }

    @Override
    public void elements(ByteBuffer window, int at, int count, boolean last) {
        for (int i = 0, p = at; i < count; i++, p += ids.bytes()) {
            long reference = ids.read(window, p);
            if (reference != 0) {
                sink.reference(arrayId, arrayNumber, reference);
            }
        }
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import io.heapgauge.analysis.hprof.ClassDump;
import io.heapgauge.analysis.hprof.HprofException;
import io.heapgauge.analysis.hprof.HprofType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields that the instances of one class have in a dump: its own first, then its super class's. */
final class InstanceFields {
    /**
     * A field.
     *
     * @param type index of the type that declares it
     * @param name its name
     * @param code type code of its value
     * @param offset where its value starts in the field values
     */
    record Field(int type, String name, int code, int offset) {}

    private final List<Field> fields = new ArrayList<>();
    private final int dataBytes;

    /** @throws HprofException if a super class is missing or the lineage is a circle */
    InstanceFields(Path file, Census census, ClassDump dump) throws HprofException {
        int at = 0;
        for (ClassDump ancestor : census.classes().lineage(dump, file)) {
            int type = census.entry(ancestor.id(), ancestor.offset()).type;
            List<String> names = census.classes().fieldNames(ancestor);
            for (int i = 0; i < names.size(); i++) {
                int code = ancestor.fieldTypes()[i];
                fields.add(new Field(type, names.get(i), code, at));
                at += HprofType.bytes(code, census.header().idBytes());
            }
        }
        dataBytes = at;
    }

    List<Field> all() {
        return fields;
    }

    /** Bytes of the field values of every instance. */
    int dataBytes() {
        return dataBytes;
    }

    /** Fields with primitive values that a type declares, by name and by type as Java spells it. */
    static Map<String, String> primitives(Census census, int type) {
        ClassDump dump = census.classes().dump(census.types().get(type).classId());
        Map<String, String> primitives = new LinkedHashMap<>();
        for (int i = 0; dump != null && i < dump.fieldTypes().length; i++) {
            if (dump.fieldTypes()[i] != HprofType.OBJECT) {
                primitives.put(census.classes().symbol(dump.fieldNameIds()[i]), HprofType.name(dump.fieldTypes()[i]));
            }
        }
        return primitives;
    }

    /** An instance whose field values are not as many as its class's. */
    static HprofException wrongLength(Path file, Census census, int type, int length, int dataBytes, long offset) {
        return new HprofException(
                file,
                offset,
                "an instance of " + census.types().get(type).name() + " with " + length
                        + " bytes of fields where its class has " + dataBytes + "; the dump is corrupt");
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.redact;

import io.heapgauge.analysis.hprof.ClassDump;
import io.heapgauge.analysis.hprof.HprofType;
import io.heapgauge.analysis.source.ClassTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;

/** For each class the stretches of its instances' data that are zeroed, worked out once. */
final class FieldBlanks {
    private final ClassTable classes;
    private final KeptFields kept;
    private final Path file;
    private final int idBytes;
    private final Long2ObjectHashMap<Plan> plans = new Long2ObjectHashMap<>();

    /**
     * The plan of a class.
     *
     * @param starts stretch → offset of its first byte in the instance data
     * @param lengths stretch → its bytes
     * @param bytes all of the instance data
     * @param blankBytes sum of the lengths
     */
    record Plan(int[] starts, int[] lengths, int bytes, int blankBytes) {}

    FieldBlanks(ClassTable classes, KeptFields kept, Path file, int idBytes) {
        this.classes = classes;
        this.kept = kept;
        this.file = file;
        this.idBytes = idBytes;
    }

    /**
     * Looks a class up.
     *
     * @param dump a class record
     * @throws IOException if a super class is missing, or the lineage is a circle
     */
    Plan of(ClassDump dump) throws IOException {
        Plan known = plans.get(dump.id());
        if (known == null) {
            known = plan(classes.lineage(dump, file));
            plans.put(dump.id(), known);
        }
        return known;
    }

    /** Own fields come first in the data, then those of the super class. */
    private Plan plan(List<ClassDump> lineage) {
        List<int[]> stretches = new ArrayList<>();
        int at = 0;
        int blank = 0;
        for (ClassDump dump : lineage) {
            String className = classes.name(dump);
            for (int i = 0; i < dump.fieldTypes().length; i++) {
                int bytes = HprofType.bytes(dump.fieldTypes()[i], idBytes);
                if (isBlanked(className, dump.fieldTypes()[i], dump.fieldNameIds()[i])) {
                    add(stretches, at, bytes);
                    blank += bytes;
                }
                at += bytes;
            }
        }
        return new Plan(
                stretches.stream().mapToInt(stretch -> stretch[0]).toArray(),
                stretches.stream().mapToInt(stretch -> stretch[1]).toArray(),
                at,
                blank);
    }

    private static void add(List<int[]> stretches, int at, int bytes) {
        int[] last = stretches.isEmpty() ? null : stretches.get(stretches.size() - 1);
        if (last != null && last[0] + last[1] == at) {
            last[1] += bytes;
        } else {
            stretches.add(new int[] {at, bytes});
        }
    }

    boolean isBlanked(String className, int type, long nameId) {
        return type != HprofType.OBJECT && !kept.contains(className, classes.symbol(nameId));
    }
}

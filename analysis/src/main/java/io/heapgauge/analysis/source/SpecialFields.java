/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import io.heapgauge.analysis.graph.FieldRule;
import io.heapgauge.analysis.hprof.ClassDump;
import io.heapgauge.analysis.hprof.HprofType;
import io.heapgauge.analysis.hprof.Ids;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Fields whose values the first pass reads: the size of a stack chunk, which makes the object larger, and what tells of bytes
 * outside of the heap, see {@link NativeRule}. Which these are is worked out when the first instance of a class comes, by the class records that
 * have come before it: in dumps of HotSpot all of them.
 */
final class SpecialFields {
    private static final String STACK_CHUNK = "jdk.internal.vm.StackChunk";

    private final ClassTable classes;
    private final List<NativeField> nativeFields;
    private final Set<String> declaring = new HashSet<>();
    private final Long2ObjectHashMap<ClassDump> known = new Long2ObjectHashMap<>();
    /** Names of the few known classes that declare a field to be read, by class id. */
    private final Long2ObjectHashMap<String> names = new Long2ObjectHashMap<>();

    private boolean complete;
    private Ids ids = Ids.of(8);

    SpecialFields(ClassTable classes, List<NativeField> nativeFields) {
        this.classes = classes;
        this.nativeFields = nativeFields;
        declaring.add(STACK_CHUNK);
        for (NativeRule rule : NativeRule.KNOWN) {
            declares(rule.bytes());
            declares(rule.mustBeSet());
            declares(rule.mustNotBeSet());
        }
        for (NativeField field : nativeFields) {
            declaring.add(field.className());
        }
    }

    private void declares(@Nullable FieldRule field) {
        if (field != null) {
            declaring.add(field.className());
        }
    }

    void ids(Ids form) {
        ids = form;
    }

    /** No class record counts from here on, so that several threads can ask. */
    void complete() {
        complete = true;
    }

    void classDump(ClassDump dump) {
        if (!complete && known.putIfAbsent(dump.id(), dump) == null) {
            String name = classes.name(dump);
            if (declaring.contains(name)) {
                names.put(dump.id(), name);
            }
        }
    }

    /** Tells the entry of a class what to read of its instances. */
    void plan(TypeEntry entry) {
        ClassDump dump = known.get(entry.classId);
        if (dump == null) {
            entry.plain = true;
            return;
        }
        if (STACK_CHUNK.equals(names.get(dump.id()))) {
            NativeBytes.Field size = field(dump, STACK_CHUNK, "size");
            entry.extraWordsField = size != null && size.type() == HprofType.INT ? size.offset() : -1;
        }
        entry.nativeBytesOf = nativeBytes(dump);
        entry.plain = entry.extraWordsField < 0 && entry.nativeBytesOf == null;
    }

    private @Nullable NativeBytes nativeBytes(ClassDump dump) {
        for (NativeField wanted : nativeFields) {
            NativeBytes.Field bytes = field(dump, wanted.className(), wanted.field());
            if (bytes != null && isWhole(bytes.type())) {
                return new NativeBytes(ids, bytes, 0, null, null);
            }
        }
        for (NativeRule rule : NativeRule.KNOWN) {
            NativeBytes.Field bytes = field(dump, rule.bytes());
            NativeBytes.Field mustBeSet = field(dump, rule.mustBeSet());
            if (mustBeSet != null && (bytes != null || rule.bytes() == null)) {
                return new NativeBytes(ids, bytes, rule.constantBytes(), mustBeSet, field(dump, rule.mustNotBeSet()));
            }
        }
        return null;
    }

    private NativeBytes.@Nullable Field field(ClassDump dump, @Nullable FieldRule rule) {
        return rule == null ? null : field(dump, rule.className(), rule.field());
    }

    private static boolean isWhole(int type) {
        return type != HprofType.OBJECT
                && type != HprofType.BOOLEAN
                && type != HprofType.FLOAT
                && type != HprofType.DOUBLE;
    }

    /** Finds an inherited or own field by its declaring class; none where the lineage is incomplete or a circle. */
    private NativeBytes.@Nullable Field field(ClassDump start, String className, String field) {
        int offset = 0;
        int generations = 0;
        ClassDump at = start;
        while (at != null && generations++ <= known.size()) {
            boolean declares = className.equals(names.get(at.id()));
            for (int i = 0; i < at.fieldTypes().length; i++) {
                if (declares && classes.symbol(at.fieldNameIds()[i]).equals(field)) {
                    return new NativeBytes.Field(offset, at.fieldTypes()[i]);
                }
                offset += HprofType.bytes(at.fieldTypes()[i], ids.bytes());
            }
            at = at.superId() == 0 ? null : known.get(at.superId());
        }
        return null;
    }
}

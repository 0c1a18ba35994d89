/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.redact;

import io.heapgauge.analysis.hprof.ClassDump;
import io.heapgauge.analysis.hprof.HprofType;
import io.heapgauge.analysis.redact.RedactionRules.Fate;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongHashSet;
import org.jspecify.annotations.Nullable;

/** The classes of a dump and the few names that rules speak of. Memory: of the number of classes and their fields. */
final class KnownClasses {
    /** The id that stands for none in dumps, so that a damaged record of a loaded class can have it. */
    private static final long NO_NAME = 0;

    private final RedactionRules rules;
    private final Set<String> words;
    private final int longestWord;
    /** Id of a name → the name, of those that a rule speaks of. */
    private final Long2ObjectHashMap<String> names = new Long2ObjectHashMap<>();
    /** Id of a class → id of its name. */
    private final Long2LongHashMap nameIds = new Long2LongHashMap(NO_NAME);

    private final Long2ObjectHashMap<ClassDump> dumps = new Long2ObjectHashMap<>();
    private final LongHashSet usedNames = new LongHashSet();
    private int idBytes = 8;

    KnownClasses(RedactionRules rules) {
        this.rules = rules;
        words = new HashSet<>(rules.words());
        words.add(RegistryNames.ENTRY);
        words.add(RegistryNames.NAME);
        longestWord = words.stream()
                .mapToInt(word -> word.getBytes(StandardCharsets.UTF_8).length)
                .max()
                .orElse(0);
    }

    void idBytes(int bytes) {
        idBytes = bytes;
    }

    void name(long id, ByteBuffer window, int at, int length) {
        if (length <= longestWord) {
            byte[] bytes = new byte[length];
            window.get(at, bytes);
            String name = new String(bytes, StandardCharsets.UTF_8);
            if (words.contains(name)) {
                names.put(id, name);
            }
        }
    }

    void loaded(long classId, long nameId) {
        if (nameId != NO_NAME) {
            nameIds.put(classId, nameId);
            uses(nameId);
        }
    }

    void add(ClassDump dump) {
        dumps.putIfAbsent(dump.id(), dump);
        for (long nameId : dump.staticNameIds()) {
            uses(nameId);
        }
        for (long nameId : dump.fieldNameIds()) {
            uses(nameId);
        }
    }

    /** Something in the dump bears this name. */
    void uses(long nameId) {
        usedNames.add(nameId);
    }

    boolean isUsed(long nameId) {
        return usedNames.contains(nameId);
    }

    /** Whether a class has this name, in the form of the VM, which must be one of the words. */
    boolean isNamed(long classId, String name) {
        return name.equals(names.get(nameIds.get(classId)));
    }

    /** The ids of all loaded classes of a name. */
    LongHashSet named(String name) {
        LongHashSet found = new LongHashSet();
        nameIds.forEachLong((classId, nameId) -> {
            if (name.equals(names.get(nameId))) {
                found.add(classId);
            }
        });
        return found;
    }

    /** What to change in instances of a class; null where its record has not come. */
    @Nullable
    FieldPlan plan(long classId) {
        if (!dumps.containsKey(classId)) {
            return null;
        }
        FieldPlan plan = new FieldPlan();
        for (ClassDump dump : lineage(classId)) {
            for (int i = 0; i < dump.fieldTypes().length; i++) {
                int type = dump.fieldTypes()[i];
                if (type == HprofType.OBJECT) {
                    plan.reference(idBytes);
                } else {
                    plan.primitive(HprofType.primitiveBytes(type), fate(dump.id(), dump.fieldNameIds()[i]));
                }
            }
        }
        return plan;
    }

    /** Offset of a reference field that a class itself declares; -1 where it has none or its record has not come. */
    int referenceOffset(long classId, String field) {
        ClassDump dump = dumps.get(classId);
        int offset = 0;
        for (int i = 0; dump != null && i < dump.fieldTypes().length; i++) {
            int type = dump.fieldTypes()[i];
            if (type == HprofType.OBJECT && field.equals(names.get(dump.fieldNameIds()[i]))) {
                return offset;
            }
            offset += HprofType.bytes(type, idBytes);
        }
        return -1;
    }

    /** The class, its super class and so on, as far as the dump has them; ends at a circle. */
    private List<ClassDump> lineage(long classId) {
        List<ClassDump> lineage = new ArrayList<>();
        LongHashSet seen = new LongHashSet();
        ClassDump at = dumps.get(classId);
        while (at != null && seen.add(at.id())) {
            lineage.add(at);
            at = at.superId() == 0 ? null : dumps.get(at.superId());
        }
        return lineage;
    }

    /** What becomes of a primitive field that a class declares. */
    Fate fate(long classId, long fieldNameId) {
        KeptField field = field(classId, fieldNameId);
        return field == null ? Fate.ZEROED : rules.fate(field);
    }

    private @Nullable KeptField field(long classId, long fieldNameId) {
        String name = names.get(fieldNameId);
        String className = name == null ? null : names.get(nameIds.get(classId));
        return className == null ? null : new KeptField(className.replace('/', '.'), name);
    }

    /** Fields of the user's rules that no class has as a primitive one. */
    List<KeptField> unusedRules() {
        Set<KeptField> found = new HashSet<>();
        dumps.values().forEach(dump -> {
            addPrimitives(dump, dump.fieldNameIds(), dump.fieldTypes(), found);
            addPrimitives(dump, dump.staticNameIds(), dump.staticTypes(), found);
        });
        return rules.own().stream().filter(field -> !found.contains(field)).toList();
    }

    private void addPrimitives(ClassDump dump, long[] nameIds, byte[] types, Set<KeptField> found) {
        for (int i = 0; i < nameIds.length; i++) {
            KeptField field = types[i] == HprofType.OBJECT ? null : field(dump.id(), nameIds[i]);
            if (field != null) {
                found.add(field);
            }
        }
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import io.heapgauge.analysis.hprof.ClassDump;
import io.heapgauge.analysis.hprof.HprofException;
import io.heapgauge.analysis.hprof.HprofType;
import io.heapgauge.analysis.layout.Contended;
import io.heapgauge.analysis.layout.FieldGroup;
import io.heapgauge.analysis.layout.InjectedFields;
import io.heapgauge.analysis.layout.InstanceLayout;
import io.heapgauge.analysis.layout.JdkGeneration;
import io.heapgauge.analysis.layout.VmModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Shallow sizes of a dump's instances and class mirrors under one VM model, each class laid out once. In a brief dump, which
 * lacks fields, the class records have the sizes of instances.
 */
final class ClassLayouts {
    private static final String CLASS = "java.lang.Class";

    private final ClassTable classes;
    private final VmModel model;
    private final JdkGeneration jdk;
    private final Path file;
    private final boolean brief;
    private final Long2ObjectHashMap<InstanceLayout> known = new Long2ObjectHashMap<>();

    ClassLayouts(ClassTable classes, VmModel model, JdkGeneration jdk, Path file, boolean brief) {
        this.classes = classes;
        this.model = model;
        this.jdk = jdk;
        this.file = file;
        this.brief = brief;
    }

    /** The generation of the JDK whose classes these are. */
    static JdkGeneration generation(ClassTable classes) {
        List<String> ofClass = List.of();
        List<String> ofThread = List.of();
        for (ClassDump dump : classes.dumps()) {
            if (dump.loaderId() == 0) {
                String name = classes.name(dump);
                if (name.equals(CLASS)) {
                    ofClass = classes.fieldNames(dump);
                } else if (name.equals("java.lang.Thread")) {
                    ofThread = classes.fieldNames(dump);
                }
                if (!ofClass.isEmpty() && !ofThread.isEmpty()) {
                    break;
                }
            }
        }
        return JdkGeneration.of(ofClass, ofThread);
    }

    /**
     * Shallow size of an instance.
     *
     * @throws HprofException if a super class is missing or the lineage is a circle
     */
    long instanceBytes(ClassDump dump) throws HprofException {
        return brief ? model.align(dump.instanceBytes()) : layout(dump).bytes();
    }

    private InstanceLayout layout(ClassDump dump) throws HprofException {
        InstanceLayout ready = known.get(dump.id());
        return ready != null ? ready : laidOut(dump);
    }

    private InstanceLayout laidOut(ClassDump dump) throws HprofException {
        List<ClassDump> lineage = classes.lineage(dump, file);
        InstanceLayout layout = InstanceLayout.empty(model);
        for (int i = lineage.size() - 1; i >= 0; i--) {
            ClassDump at = lineage.get(i);
            InstanceLayout done = known.get(at.id());
            if (done == null) {
                done = extend(layout, at);
                known.put(at.id(), done);
            }
            layout = done;
        }
        return layout;
    }

    private InstanceLayout extend(InstanceLayout parent, ClassDump dump) {
        byte[] types = dump.fieldTypes();
        if (dump.loaderId() != 0) {
            return parent.extend(group(types, types.length));
        }
        String name = classes.name(dump);
        List<String> declared = classes.fieldNames(dump);
        FieldGroup injected = InjectedFields.of(name, declared, jdk);
        Contended contended = Contended.of(name, jdk);
        byte[] apart = new byte[types.length];
        byte[] together = new byte[types.length];
        int aparts = 0;
        int togethers = 0;
        for (int i = 0; i < types.length; i++) {
            if (contended.fields().contains(declared.get(i))) {
                together[togethers++] = types[i];
            } else {
                apart[aparts++] = types[i];
            }
        }
        return parent.extend(group(apart, aparts).plus(injected), group(together, togethers), contended.wholeClass());
    }

    /** Shallow size of the class mirror of a class: that of a {@code java.lang.Class} and of the static fields behind it. */
    long mirrorBytes(ClassDump dump, long classInstanceBytes) {
        return model.align(classInstanceBytes + InstanceLayout.staticBytes(statics(dump), model));
    }

    /**
     * Leaves out what HotSpot writes among the static fields but does not keep there: the resolved references of the constant
     * pool and the lock of the initialization, whose names no Java field can have.
     */
    private FieldGroup statics(ClassDump dump) {
        byte[] types = new byte[dump.staticTypes().length];
        int count = 0;
        for (int i = 0; i < types.length; i++) {
            boolean reference = dump.staticTypes()[i] == HprofType.OBJECT;
            if (!reference || !classes.symbol(dump.staticNameIds()[i]).startsWith("<")) {
                types[count++] = dump.staticTypes()[i];
            }
        }
        return group(types, count);
    }

    private static FieldGroup group(byte[] types, int count) {
        List<Integer> primitives = new ArrayList<>(count);
        int references = 0;
        for (int i = 0; i < count; i++) {
            if (types[i] == HprofType.OBJECT) {
                references++;
            } else {
                primitives.add(HprofType.primitiveBytes(types[i]));
            }
        }
        return new FieldGroup(primitives.stream().mapToInt(Integer::intValue).toArray(), references);
    }
}

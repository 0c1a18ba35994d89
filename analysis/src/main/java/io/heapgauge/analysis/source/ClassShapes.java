/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import io.heapgauge.analysis.hprof.ClassDump;
import io.heapgauge.analysis.hprof.HprofType;
import io.heapgauge.analysis.layout.Contended;
import io.heapgauge.analysis.layout.FieldGroup;
import io.heapgauge.analysis.layout.InjectedFields;
import io.heapgauge.analysis.layout.JdkGeneration;
import java.util.Arrays;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * What each class of a dump adds to its super class, whatever the VM's model: the fields of the dump, and what only the JDK's
 * generation tells. Worked out once for a class and for all models that are tried. For one thread.
 */
final class ClassShapes {
    /**
     * Fields that a class declares.
     *
     * @param fields those that are not annotated themselves
     * @param contended those of one contended group
     * @param wholeClass whether the class itself is annotated
     */
    record Shape(FieldGroup fields, FieldGroup contended, boolean wholeClass) {}

    private final ClassTable classes;
    private final JdkGeneration jdk;
    private final Long2ObjectHashMap<Shape> known = new Long2ObjectHashMap<>();

    ClassShapes(ClassTable classes, JdkGeneration jdk) {
        this.classes = classes;
        this.jdk = jdk;
    }

    ClassTable classes() {
        return classes;
    }

    /** The shape of a class's instances. */
    Shape of(ClassDump dump) {
        Shape shape = known.get(dump.id());
        if (shape == null) {
            shape = shape(dump);
            known.put(dump.id(), shape);
        }
        return shape;
    }

    private Shape shape(ClassDump dump) {
        byte[] types = dump.fieldTypes();
        if (dump.loaderId() != 0) {
            return new Shape(group(types, types.length), FieldGroup.NONE, false);
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
            if (!contended.fields().isEmpty() && contended.fields().contains(declared.get(i))) {
                together[togethers++] = types[i];
            } else {
                apart[aparts++] = types[i];
            }
        }
        return new Shape(group(apart, aparts).plus(injected), group(together, togethers), contended.wholeClass());
    }

    /**
     * The static fields. Leaves out what HotSpot writes among them but does not keep there: the resolved references of the
     * constant pool and the lock of the initialization, whose names no Java field can have.
     */
    FieldGroup statics(ClassDump dump) {
        byte[] types = new byte[dump.staticTypes().length];
        int count = 0;
        for (int i = 0; i < types.length; i++) {
            boolean reference = dump.staticTypes()[i] == HprofType.OBJECT;
            if (!reference || !classes.isOfTheVm(dump.staticNameIds()[i])) {
                types[count++] = dump.staticTypes()[i];
            }
        }
        return group(types, count);
    }

    private static FieldGroup group(byte[] types, int count) {
        int[] primitives = new int[count];
        int used = 0;
        for (int i = 0; i < count; i++) {
            if (types[i] != HprofType.OBJECT) {
                primitives[used++] = HprofType.primitiveBytes(types[i]);
            }
        }
        return new FieldGroup(Arrays.copyOf(primitives, used), count - used);
    }
}

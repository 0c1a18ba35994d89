/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import io.heapgauge.analysis.hprof.ClassDump;
import io.heapgauge.analysis.hprof.HprofException;
import io.heapgauge.analysis.layout.InstanceLayout;
import io.heapgauge.analysis.layout.JdkGeneration;
import io.heapgauge.analysis.layout.VmModel;
import java.nio.file.Path;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Shallow sizes of a dump's instances and class mirrors under one VM model, each class laid out once. In a brief dump, which
 * lacks fields, the class records have the sizes of instances.
 */
final class ClassLayouts {
    private static final String CLASS = "java.lang.Class";

    private final ClassShapes shapes;
    private final VmModel model;
    private final Path file;
    private final boolean brief;
    private final Long2ObjectHashMap<InstanceLayout> known = new Long2ObjectHashMap<>();

    ClassLayouts(ClassShapes shapes, VmModel model, Path file, boolean brief) {
        this.shapes = shapes;
        this.model = model;
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
        List<ClassDump> lineage = shapes.classes().lineage(dump, file);
        InstanceLayout layout = InstanceLayout.empty(model);
        for (int i = lineage.size() - 1; i >= 0; i--) {
            ClassDump at = lineage.get(i);
            InstanceLayout done = known.get(at.id());
            if (done == null) {
                ClassShapes.Shape shape = shapes.of(at);
                done = layout.extend(shape.fields(), shape.contended(), shape.wholeClass());
                known.put(at.id(), done);
            }
            layout = done;
        }
        return layout;
    }

    /** Shallow size of the class mirror of a class: that of a {@code java.lang.Class} and of the static fields behind it. */
    long mirrorBytes(ClassDump dump, long classInstanceBytes) {
        return model.align(classInstanceBytes + InstanceLayout.staticBytes(shapes.statics(dump), model));
    }
}

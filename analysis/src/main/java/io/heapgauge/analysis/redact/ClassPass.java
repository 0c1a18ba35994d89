/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.redact;

import io.heapgauge.analysis.hprof.ClassDump;
import io.heapgauge.analysis.hprof.HprofHeader;
import io.heapgauge.analysis.hprof.ProgressVisitor;
import io.heapgauge.analysis.monitor.Monitor;
import java.nio.ByteBuffer;

/** The first pass: classes, names in use and the entries of registries. */
final class ClassPass extends ProgressVisitor {
    private final KnownClasses classes;
    private final RegistryNames registry;

    ClassPass(KnownClasses classes, RegistryNames registry, Monitor monitor) {
        super(monitor::at);
        this.classes = classes;
        this.registry = registry;
    }

    @Override
    public void header(HprofHeader header) {
        classes.idBytes(header.idBytes());
        registry.ids(header.ids());
    }

    @Override
    public void utf8(long id, ByteBuffer window, int at, int length) {
        classes.name(id, window, at, length);
    }

    @Override
    public void loadClass(int serial, long classId, int stackSerial, long nameId) {
        classes.loaded(classId, nameId);
        registry.loaded(classId);
    }

    @Override
    public void stackFrame(
            long frameId, long methodNameId, long signatureId, long sourceNameId, int classSerial, int line) {
        classes.uses(methodNameId);
        classes.uses(signatureId);
        classes.uses(sourceNameId);
    }

    @Override
    public void classDump(ClassDump dump) {
        classes.add(dump);
    }

    @Override
    public void instance(long id, long classId, ByteBuffer window, int at, int length, long offset) {
        registry.instance(classId, window, at, length);
    }
}

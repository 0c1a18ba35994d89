/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import io.heapgauge.analysis.hprof.HprofScanner;
import io.heapgauge.analysis.hprof.HprofVisitor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Counts the instances of one class in a dump. */
final class ForkSoakDump implements HprofVisitor {
    private final String name;
    private long nameId;
    private long classId;
    private long instances;

    private ForkSoakDump(String name) {
        this.name = name;
    }

    static long instances(Path dump, String className) throws IOException {
        ForkSoakDump counter = new ForkSoakDump(className.replace('.', '/'));
        HprofScanner.scan(dump, counter);
        return counter.instances;
    }

    @Override
    public void utf8(long id, ByteBuffer window, int at, int length) {
        if (length == name.length()) {
            byte[] text = new byte[length];
            window.get(at, text);
            if (name.equals(new String(text, StandardCharsets.UTF_8))) {
                nameId = id;
            }
        }
    }

    @Override
    public void loadClass(int serial, long loaded, int stackSerial, long className) {
        if (className == nameId) {
            classId = loaded;
        }
    }

    @Override
    public void instance(long id, long of, ByteBuffer window, int at, int length, long offset) {
        if (of == classId) {
            instances++;
        }
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import io.heapgauge.analysis.graph.ContentSink;
import io.heapgauge.analysis.hprof.ClassDump;
import io.heapgauge.analysis.hprof.HprofType;
import io.heapgauge.analysis.hprof.Ids;
import io.heapgauge.analysis.hprof.ProgressVisitor;
import io.heapgauge.analysis.monitor.Monitor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** A pass that reads the primitive fields and the bytes or chars of a few chosen objects. */
final class ContentPass extends ProgressVisitor {
    private static final int MAX_BYTES = 1 << 16;

    private final Census census;
    private final LongPredicate wanted;
    private final ContentSink sink;
    private final Ids ids;

    private long arrayId;
    private int elementBytes;
    private byte[] content = {};
    private int filled;

    ContentPass(Census census, LongPredicate wanted, ContentSink sink, Monitor monitor) {
        super(monitor::at);
        this.census = census;
        this.wanted = wanted;
        this.sink = sink;
        this.ids = census.header().ids();
    }

    @Override
    public void instance(long id, long classId, ByteBuffer window, int at, int length, long offset) {
        if (!wanted.test(id)) {
            return;
        }
        List<String> names = new ArrayList<>();
        List<Long> values = new ArrayList<>();
        int field = at;
        for (@Nullable ClassDump dump = census.classes().dump(classId);
                dump != null;
                dump = census.classes().parent(dump)) {
            for (int i = 0; i < dump.fieldTypes().length; i++) {
                int type = dump.fieldTypes()[i];
                if (type != HprofType.OBJECT) {
                    names.add(census.classes().symbol(dump.fieldNameIds()[i]));
                    values.add(ids.readValue(window, field, type));
                }
                field += HprofType.bytes(type, ids.bytes());
            }
        }
        sink.primitives(
                id,
                census.entry(classId, offset).type,
                names.toArray(String[]::new),
                values.stream().mapToLong(Long::longValue).toArray());
    }

    @Override
    public boolean primitiveArray(long id, int type, int length, long offset) {
        if (type != HprofType.BYTE && type != HprofType.CHAR || !wanted.test(id)) {
            return false;
        }
        arrayId = id;
        elementBytes = HprofType.primitiveBytes(type);
        content = new byte[(int) Math.min(MAX_BYTES, (long) length * elementBytes)];
        filled = 0;
        return true;
    }

    @Override
    public void elements(ByteBuffer window, int at, int count, boolean last) {
        int bytes = Math.min(count * elementBytes, content.length - filled);
        window.get(at, content, filled, bytes);
        filled += bytes;
        if (last) {
            sink.array(arrayId, elementBytes == 2, content);
        }
    }
}

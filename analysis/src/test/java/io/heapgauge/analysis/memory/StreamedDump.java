/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.memory;

import static io.heapgauge.analysis.fixture.FieldType.BYTE;
import static io.heapgauge.analysis.fixture.FieldType.INT;
import static io.heapgauge.analysis.fixture.FieldType.OBJECT;

import io.heapgauge.analysis.fixture.HprofWriter;
import io.heapgauge.analysis.fixture.RootKind;
import io.heapgauge.analysis.fixture.SubRecords;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * A dump of any size, written piece by piece: one list as long as the heap, references back to anywhere, arrays of references
 * and of bytes, and a GC root for every thousandth object.
 */
final class StreamedDump {
    static final String NODE = "com.acme.Node";

    private static final long OBJECT_CLASS = 0x1000;
    private static final long NODE_CLASS = 0x2000;
    private static final long ARRAY_CLASS = 0x3000;
    private static final long FIRST_NODE = 0x1000_0000L;
    private static final int GROUP_BYTES = 32 + 32 + 24 + 32;
    private static final int GROUPS_PER_SEGMENT = 5_000;

    private final Random random = new Random(7);
    private final int groups;

    private StreamedDump(int groups) {
        this.groups = groups;
    }

    static void write(Path target, int objects) throws IOException {
        new StreamedDump(objects / 4).write(target);
    }

    private void write(Path target) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target), 1 << 16)) {
            out.write(classes());
            for (int from = 0; from < groups; from += GROUPS_PER_SEGMENT) {
                int first = from;
                HprofWriter piece = new HprofWriter(8);
                piece.segment(segment -> {
                    for (int group = first; group < Math.min(groups, first + GROUPS_PER_SEGMENT); group++) {
                        group(group, segment);
                    }
                });
                out.write(piece.toByteArray());
            }
            out.write(new HprofWriter(8).end().toByteArray());
        }
    }

    private static byte[] classes() {
        HprofWriter start = new HprofWriter(8)
                .header()
                .utf8(1, "java/lang/Object")
                .utf8(2, "com/acme/Node")
                .utf8(3, "[Ljava/lang/Object;")
                .utf8(4, "next")
                .utf8(5, "other")
                .utf8(6, "number")
                .loadClass(1, OBJECT_CLASS, 1)
                .loadClass(2, NODE_CLASS, 2)
                .loadClass(3, ARRAY_CLASS, 3);
        start.segment(segment -> {
            segment.classDump(OBJECT_CLASS, 0, 0, List.of(), List.of());
            segment.classDump(
                    NODE_CLASS,
                    OBJECT_CLASS,
                    0,
                    List.of(),
                    List.of(
                            new SubRecords.Field(4, OBJECT),
                            new SubRecords.Field(5, OBJECT),
                            new SubRecords.Field(6, INT)));
            segment.classDump(ARRAY_CLASS, OBJECT_CLASS, 0, List.of(), List.of());
        });
        return start.toByteArray();
    }

    /** Two nodes, an array of bytes and one of references. */
    private void group(int group, SubRecords into) {
        long node = node(group);
        long bytes = node + 64;
        long array = bytes + 24;
        long next = group + 1 < groups ? node(group + 1) : 0;
        into.instance(node, NODE_CLASS, values(node + 32, array));
        into.instance(node + 32, NODE_CLASS, values(next, bytes));
        into.primitiveArray(bytes, BYTE, 8);
        into.objectArray(array, ARRAY_CLASS, node(random.nextInt(groups)), 0, node(random.nextInt(groups)));
        if (group % 250 == 0) {
            into.root(RootKind.JNI_GLOBAL, node);
        }
    }

    private static long node(int group) {
        return FIRST_NODE + (long) group * GROUP_BYTES;
    }

    private static byte[] values(long next, long other) {
        return ByteBuffer.allocate(20).putLong(next).putLong(other).putInt(42).array();
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.it.bench;

import java.io.File;
import java.util.EnumSet;
import org.agrona.collections.Long2ObjectHashMap;
import shark.HprofHeader;
import shark.HprofRecordReader;
import shark.HprofRecordTag;
import shark.PrimitiveType;
import shark.StreamingHprofReader;

/** Counts with Shark's streaming reader, its fastest way through a file, reading only what the count needs. */
final class SharkStreamTypes {
    private static final PrimitiveType[] PRIMITIVES = PrimitiveType.values();

    private final Long2ObjectHashMap<Tally> types = new Long2ObjectHashMap<>();
    private final int idBytes;
    private long classObjects;

    private SharkStreamTypes(int idBytes) {
        this.idBytes = idBytes;
    }

    public static void main(String[] args) {
        File dump = new File(args[0]);
        HprofHeader header = HprofHeader.Companion.parseHeaderOf(dump);
        SharkStreamTypes counter = new SharkStreamTypes(header.getIdentifierByteSize());
        StreamingHprofReader.Companion.readerFor(dump, header)
                .readRecords(
                        EnumSet.of(
                                HprofRecordTag.CLASS_DUMP,
                                HprofRecordTag.INSTANCE_DUMP,
                                HprofRecordTag.OBJECT_ARRAY_DUMP,
                                HprofRecordTag.PRIMITIVE_ARRAY_DUMP),
                        (tag, length, reader) -> counter.record(tag, reader));
        Tally.print(counter.types.values(), counter.classObjects);
    }

    private void record(HprofRecordTag tag, HprofRecordReader reader) {
        if (tag == HprofRecordTag.INSTANCE_DUMP) {
            reader.skip(idBytes + 4);
            long classId = reader.readId();
            int bytes = reader.readInt();
            reader.skip(bytes);
            Tally.of(types, classId).add(bytes);
        } else if (tag == HprofRecordTag.OBJECT_ARRAY_DUMP) {
            reader.skip(idBytes + 4);
            long bytes = (long) reader.readInt() * idBytes;
            long classId = reader.readId();
            reader.skip(bytes);
            Tally.of(types, classId).add(bytes);
        } else if (tag == HprofRecordTag.PRIMITIVE_ARRAY_DUMP) {
            reader.skip(idBytes + 4);
            int length = reader.readInt();
            int type = reader.readUnsignedByte();
            long bytes = (long) length * byteSize(type);
            reader.skip(bytes);
            Tally.of(types, -1 - type).add(bytes);
        } else {
            reader.skipClassDumpRecord();
            classObjects++;
        }
    }

    private static int byteSize(int hprofType) {
        for (PrimitiveType primitive : PRIMITIVES) {
            if (primitive.getHprofType() == hprofType) {
                return primitive.getByteSize();
            }
        }
        throw new IllegalStateException("primitive type " + hprofType);
    }
}

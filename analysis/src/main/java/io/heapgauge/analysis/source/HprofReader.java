/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import io.heapgauge.analysis.graph.HeapGraph;
import io.heapgauge.analysis.graph.ObjectReader;
import io.heapgauge.analysis.graph.ObjectRecord;
import io.heapgauge.analysis.graph.RecordOffsets;
import io.heapgauge.analysis.hprof.ClassDump;
import io.heapgauge.analysis.hprof.HprofException;
import io.heapgauge.analysis.hprof.HprofType;
import io.heapgauge.analysis.hprof.Ids;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Int2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** Reads single objects of an uncompressed dump by where their records are. */
final class HprofReader implements ObjectReader {
    private static final int BLOCK_SHIFT = 13;
    private static final int BLOCK_BYTES = 1 << BLOCK_SHIFT;
    /** Blocks are longer by more than is looked at in one piece, so that a piece lies in the block that it starts in. */
    private static final int OVERLAP = 64;

    private static final int BLOCKS = 256;
    private static final String REFERENCE = ObjectRecord.REFERENCE;

    private final Path file;
    private final Census census;
    private final HeapGraph graph;
    private final RecordOffsets offsets;
    private final FileChannel channel;
    private final Ids ids;
    /** Parts of the file that were read last, each in the place that its number says; null where none is yet. */
    private final @Nullable ByteBuffer[] blocks = new ByteBuffer[BLOCKS];

    /** Place → number of the block in it, from the start of the file. */
    private final long[] numbers = new long[BLOCKS];

    /** The block that was looked at last. */
    private ByteBuffer window = ByteBuffer.allocate(0);

    private final Int2ObjectHashMap<InstanceFields> fieldsOfType = new Int2ObjectHashMap<>();

    HprofReader(Path file, Census census, HeapGraph graph, RecordOffsets offsets) throws IOException {
        this.file = file;
        this.census = census;
        this.graph = graph;
        this.offsets = offsets;
        ids = census.header().ids();
        channel = FileChannel.open(file, StandardOpenOption.READ);
    }

    @Override
    public ObjectRecord read(int ordinal, int from, int most) throws IOException {
        long id = graph.idOf(ordinal);
        ClassDump classDump = census.classes().dump(id);
        if (classDump != null) {
            return ObjectRecord.ofFields(classFields(classDump));
        }
        long offset = offsets.get(ordinal);
        int at = offset < 0 ? -1 : at(offset, 1 + ids.bytes() + 8);
        if (at < 0 || ids.read(window, at + 1) != id) {
            throw new HprofException(
                    file, offset, "not the object that was here before: the dump changed since it was opened");
        }
        int length = window.getInt(at + 1 + ids.bytes() + 4);
        return switch (window.get(at) & 0xff) {
            case 0x22 -> {
                long elements = offset + 9 + 2L * ids.bytes();
                yield array(REFERENCE, HprofType.OBJECT, length, elements, from, most);
            }
            case 0x23 -> {
                int code = elementType(offset);
                yield array(HprofType.name(code), code, length, offset + 10 + ids.bytes(), from, most);
            }
            case 0xc3 -> zeros(HprofType.name(elementType(offset)), length, from, most);
            default -> ObjectRecord.ofFields(instanceFields(ordinal, offset));
        };
    }

    private int elementType(long offset) throws IOException {
        int typeAt = at(offset + 9 + ids.bytes(), 1); // which may put another block into the window
        int code = window.get(typeAt);
        if (HprofType.primitiveBytes(code) == 0) {
            throw new HprofException(file, offset, "an array of an unknown type " + code);
        }
        return code;
    }

    /** Index in the window of a few bytes of the file, which are read if they are not there. */
    private int at(long offset, int bytes) throws IOException {
        long number = offset >>> BLOCK_SHIFT;
        int place = (int) number & BLOCKS - 1;
        ByteBuffer block = blocks[place];
        if (block == null || numbers[place] != number) {
            block = block == null ? ByteBuffer.allocateDirect(BLOCK_BYTES + OVERLAP) : block;
            load(block, number << BLOCK_SHIFT);
            blocks[place] = block;
            numbers[place] = number;
        }
        window = block;
        int at = (int) offset & BLOCK_BYTES - 1;
        if (at + bytes > block.limit()) {
            throw new HprofException(file, offset, "the file ends here: it was cut since it was opened");
        }
        return at;
    }

    private void load(ByteBuffer block, long from) throws IOException {
        block.clear();
        while (block.hasRemaining() && channel.read(block, from + block.position()) >= 0) {
            // until the block is full or the file ends
        }
        block.flip();
    }

    /** Elements that were left out show as what they are where they are zeroed. */
    private static ObjectRecord zeros(String type, int length, int from, int most) {
        long[] elements = new long[Math.min(most, length - Math.min(from, length))];
        return new ObjectRecord(List.of(), type, length, elements, null);
    }

    private ObjectRecord array(String type, int code, int length, long start, int from, int most) throws IOException {
        int first = Math.min(from, length);
        int bytes = HprofType.bytes(code, ids.bytes());
        long[] elements = new long[Math.min(most, length - first)];
        for (int i = 0; i < elements.length; i++) {
            int at = at(start + (long) (first + i) * bytes, bytes);
            elements[i] = ids.readValue(window, at, code);
        }
        return new ObjectRecord(List.of(), type, length, elements, null);
    }

    private List<ObjectRecord.Field> instanceFields(int ordinal, long offset) throws IOException {
        InstanceFields layout = layout(graph.typeOf(ordinal), offset);
        long start = offset + 9 + 2L * ids.bytes();
        List<ObjectRecord.Field> fields = new ArrayList<>(layout.all().size());
        for (InstanceFields.Field field : layout.all()) {
            int at = at(start + field.offset(), HprofType.bytes(field.code(), ids.bytes()));
            fields.add(new ObjectRecord.Field(
                    census.types().get(field.type()).name(),
                    field.name(),
                    HprofType.name(field.code()),
                    ids.readValue(window, at, field.code())));
        }
        return fields;
    }

    private InstanceFields layout(int type, long offset) throws HprofException {
        InstanceFields known = fieldsOfType.get(type);
        if (known == null) {
            ClassDump dump = census.classes().dump(census.types().get(type).classId());
            if (dump == null) {
                throw new HprofException(file, offset, "an instance of a class without a record");
            }
            known = new InstanceFields(file, census, dump);
            fieldsOfType.put(type, known);
        }
        return known;
    }

    private List<ObjectRecord.Field> classFields(ClassDump dump) {
        String owner = census.classes().name(dump);
        List<ObjectRecord.Field> fields = new ArrayList<>();
        fields.add(reference(owner, "<loader>", dump.loaderId()));
        for (int i = 0; i < dump.staticTypes().length; i++) {
            fields.add(new ObjectRecord.Field(
                    owner,
                    census.classes().symbol(dump.staticNameIds()[i]),
                    HprofType.name(dump.staticTypes()[i]),
                    dump.staticValues()[i]));
        }
        fields.add(reference(owner, "<super>", dump.superId()));
        fields.add(reference(owner, "<signers>", dump.signersId()));
        fields.add(reference(owner, "<protection domain>", dump.protectionDomainId()));
        for (long constant : dump.constantPoolReferences()) {
            fields.add(reference(owner, "<constant pool>", constant));
        }
        return fields;
    }

    private static ObjectRecord.Field reference(String owner, String name, long id) {
        return new ObjectRecord.Field(owner, name, REFERENCE, id);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.source;

import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.graph.TypeTally;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Adler32;

/**
 * Objects by class as the process of a snapshot tells them: big-endian, {@code "HGTY"}, version, number of classes, for each
 * its objects, bytes, bytes of the largest object, what of both the GC roots reach, and name; then the totals of all, of what the
 * roots reach and of what only referents lead to, and an Adler-32 of all before it.
 */
public final class TypesMessage {
    private static final int MAGIC = 0x48475459;
    private static final int VERSION = 2;
    private static final int LEAST_BYTES_PER_CLASS = 42;

    private TypesMessage() {}

    /**
     * Reads a message. Cost: that of its length.
     *
     * @param message the bytes
     * @return its classes, in its order
     * @throws IOException if it is cut, garbled, or of another version
     */
    public static VmHistogram parse(byte[] message) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(message);
        try {
            requireIntact(message);
            require(in.getInt() == MAGIC, "does not begin as one", message);
            int version = in.getInt();
            require(version == VERSION, "is of version " + version + ", known is " + VERSION, message);
            return read(in, message);
        } catch (BufferUnderflowException e) {
            throw new IOException("the snapshot's answer of " + message.length + " bytes ends too early", e);
        }
    }

    private static void requireIntact(byte[] message) throws IOException {
        require(message.length >= Integer.BYTES, "is cut", message);
        Adler32 sum = new Adler32();
        sum.update(message, 0, message.length - Integer.BYTES);
        int told = ByteBuffer.wrap(message).getInt(message.length - Integer.BYTES);
        require((int) sum.getValue() == told, "is garbled or cut: its check sum is another one", message);
    }

    private static void require(boolean holds, String problem, byte[] message) throws IOException {
        if (!holds) {
            throw new IOException("the snapshot's answer of " + message.length + " bytes " + problem);
        }
    }

    private static VmHistogram read(ByteBuffer in, byte[] message) throws IOException {
        int count = in.getInt();
        require(
                count >= 0 && count <= in.remaining() / LEAST_BYTES_PER_CLASS,
                "tells of " + count + " classes",
                message);
        List<HeapType> types = new ArrayList<>(count);
        TypeTally tally = TypeTally.empty(count);
        TypeTally reached = TypeTally.empty(count);
        for (int type = 0; type < count; type++) {
            tally.objects()[type] = in.getLong();
            tally.bytes()[type] = in.getLong();
            tally.largest()[type] = in.getLong();
            reached.objects()[type] = in.getLong();
            reached.bytes()[type] = in.getLong();
            require(
                    isPart(reached.objects()[type], tally.objects()[type])
                            && isPart(reached.bytes()[type], tally.bytes()[type]),
                    "tells of more that is reached than there is",
                    message);
            byte[] name = new byte[Short.toUnsignedInt(in.getShort())];
            in.get(name);
            types.add(VmHistogram.counted(type, new String(name, StandardCharsets.UTF_8)));
        }
        requireTotals(tally, in, message);
        requireTotals(reached, in, message);
        long weakObjects = in.getLong();
        long weakBytes = in.getLong();
        require(
                isPart(weakObjects, tally.totalObjects() - reached.totalObjects())
                        && isPart(weakBytes, tally.totalBytes() - reached.totalBytes()),
                "tells of more that is held weakly than there is",
                message);
        return new VmHistogram(types, tally, reached, weakObjects, weakBytes);
    }

    private static boolean isPart(long part, long whole) {
        return part >= 0 && part <= whole;
    }

    private static void requireTotals(TypeTally tally, ByteBuffer in, byte[] message) throws IOException {
        require(
                tally.totalObjects() == in.getLong() && tally.totalBytes() == in.getLong(),
                "does not add up to its totals",
                message);
    }
}

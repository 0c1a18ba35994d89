/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.snapshot;

import io.heapgauge.analysis.graph.HeapType;
import io.heapgauge.analysis.graph.TypeTally;
import io.heapgauge.analysis.report.Level;
import io.heapgauge.analysis.report.RootState;
import io.heapgauge.analysis.report.Size;
import io.heapgauge.analysis.source.VmHistogram;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Adler32;
import org.jspecify.annotations.Nullable;

/**
 * What the process of a snapshot found out, as it writes it: objects by class, what the GC roots reach of them, and the sizes
 * of the configured roots. The format is that of the native part's {@code measures.h}.
 */
public final class MeasuresMessage {
    private static final int MAGIC = 0x48475459;
    private static final int VERSION = 3;
    private static final int LEAST_BYTES_PER_CLASS = 50;
    private static final int LEAST_BYTES_PER_ROOT = 2;
    private static final int BYTES_PER_ROW = 28;

    private final ByteBuffer in;

    private MeasuresMessage(byte[] message) {
        in = ByteBuffer.wrap(message);
    }

    /**
     * What a message says.
     *
     * @param level how far the snapshot went
     * @param types objects by class, and which of them are reached unless the level is {@link Level#TYPES}
     * @param roots the configured roots, in the order of the plan
     */
    public record Content(Level level, VmHistogram types, List<Root> roots) {}

    /**
     * A configured root.
     *
     * @param state whether it was measured
     * @param detail number of the reason why not, 0 for none
     * @param starts number of objects that it starts at
     * @param reachable what it reaches; null unless measured
     * @param owned what it owns; null unless measured
     * @param retained what it retains; null where that was not asked for
     */
    public record Root(
            RootState state,
            int detail,
            long starts,
            @Nullable Walked reachable,
            @Nullable Walked owned,
            @Nullable Size retained) {}

    /**
     * What a walk met, by class.
     *
     * @param total all of it
     * @param classes number of classes it met
     * @param type row → index of the class among the types; the largest only where they are fewer than the classes
     * @param objects row → objects
     * @param bytes row → sum of shallow sizes
     * @param largest row → shallow size of the largest
     */
    public record Walked(Size total, int classes, int[] type, long[] objects, long[] bytes, long[] largest) {
        /**
         * Whether every class has a row.
         *
         * @return true if so
         */
        public boolean isWhole() {
            return type.length == classes;
        }
    }

    /**
     * Reads a message. Cost: that of its length.
     *
     * @param message the bytes
     * @return what it says
     * @throws IOException if it is cut, garbled, or of another version
     */
    public static Content parse(byte[] message) throws IOException {
        MeasuresMessage reader = new MeasuresMessage(message);
        try {
            reader.requireIntact(message);
            return reader.read();
        } catch (BufferUnderflowException e) {
            throw new IOException("the snapshot's answer of " + message.length + " bytes ends too early", e);
        }
    }

    private void requireIntact(byte[] message) throws IOException {
        require(message.length >= Integer.BYTES, "is cut");
        Adler32 sum = new Adler32();
        sum.update(message, 0, message.length - Integer.BYTES);
        int told = in.getInt(message.length - Integer.BYTES);
        require((int) sum.getValue() == told, "is garbled or cut: its check sum is another one");
        in.limit(message.length - Integer.BYTES);
    }

    private void require(boolean holds, String problem) throws IOException {
        if (!holds) {
            throw new IOException("the snapshot's answer of " + in.capacity() + " bytes " + problem);
        }
    }

    private Content read() throws IOException {
        require(in.getInt() == MAGIC, "does not begin as one");
        int version = in.getInt();
        require(version == VERSION, "is of version " + version + ", known is " + VERSION);
        int levelNumber = in.get();
        require(levelNumber >= 0 && levelNumber < Level.values().length, "is of level " + levelNumber);
        Level level = Level.values()[levelNumber];
        VmHistogram types = types(level != Level.TYPES);
        int count = in.getInt();
        require(
                count >= 0 && count <= in.remaining() / LEAST_BYTES_PER_ROOT,
                "tells of " + count + " configured roots");
        List<Root> roots = new ArrayList<>(count);
        for (int root = 0; root < count; root++) {
            roots.add(root(types));
        }
        require(!in.hasRemaining(), "is too long by " + in.remaining() + " bytes");
        return new Content(level, types, roots);
    }

    // ---- all objects ----

    private VmHistogram types(boolean followed) throws IOException {
        int count = in.getInt();
        require(count >= 0 && count <= in.remaining() / LEAST_BYTES_PER_CLASS, "tells of " + count + " classes");
        List<HeapType> types = new ArrayList<>(count);
        TypeTally tally = TypeTally.empty(count);
        TypeTally reached = TypeTally.empty(count);
        for (int type = 0; type < count; type++) {
            tally.objects()[type] = in.getLong();
            tally.bytes()[type] = in.getLong();
            tally.largest()[type] = in.getLong();
            tally.nativeBytes()[type] = in.getLong();
            reached.objects()[type] = in.getLong();
            reached.bytes()[type] = in.getLong();
            require(
                    isPart(reached.objects()[type], tally.objects()[type])
                            && isPart(reached.bytes()[type], tally.bytes()[type]),
                    "tells of more that is reached than there is");
            byte[] name = new byte[Short.toUnsignedInt(in.getShort())];
            in.get(name);
            types.add(VmHistogram.counted(type, new String(name, StandardCharsets.UTF_8)));
        }
        requireTotals(tally);
        requireTotals(reached);
        long weakObjects = in.getLong();
        long weakBytes = in.getLong();
        require(
                isPart(weakObjects, tally.totalObjects() - reached.totalObjects())
                        && isPart(weakBytes, tally.totalBytes() - reached.totalBytes()),
                "tells of more that is held weakly than there is");
        return new VmHistogram(types, tally, followed ? reached : null, weakObjects, weakBytes);
    }

    private static boolean isPart(long part, long whole) {
        return part >= 0 && part <= whole;
    }

    private void requireTotals(TypeTally tally) throws IOException {
        require(
                tally.totalObjects() == in.getLong() && tally.totalBytes() == in.getLong(),
                "does not add up to its totals");
    }

    // ---- configured roots ----

    private Root root(VmHistogram types) throws IOException {
        int state = in.get();
        int detail = in.get();
        require(state >= 0 && state < RootState.values().length && detail >= 0, "tells of a root in state " + state);
        RootState known = RootState.values()[state];
        if (known != RootState.MEASURED) {
            return new Root(known, detail, 0, null, null, null);
        }
        long starts = in.getLong();
        Walked reachable = walked(types);
        Walked owned = in.get() != 0 ? reachable : walked(types);
        Size retained = in.get() == 0 ? null : new Size(in.getLong(), in.getLong());
        TypeTally reached = types.reached();
        require(
                retained == null
                        || reached != null
                                && isPart(retained.objects(), reached.totalObjects())
                                && isPart(retained.bytes(), reached.totalBytes()),
                "tells of a root that retains more than is reached");
        return new Root(known, 0, starts, reachable, owned, retained);
    }

    private Walked walked(VmHistogram types) throws IOException {
        Size total = new Size(in.getLong(), in.getLong());
        int classes = in.getInt();
        int rows = in.getInt();
        require(rows >= 0 && rows <= classes && rows <= in.remaining() / BYTES_PER_ROW, "tells of " + rows + " rows");
        Walked walked = new Walked(total, classes, new int[rows], new long[rows], new long[rows], new long[rows]);
        long objects = 0;
        long bytes = 0;
        TypeTally reached = types.reached();
        for (int row = 0; row < rows; row++) {
            int type = in.getInt();
            require(reached != null && type >= 0 && type < types.types().size(), "tells of class number " + type);
            walked.type()[row] = type;
            walked.objects()[row] = in.getLong();
            walked.bytes()[row] = in.getLong();
            walked.largest()[row] = in.getLong();
            require(
                    isPart(walked.objects()[row], reached.objects()[type])
                            && isPart(walked.bytes()[row], reached.bytes()[type]),
                    "tells of a root with more than is reached");
            objects += walked.objects()[row];
            bytes += walked.bytes()[row];
        }
        require(
                walked.isWhole()
                        ? objects == total.objects() && bytes == total.bytes()
                        : objects <= total.objects() && bytes <= total.bytes(),
                "has a root that does not add up");
        return walked;
    }
}

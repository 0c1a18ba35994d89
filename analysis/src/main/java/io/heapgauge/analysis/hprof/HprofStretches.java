/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.hprof;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A dump cut into stretches of whole heap dump segments, so that several threads can read it at once. Segments carry their
 * length, so they are found by the headers of records alone. Immutable.
 */
public final class HprofStretches {
    private static final int WINDOW_BYTES = 1 << 16;

    private final Path file;
    /** Stretch → offset of its first record; one more for the end of the last. */
    private final long[] starts;

    private HprofStretches(Path file, long[] starts) {
        this.file = file;
        this.starts = starts;
    }

    /**
     * Cuts a dump. Cost: a read of 64 KiB per segment.
     *
     * @param file an hprof file
     * @param heap where the first heap dump record starts, see {@link HprofScanner#prefix}
     * @param bytes how long a stretch is at least, save the last one
     * @return the stretches; nothing where the file can only be read from start to end: it is compressed, has a segment
     *     without a length, names between its segments, or an error, which such a read will tell
     * @throws IOException if the file cannot be read
     */
    public static Optional<HprofStretches> of(Path file, long heap, long bytes) throws IOException {
        try (HprofInput in = new HprofInput(file, new HprofVisitor() {}, WINDOW_BYTES)) {
            long[] starts = in.isCompressed() ? null : cut(in, file, heap, bytes);
            return Optional.ofNullable(starts).map(found -> new HprofStretches(file, found));
        } catch (HprofException e) {
            return Optional.empty(); // reading from the start meets the same and says more
        }
    }

    private static long @Nullable [] cut(HprofInput in, Path file, long heap, long bytes) throws IOException {
        new HprofScanner(file, in, new HprofVisitor() {}); // the header
        in.skipTo(heap, "what stands before the heap");
        ByteBuffer window = in.window();
        long[] starts = new long[16];
        int count = 0;
        int last = 0;
        while (!in.atEnd()) {
            long offset = in.offset();
            int at = in.take(HprofScanner.HEADER_BYTES, "a record header");
            last = window.get(at) & 0xff;
            long length = window.getInt(at + HprofScanner.LENGTH_AT) & 0xffff_ffffL;
            boolean segment = HprofScanner.isHeap(last);
            if (segment ? length == 0 : count > 0 && last != HprofScanner.HEAP_DUMP_END) {
                return null;
            }
            if (segment && (count == 0 || offset - starts[count - 1] >= bytes)) {
                starts = count + 1 == starts.length ? Arrays.copyOf(starts, count * 2) : starts;
                starts[count++] = offset;
            }
            in.skip(length, "a record");
        }
        starts[count] = in.offset();
        return count > 0 && last != HprofScanner.HEAP_DUMP_SEGMENT ? Arrays.copyOf(starts, count + 1) : null;
    }

    /**
     * Number of stretches.
     *
     * @return at least 1
     */
    public int count() {
        return starts.length - 1;
    }

    /**
     * Opens the file for one thread.
     *
     * @param visitor hears the header at once, then what is read
     * @return a reader
     * @throws IOException if the file cannot be read
     */
    public Reader open(HprofVisitor visitor) throws IOException {
        return new Reader(visitor);
    }

    /** Reads stretches in ascending order. Not safe for use by several threads. */
    public final class Reader implements Closeable {
        private final HprofInput in;
        private final HprofScanner scanner;
        private final HprofVisitor visitor;

        private Reader(HprofVisitor visitor) throws IOException {
            this.visitor = visitor;
            in = new HprofInput(file, visitor);
            try {
                scanner = new HprofScanner(file, in, visitor);
            } catch (IOException | RuntimeException | Error e) {
                in.close();
                throw e;
            }
        }

        /**
         * Reads a stretch.
         *
         * @param index its number, larger than those before
         * @throws HprofException if it is corrupt
         * @throws IOException if the file cannot be read
         */
        public void read(int index) throws IOException {
            visitor.stretch(index);
            in.skipTo(starts[index], "the dump");
            scanner.readUpTo(starts[index + 1]);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.redact;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * A copy of a file, unzipped if need be, in which stretches are zeroed. Stretches are named in the order of the file. Memory
 * is one buffer.
 */
final class BlankedCopy implements Closeable {
    private static final int BUFFER_BYTES = 1 << 20;
    private static final int GZIP_MAGIC = 0x1f8b;

    private final Path file;
    private final InputStream in;
    private final FileChannel out;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    /** Offset of the buffer's first byte. */
    private long base;
    /** Valid bytes in the buffer. */
    private int filled;

    /**
     * Opens the file.
     *
     * @param file what is copied
     * @param out where to, left open
     */
    BlankedCopy(Path file, FileChannel out) throws IOException {
        this.file = file;
        this.out = out;
        in = open(file);
    }

    private static InputStream open(Path file) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            raw.mark(2);
            boolean gzip = (raw.read() << 8 | raw.read()) == GZIP_MAGIC;
            raw.reset();
            return gzip ? new GZIPInputStream(raw, 1 << 16) : raw;
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    /**
     * Zeroes a stretch.
     *
     * @param from offset of its first byte, not before the end of the last stretch
     * @param bytes its length
     */
    void blank(long from, long bytes) throws IOException {
        long end = from + bytes;
        for (long at = from; at < end; ) {
            moveTo(at);
            int start = (int) (at - base);
            int count = (int) Math.min(end - at, filled - start);
            Arrays.fill(buffer, start, start + count, (byte) 0);
            at += count;
        }
    }

    /** An unsigned byte of the original, not before the last stretch or byte asked for. */
    int u1(long at) throws IOException {
        moveTo(at);
        return buffer[(int) (at - base)] & 0xff;
    }

    /** Two bytes, big-endian. */
    int u2(long at) throws IOException {
        int high = u1(at);
        return high << 8 | u1(at + 1);
    }

    private void moveTo(long at) throws IOException {
        while (at >= base + filled) {
            if (!next()) {
                throw new IOException(file + " became shorter while it was read, at offset " + (base + filled));
            }
        }
    }

    /** Writes the buffer out and fills it again, or says that there is no more. */
    private boolean next() throws IOException {
        ByteBuffer whole = ByteBuffer.wrap(buffer, 0, filled);
        while (whole.hasRemaining()) {
            out.write(whole);
        }
        base += filled;
        filled = in.readNBytes(buffer, 0, buffer.length);
        return filled > 0;
    }

    /**
     * Copies the rest.
     *
     * @return the size of the copy
     */
    long finish() throws IOException {
        boolean more = true;
        while (more) {
            more = next();
        }
        return base;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

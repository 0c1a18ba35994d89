/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.hprof;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A window that slides over a dump, plain or gzip. Positional reads into one direct buffer are as fast as a mapping and
 * leave the dump's pages out of the process. Not safe for use by several threads.
 */
final class HprofInput implements Closeable {
    private static final int WINDOW_BYTES = 1 << 18;
    /** Read at a time of a plain file. */
    private static final int READ_BYTES = 1 << 17;
    /** Given out at a time of what has been read, and unpacked at a time, so that a monitor is asked often enough. */
    private static final int STEP_BYTES = 1 << 15;

    private static final int GZIP_MAGIC = 0x1f8b;

    private final Path file;
    private final FileChannel channel;
    private final long fileBytes;
    private final @Nullable InputStream unzipped;
    private final byte[] chunk;
    private final ByteBuffer window;
    private final HprofVisitor visitor;
    /** Gets every byte that has been moved over, before the window slides on; null for none. */
    private final @Nullable WritableByteChannel copy;

    /** File offset of the window's first byte. */
    private long base;
    /** Index in the window of the next byte to read. */
    private int at;
    /** Number of bytes of the window that may be looked at. */
    private int filled;
    /** Number of valid bytes in the window, no fewer. */
    private int loaded;

    HprofInput(Path file, HprofVisitor visitor) throws IOException {
        this(file, visitor, WINDOW_BYTES, null);
    }

    /** @param copy gets every byte of the (uncompressed) file, with what the visitor has made of it in the window */
    HprofInput(Path file, HprofVisitor visitor, WritableByteChannel copy) throws IOException {
        this(file, visitor, WINDOW_BYTES, copy);
    }

    /** @param windowBytes what is read at a time; records of which all bytes are taken at once fit in */
    HprofInput(Path file, HprofVisitor visitor, int windowBytes) throws IOException {
        this(file, visitor, windowBytes, null);
    }

    private HprofInput(Path file, HprofVisitor visitor, int windowBytes, @Nullable WritableByteChannel copy)
            throws IOException {
        this.file = file;
        this.visitor = visitor;
        this.copy = copy;
        window = ByteBuffer.allocateDirect(windowBytes);
        channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            fileBytes = channel.size();
            unzipped = isGzip() ? unzip() : null;
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
        chunk = unzipped == null ? new byte[0] : new byte[STEP_BYTES];
    }

    private InputStream unzip() throws IOException {
        try {
            return new GZIPInputStream(Channels.newInputStream(channel), 1 << 16);
        } catch (IOException e) {
            throw new HprofException(file, 0, "the gzip header cannot be read (" + e.getMessage() + ")");
        }
    }

    private boolean isGzip() throws IOException {
        ByteBuffer magic = ByteBuffer.allocate(2);
        return channel.read(magic, 0) == 2 && (magic.getShort(0) & 0xffff) == GZIP_MAGIC;
    }

    boolean isCompressed() {
        return unzipped != null;
    }

    /** The window; absolute gets from {@link #take} on are valid until the next call. */
    ByteBuffer window() {
        return window;
    }

    /** Offset in the (uncompressed) file of the next byte. */
    long offset() {
        return base + at;
    }

    /** Offset in the (uncompressed) file of a byte of the window. */
    long offsetOf(int index) {
        return base + index;
    }

    /** Index in the window of the next byte. */
    int index() {
        return at;
    }

    /** Index behind the bytes of the window that may be looked at without asking for more. */
    int limit() {
        return filled;
    }

    /** Moves over bytes up to an index, which is not behind the limit. */
    void moveTo(int index) {
        at = index;
    }

    /** Whether every byte has been read. */
    boolean atEnd() throws IOException {
        return !has(1);
    }

    /** Whether so many bytes are left, at most the size of the window; then they are in it. */
    boolean has(int bytes) throws IOException {
        return filled - at >= bytes || fill(bytes);
    }

    /**
     * Moves over the next bytes, which are then in the window.
     *
     * @param bytes how many, at most the size of the window
     * @param what names them for the error
     * @return index of the first
     * @throws HprofException if the file ends before
     */
    int take(int bytes, String what) throws IOException {
        if (!has(bytes)) {
            throw ended(bytes, what);
        }
        int start = at;
        at += bytes;
        return start;
    }

    /** Undoes the last {@link #take} of so many bytes. */
    void back(int bytes) {
        at -= bytes;
    }

    /** Bytes that {@link #take} can give without reading, after asking for up to {@code wanted}. */
    int available(int wanted) throws IOException {
        if (filled == at) {
            fill(1);
        }
        return Math.min(wanted, filled - at);
    }

    /** Moves on to an offset, which is not behind, without looking at what is between. */
    void skipTo(long offset, String what) throws IOException {
        skip(offset - offset(), what);
    }

    /** Moves over bytes without looking at them. */
    void skip(long bytes, String what) throws IOException {
        long rest = bytes - (filled - at);
        if (rest <= 0) {
            at += (int) bytes;
            return;
        }
        if (unzipped == null && base + at + bytes > fileBytes) {
            throw ended(bytes, what);
        }
        if (unzipped == null && copy == null) {
            if (bytes <= loaded - at) {
                at += (int) bytes;
                filled = at;
            } else {
                base = base + at + bytes;
                at = 0;
                filled = 0;
                loaded = 0;
            }
            return;
        }
        long left = bytes;
        while (left > 0) {
            int now = available((int) Math.min(left, window.capacity()));
            if (now == 0) {
                throw ended(left, what);
            }
            at += now;
            left -= now;
        }
    }

    /** Makes at least {@code needed} bytes available, or says that the file ends before. */
    private boolean fill(int needed) throws IOException {
        if (needed > window.capacity()) {
            throw new HprofException(
                    file, offset(), "a record asks for " + needed + " bytes at once; the dump is corrupt");
        }
        boolean enough = loaded - at >= needed || load(needed);
        filled = Math.min(loaded, Math.max(at + needed, filled + STEP_BYTES));
        visitor.progress(unzipped == null ? base + at : channel.position(), fileBytes);
        return enough;
    }

    /** Lets the window slide up to the next byte and reads on. */
    private boolean load(int needed) throws IOException {
        if (copy != null) {
            copyOut(copy);
        }
        window.position(at).limit(loaded);
        window.compact();
        base += at;
        filled -= at;
        at = 0;
        int read = 0;
        while (read >= 0 && window.position() < needed) {
            window.limit(Math.min(window.capacity(), window.position() + READ_BYTES));
            read = read();
        }
        loaded = window.position();
        window.clear();
        return read >= 0;
    }

    private void copyOut(WritableByteChannel to) throws IOException {
        window.position(0).limit(at);
        while (window.hasRemaining()) {
            to.write(window);
        }
        window.clear();
    }

    private int read() throws IOException {
        if (unzipped == null) {
            return channel.read(window, base + window.position());
        }
        try {
            int read = unzipped.read(chunk, 0, Math.min(chunk.length, window.remaining()));
            if (read > 0) {
                window.put(chunk, 0, read);
            }
            return read;
        } catch (EOFException e) {
            throw new HprofException(
                    file,
                    base + window.position(),
                    "the gzip stream ends before its end: the dump is truncated; capture it again");
        } catch (ZipException e) {
            throw new HprofException(
                    file, base + window.position(), "the gzip stream is damaged here (" + e.getMessage() + ")");
        }
    }

    /** The error where there should be so many bytes more. */
    HprofException ended(long bytes, String what) {
        return new HprofException(
                file,
                offset(),
                "the file ends in the middle of " + what + " (" + bytes + " bytes needed, " + Math.max(0, filled - at)
                        + " left): the dump is truncated; capture it again");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

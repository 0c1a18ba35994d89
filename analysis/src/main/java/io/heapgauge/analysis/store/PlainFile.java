/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.store;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A file in which any place can be read. Nothing can be looked up in a compressed one, so that is unpacked into a scratch file
 * with mode 0600, which goes when this is closed.
 */
public final class PlainFile implements Closeable {
    private static final int PIECE = 1 << 16;

    private final Path path;
    private final boolean temporary;

    private PlainFile(Path path, boolean temporary) {
        this.path = path;
        this.temporary = temporary;
    }

    /**
     * A file as it is.
     *
     * @param file any file
     * @return that file
     */
    public static PlainFile asItIs(Path file) {
        return new PlainFile(file, false);
    }

    /**
     * A file, unpacked if it is compressed.
     *
     * @param file a file, plain or gzip
     * @param directory where it is unpacked, or null for the default temporary directory
     * @param budgetBytes most bytes that it may take unpacked
     * @param poll called every few kilobytes; what it throws passes through
     * @return a plain file
     * @throws IOException if it cannot be read, is damaged or is larger than the budget, naming the offset
     */
    public static PlainFile of(Path file, @Nullable Path directory, long budgetBytes, Runnable poll)
            throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + ": a directory, not a heap dump");
        }
        if (!isGzip(file)) {
            return asItIs(file);
        }
        Path unpacked = directory == null
                ? Files.createTempFile("heapgauge-", ".unpacked")
                : Files.createTempFile(directory, "heapgauge-", ".unpacked");
        unpacked.toFile().deleteOnExit();
        PlainFile plain = new PlainFile(unpacked, true);
        try {
            unpack(file, unpacked, budgetBytes, poll);
            return plain;
        } catch (IOException | RuntimeException | Error e) {
            try (plain) {
                throw e;
            }
        }
    }

    /**
     * Looks whether a file is compressed.
     *
     * @param file any file
     * @return whether it starts as gzip does
     * @throws IOException if it cannot be read
     */
    public static boolean isGzip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == 0x1f && in.read() == 0x8b;
        }
    }

    private static void unpack(Path dump, Path to, long budgetBytes, Runnable poll) throws IOException {
        byte[] piece = new byte[PIECE];
        long written = 0;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(dump), PIECE);
                OutputStream out = Files.newOutputStream(to)) {
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                out.write(piece, 0, read);
                written += read;
                if (written > budgetBytes) {
                    throw new IOException(dump + ": unpacked it takes more than the scratch budget of " + budgetBytes
                            + " bytes; unpack it yourself or give more");
                }
                poll.run();
            }
        } catch (EOFException e) {
            throw new IOException(
                    dump + ": at offset " + written + ": the gzip stream ends before its end: the dump is truncated",
                    e);
        } catch (ZipException e) {
            throw new IOException(
                    dump + ": at offset " + written + ": the gzip stream is damaged here (" + e.getMessage() + ")", e);
        }
    }

    /**
     * Where the plain file is.
     *
     * @return its path
     */
    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        if (temporary) {
            Files.deleteIfExists(path);
        }
    }
}

/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge.analysis.explore;

import io.heapgauge.analysis.AnalysisRequest;
import io.heapgauge.analysis.monitor.Monitor;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A dump as a file in which any place can be read. Single objects cannot be looked up in a compressed file, so that is
 * unpacked into a scratch file with mode 0600, which goes with the heap.
 */
final class PlainFile implements Closeable {
    private static final int PIECE = 1 << 16;

    private final Path path;
    private final boolean temporary;

    private PlainFile(Path path, boolean temporary) {
        this.path = path;
        this.temporary = temporary;
    }

    static PlainFile of(Path dump, AnalysisRequest request, Monitor monitor) throws IOException {
        if (Files.isDirectory(dump)) {
            throw new IOException(dump + ": a directory, not a heap dump");
        }
        if (!isGzip(dump)) {
            return new PlainFile(dump, false);
        }
        Path directory = request.scratchDirectory();
        Path unpacked = directory == null
                ? Files.createTempFile("heapgauge-", ".unpacked")
                : Files.createTempFile(directory, "heapgauge-", ".unpacked");
        unpacked.toFile().deleteOnExit();
        PlainFile file = new PlainFile(unpacked, true);
        try {
            unpack(dump, unpacked, request.scratchBudgetBytes(), monitor);
            return file;
        } catch (IOException | RuntimeException | Error e) {
            try (file) {
                throw e;
            }
        }
    }

    private static boolean isGzip(Path dump) throws IOException {
        try (InputStream in = Files.newInputStream(dump)) {
            return in.read() == 0x1f && in.read() == 0x8b;
        }
    }

    private static void unpack(Path dump, Path to, long budgetBytes, Monitor monitor) throws IOException {
        monitor.phase("unpacking");
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
                monitor.beat();
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

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        if (temporary) {
            Files.deleteIfExists(path);
        }
    }
}

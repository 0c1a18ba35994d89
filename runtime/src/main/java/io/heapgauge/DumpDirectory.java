/* Copyright 2026 the heapgauge authors. SPDX-License-Identifier: Apache-2.0 */
package io.heapgauge;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * Where dumps and scratch files live: a base directory that only this user may enter, in it one {@link ProcessDirectory}
 * per gauge, which goes with the gauge, and {@code kept} for dumps that stay. Safe for use by several threads.
 */
final class DumpDirectory implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(DumpDirectory.class.getName());
    private static final String KEPT = "kept";
    private static final String SUFFIX = ".hprof";

    private final Path base;
    private final boolean chosenByUser;
    private @Nullable ProcessDirectory process;
    private boolean closed;

    /**
     * Names the place, touching nothing.
     *
     * @param configured the base directory, or null for one per user in the default temporary directory
     */
    DumpDirectory(@Nullable Path configured) {
        chosenByUser = configured != null;
        base = configured != null ? configured : defaultBase();
    }

    private static Path defaultBase() {
        String user = System.getProperty("user.name", "unknown").replaceAll("[^A-Za-z0-9_-]", "_");
        return Path.of(System.getProperty("java.io.tmpdir"), "heapgauge-" + user)
                .toAbsolutePath()
                .normalize();
    }

    Path base() {
        return base;
    }

    /** Where kept dumps lie, whether it exists or not. */
    Path kept() {
        return base.resolve(KEPT);
    }

    /**
     * The gauge's own directory, made on the first call and again when a cleaner took it away.
     *
     * @throws Refusal if the base directory is not safe
     * @throws IOException if the directory cannot be made
     */
    synchronized Path open() throws IOException {
        if (closed) {
            throw new Refusal("refused: the gauge is closed");
        }
        if (process != null && process.isIntact()) {
            OwnerOnly.ensureDirectory(base);
            return process.path();
        }
        if (process != null) {
            process.close();
        }
        process = ProcessDirectory.create(base);
        return process.path();
    }

    /** Makes the directory and deletes what dead processes left; what goes wrong is told again by the next capture. */
    void openAndSweep() {
        try {
            open();
            ProcessDirectory.sweep(base);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "heapgauge cannot use its dump directory: " + e.getMessage(), e);
        }
    }

    /**
     * Names a new dump file without creating it.
     *
     * @param label start of the name, or null
     */
    Path newDump(@Nullable String label) throws IOException {
        return open().resolve(fileName(label));
    }

    private static String fileName(@Nullable String label) {
        return (label == null ? "" : label + "-") + RandomNames.next() + SUFFIX;
    }

    /**
     * Refuses a capture for which there is no room.
     *
     * @param neededBytes what it may take at its peak
     */
    void requireSpace(long neededBytes) throws IOException {
        Path directory = open();
        long usableBytes = Files.getFileStore(directory).getUsableSpace();
        if (usableBytes < neededBytes) {
            throw new Refusal("refused: the dump may take " + Texts.mebibytes(neededBytes) + " and " + base + " has "
                    + Texts.mebibytes(usableBytes)
                    + " free; make room or set HeapGaugeBuilder.directory to a larger file system");
        }
    }

    /**
     * Moves a dump to where it survives the gauge.
     *
     * @param label start of its new name, or null
     * @return its file name in {@link #kept()}
     */
    String keep(Path dump, @Nullable String label) throws IOException {
        OwnerOnly.ensureDirectory(kept());
        OwnerOnly.restrictFile(dump);
        String name = fileName(label);
        Files.move(dump, kept().resolve(name), StandardCopyOption.ATOMIC_MOVE);
        return name;
    }

    /** Deletes a dump and the segments that a VM may have left beside it; does nothing where it is gone. */
    void discard(Path dump) {
        String stem = dump.getFileName().toString();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                dump.getParent(), file -> file.getFileName().toString().startsWith(stem))) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            LOG.log(System.Logger.Level.DEBUG, "the directory of " + dump + " is gone already", e);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot delete the heap dump " + dump + "; delete it by hand", e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            if (process != null) {
                process.close();
                process = null;
                removeBaseIfEmpty();
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot delete all files below " + base + "; delete them by hand", e);
        }
    }

    private void removeBaseIfEmpty() throws IOException {
        if (chosenByUser || !Files.isDirectory(base, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.deleteIfExists(base);
        } catch (DirectoryNotEmptyException e) {
            LOG.log(System.Logger.Level.DEBUG, "{0} stays: it holds kept dumps or other gauges", base);
        }
    }
}

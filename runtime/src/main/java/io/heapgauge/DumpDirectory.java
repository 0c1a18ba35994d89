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
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where dumps and scratch files live: a base directory that only this user may enter, in it one {@link ProcessDirectory}
 * per gauge, which goes with the gauge, {@link KeptDumps} that stay, and {@link PostMortems}. Safe for use by several
 * threads.
 */
final class DumpDirectory implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(DumpDirectory.class.getName());
    private static final String SUFFIX = ".hprof";

    private final Path base;
    private final boolean chosenByUser;
    private final long floorBytes;
    private final KeptDumps kept;
    private @Nullable ProcessDirectory process;
    private boolean closed;

    /**
     * Names the place, touching nothing.
     *
     * @param storage says where, and what stays; without a directory it is one per user in the default temporary directory
     * @param redactor rewrites dumps that stay
     */
    DumpDirectory(Settings.Storage storage, Redactor redactor) {
        Path configured = storage.directory();
        chosenByUser = configured != null;
        base = configured != null ? configured : defaultBase();
        floorBytes = storage.freeSpaceFloorBytes();
        kept = new KeptDumps(base, storage, redactor);
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

    KeptDumps kept() {
        return kept;
    }

    /**
     * The gauge's own directory, made on the first call and again when a cleaner took it away.
     *
     * @throws Refusal if the base directory is not safe
     * @throws IOException if the directory cannot be made
     */
    synchronized Path open() throws IOException {
        return process().path();
    }

    private ProcessDirectory process() throws IOException {
        if (closed) {
            throw new Refusal("refused: the gauge is closed");
        }
        if (process != null && process.isIntact()) {
            OwnerOnly.ensureDirectory(base);
            return process;
        }
        if (process != null) {
            process.close();
        }
        process = ProcessDirectory.create(base);
        return process;
    }

    /** Makes the directory and deletes what dead processes left; what goes wrong is told again by the next capture. */
    void openAndSweep() {
        try {
            open();
            ProcessDirectory.sweep(base);
            kept.trim();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "heapgauge cannot use its dump directory: " + e.getMessage(), e);
        }
    }

    /**
     * Claims the dumps of VMs that ran out of memory.
     *
     * @return what is this gauge's now; nothing where the directory cannot be used
     */
    PostMortems.Found claimPostMortems() {
        try {
            return PostMortems.claim(base, open());
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "no look for post-mortem dumps", e);
            return new PostMortems.Found(List.of(), false);
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

    static String fileName(@Nullable String label) {
        return (label == null ? "" : label + "-") + RandomNames.next() + SUFFIX;
    }

    /**
     * The name under which a dump is written until it is whole; VMs want the suffix of dumps.
     *
     * @param dump a name of {@link #newDump}
     */
    static Path partial(Path dump) {
        String name = String.valueOf(dump.getFileName());
        return dump.resolveSibling(name.substring(0, name.length() - SUFFIX.length()) + ".part" + SUFFIX);
    }

    /**
     * Gives a dump its name once it is whole, and takes it from everybody else.
     *
     * @param dump a name of {@link #newDump}, whose {@link #partial} was written
     * @throws IOException if what is there is no file of ours, or the directory is not the one that was made
     */
    synchronized void complete(Path dump) throws IOException {
        ProcessDirectory own = process;
        if (closed || own == null) {
            throw new Refusal("refused: the gauge is closed");
        }
        Path partial = partial(dump);
        own.check(partial);
        OwnerOnly.restrictFile(partial);
        Files.move(partial, dump, StandardCopyOption.ATOMIC_MOVE);
        own.check(dump);
    }

    /**
     * Refuses a capture for which there is no room, once kept dumps have gone that are too old.
     *
     * @param neededBytes what it may take at its peak
     */
    void requireSpace(long neededBytes) throws IOException {
        Path directory = open();
        kept.trim();
        long usableBytes = Files.getFileStore(directory).getUsableSpace();
        if (usableBytes - floorBytes < neededBytes) {
            throw new Refusal("refused: the dump may take " + Texts.mebibytes(neededBytes) + " and " + base + " has "
                    + Texts.mebibytes(usableBytes) + " free, of which " + Texts.mebibytes(floorBytes)
                    + " stay free; make room, set HeapGaugeBuilder.directory to a larger file system, or lower"
                    + " HeapGaugeBuilder.freeSpaceFloor");
        }
    }

    long freeBytes() {
        return base.toFile().getUsableSpace();
    }

    /** How much is free, for messages. */
    String freeSpace() {
        return base + " has " + Texts.mebibytes(freeBytes()) + " free";
    }

    /** Deletes a dump and what was written beside it; does nothing where it is gone. */
    void discard(Path dump) {
        String name = String.valueOf(dump.getFileName());
        String stem = name.substring(0, name.length() - SUFFIX.length()) + ".";
        Path directory = dump.getParent();
        try {
            if (isReplaced(directory)) {
                LOG.log(System.Logger.Level.WARNING, "{0} was replaced by somebody; left alone", directory);
                return;
            }
            try (DirectoryStream<Path> files = Files.newDirectoryStream(
                    directory, file -> file.getFileName().toString().startsWith(stem))) {
                for (Path file : files) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException e) {
            LOG.log(System.Logger.Level.DEBUG, "the directory of " + dump + " is gone already", e);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot delete the heap dump " + dump + "; delete it by hand", e);
        }
    }

    private synchronized boolean isReplaced(Path directory) throws IOException {
        return process != null && process.path().equals(directory) && !process.isTheSame();
    }

    /**
     * Puts a post-mortem dump that was not kept back to where it was found.
     *
     * @param again whether the next start shall look at it again; else it gets a name that is not looked at
     * @return its new place
     */
    Path giveBack(Path dump, boolean again) throws IOException {
        return PostMortems.putBack(dump, base, again);
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
